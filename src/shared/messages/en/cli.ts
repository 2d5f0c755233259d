/** The command line: help, usage errors, notes, and what is printed beside captions. */
export const cliMessages = {
  'cli.exceed-limit': 'You have reached your monthly limit. Continue anyway?',
  'cli.exceed-limit-by': 'You have reached your monthly limit. One picture costs about { $cost }. Continue anyway?',
  'cli.compare-not-asked': 'No model was asked.',
  'cli.waiting-for-stdin': 'Waiting for a picture on standard input. Press Ctrl+C to cancel.',
  'cli.first-pages-only': `{ $source }: describing the first { $described } of { $total } pages. Add --parts all for all of them.`,

  'cli.help.tagline': 'Descry tells you what is in a picture, out loud.',
  'cli.help.usage': 'Usage: descry COMMAND',
  'cli.help.more': 'For more about a command: descry help COMMAND',
  'cli.help.help': 'Shows how to use a command.',
  'cli.describe.help': 'Describes pictures: files, http or https addresses, or - for standard input.',
  'cli.describe.about':
    'A reduced copy of each picture, without metadata, is sent to the provider: api.openai.com, or the address in --base-url, OPENAI_BASE_URL, or the settings. With --offline, or without an API key where one is needed, nothing is sent. If you have asked the same thing about a picture before, the saved caption is used and costs nothing.',
  'cli.describe.about-parts':
    'Of a PDF or TIFF file, the first three pages are described. Use --parts to choose others.',
  'cli.batch.help': 'Describes all pictures in a folder and writes a list: .csv, .json, or .html.',
  'cli.batch.about':
    'Run the same command again after an interruption, or when the folder has more pictures, and it continues where it stopped. Nothing is paid for twice, and writing another kind of list costs nothing. Progress is stored next to the list: alt.journal for alt.csv.',
  'cli.batch.about-interrupting':
    'The first Ctrl+C waits for requests in progress, because they are paid for. The second one stops at once.',
  'cli.compare.help': 'Asks several models about the same pictures and says where they agree.',
  'cli.compare.about':
    'A model is a name at the provider, or ADDRESS#NAME at another OpenAI-compatible server. Each address uses its own stored API key. You are told the estimated cost first, if it is known, and asked to confirm if it is more than 10 cents.',
  'cli.watch.help': 'Watches the clipboard and screenshot folders for new pictures, until you press Ctrl+C.',
  'cli.watch.about':
    'Descry says "Picture ready" for each new picture. To have it described, run descry clipboard in another terminal or from a desktop shortcut. To pause watching for an hour, or to resume it, run descry watch pause.',
  'cli.key.help': "Stores the provider's API key in the system keychain.",
  'cli.key.about':
    'descry key set asks for the key without showing it, or reads it from a pipe. A key belongs to the address of its provider and is never sent to another.',
  'cli.say.help': "Speaks text in Descry's own voice.",
  'cli.voices.help': 'Lists the speech engines that work on this computer, and their voices.',
  'cli.languages.help':
    'Lists the languages in which text in pictures is read on this computer, and how to add others.',
  'cli.languages.about':
    "Text is read in English and Chinese, in your system's language, and in the language of your captions. The data for other languages comes with Tesseract.",
  'cli.languages.ready': '{ $name }: ready.',
  'cli.languages.not-installed': '{ $name }: not installed. Add it with: { $command }',
  'cli.languages.not-installed-by-file':
    "{ $name }: not installed. Add { $file } with Tesseract's installer or your system's package manager.",
  'cli.doctor.help': 'Checks the API key, the model, voices, screen capture, and more, and says how to fix problems.',
  'cli.doctor.about': 'The provider is asked for its list of models. No picture is sent unless you agree.',
  'cli.spent.about': 'If Descry is running, it also says this aloud.',
  'cli.forget.help': 'Deletes all captions saved on this computer.',
  'cli.forget.about':
    'Captions are saved for 30 days, so that asking about the same picture again costs nothing. To turn this off, set keepCaptions to false in the settings. The record of what you spent is not deleted.',
  'cli.log.help': 'Turns the log on or off, or shows it. It is off unless you turn it on.',
  'cli.log.about':
    'The log is for bug reports. It contains times, commands, error codes, and how long requests took, and never pictures, captions, questions, keys, or names of files and windows.',
  'cli.diagnostics.help': 'Prints versions, settings, and recent events for a bug report.',
  'cli.diagnostics.about':
    'Contains no pictures, captions, questions, keys, or names of files and windows. The information comes from the running Descry if there is one.',
  'cli.completion.help': 'Prints a script that completes commands and options in your shell.',
  'cli.completion.about':
    'For bash, add this line to ~/.bashrc: source <(descry completion bash). For zsh, add it to ~/.zshrc with zsh in place of bash. For fish, run: descry completion fish > ~/.config/fish/completions/descry.fish. For PowerShell, add this line to your profile: descry completion powershell | Out-String | Invoke-Expression.',
  'cli.man.help': 'Prints the manual page.',
  'cli.man.about': 'To read it, run: descry man | man -l -',

  'cli.table.about': 'The running Descry does this. If Descry is not running, the exit code is 3.',
  'cli.table.about-pictures':
    'The running Descry does this. If Descry is not running, or if you use any option other than --detail, the command does it itself and prints the caption.',

  'cli.option.detail': 'Level of detail. With text, only the text in the picture is read.',
  'cli.option.ask': 'Answers a question instead of describing the picture.',
  'cli.option.preset':
    'The kind of picture: screen, photo, people, chart, document, product, meme, art, or next, or one of your own from the settings.',
  'cli.option.parts': 'Pages of a document, frames of an animation, or parts of a long picture, such as 2 or 1,3-5.',
  'cli.option.fresh': 'Asks again even if a caption of this picture is saved.',
  'cli.option.lang': 'The language of the caption, such as en or de.',
  'cli.option.model': 'Uses another model for this run.',
  'cli.option.base-url': 'Uses another OpenAI-compatible server for this run.',
  'cli.option.offline': 'Sends nothing. Text and codes are read on this computer.',
  'cli.option.speak': 'Also speaks the caption.',
  'cli.option.json': 'Prints one JSON object per picture, one per line, and nothing else.',
  'cli.option.json-array': 'Prints one JSON array.',
  'cli.option.json-object': 'Prints one JSON object.',
  'cli.option.out': 'Where to write the list. Its name ends in .csv, .json, or .html.',
  'cli.option.recursive': 'Includes subfolders.',
  'cli.option.write': 'Also writes the alt text into each picture that has none.',
  'cli.option.api': "Uses the provider's batch service: half the price, but it can take a day.",
  'cli.option.max-cost':
    'Spends no more than about this many US dollars, and asks first if more is likely. Without this option it asks above 1 dollar. The monthly limit in the settings always applies.',
  'cli.option.yes': 'Does not ask for confirmation.',
  'cli.option.models': 'Two or more models to compare.',
  'cli.option.html': 'Also writes a web page with a table.',
  'cli.option.auto': 'Describes each new picture automatically. Each one is sent to the provider.',
  'cli.option.key-base-url': 'The address of the provider. The default is OPENAI_BASE_URL or the one in the settings.',
  'cli.option.text-lang': 'The language of the text.',
  'cli.option.rate': 'Speed in words a minute.',
  'cli.option.pitch': "Pitch, 0 to 100. 50 is the voice's normal pitch.",
  'cli.option.volume': 'Volume in percent.',
  'cli.option.engine': 'A speech engine from the list that descry voices prints.',
  'cli.option.voice': 'A voice of that engine, from the same list.',
  'cli.option.voices-lang': 'Lists only voices for this language.',
  'cli.option.send': 'Also sends a small test picture to be described, which may cost a fraction of a cent.',
  'cli.option.spent-json':
    'Prints one JSON object and says nothing: todayUsd, monthUsd, unpricedThisMonth, and monthlyLimitUsd.',
  'cli.option.more-detail': 'Uses this level of detail.',
  'cli.option.more-preset': 'Describes it as this kind of picture.',
  'cli.option.of': 'What to compare. The default is what you captured last.',
  'cli.option.item-id': 'The picture with this id.',

  'cli.exit.describing':
    'Exit codes: 0 all described, 1 some failed, 2 usage error, 3 none could be described, 130 interrupted.',
  'cli.exit.comparing': 'Exit codes: 0 all answered, 1 some failed, 2 usage error, 3 none answered, 130 interrupted.',
  'cli.exit.doctor': 'Exit codes: 0 no problems, 1 something to fix, 2 usage error, 130 interrupted.',
  'cli.exit.other': 'Exit codes: 0 done, 2 usage error, 3 failed, 130 interrupted.',

  'cli.man.name': 'tells you what is in a picture, out loud',
  'cli.man.options': 'options',
  'cli.man.exit-0': 'Done. For pictures: all of them were described.',
  'cli.man.exit-1': 'Some pictures were described and some failed. For doctor: there is something to fix.',
  'cli.man.exit-2': 'Usage error.',
  'cli.man.exit-3': 'It failed: no picture could be described, Descry is not running, or no API key is stored.',
  'cli.man.exit-130': 'Interrupted.',
  'cli.man.openai-api-key':
    'The API key. It belongs to the address in --base-url or OPENAI_BASE_URL, or to api.openai.com if neither is set.',
  'cli.man.openai-base-url': 'The address of the provider, instead of the one in the settings.',
  'cli.man.descry-home': 'A folder for settings, logs, and the control socket.',

  'cli.no-such-command': 'There is no command { $name }. Run descry help for a list.',
  'cli.unknown-option': 'There is no option { $option }. Run descry help { $command } for a list.',
  'cli.option-needs-value': '{ $option } needs a value.',
  'cli.option-takes-no-value': '{ $option } takes no value.',
  'cli.option-one-of': '{ $option } must be one of { $choices }.',
  'cli.option-empty': '{ $option } needs some text.',
  'cli.option-too-long': '{ $option } can have at most { $maxLength } characters.',
  'cli.not-a-language': '--lang needs a language tag such as en, de, or pt-BR.',
  'cli.not-parts': '--parts must be all, or numbers such as 2 or 1,3-5.',
  'cli.not-an-amount': '--max-cost must be an amount in US dollars.',
  'cli.not-an-address': '{ $name } is not an http or https address.',
  'cli.settings-address': 'The address in the settings',
  'cli.takes-nothing-more': '{ $command } takes no more arguments.',
  'cli.takes-no-file': 'This command takes no file. To describe a file, use descry describe.',
  'cli.needs-picture': 'Name a file or an address, or use - for standard input.',
  'cli.one-standard-input': 'Use - only once: there is only one standard input.',
  'cli.cannot-combine': '{ $first } and { $second } cannot be combined.',
  'cli.batch.needs-folder': 'batch needs one folder.',
  'cli.batch.needs-out': 'batch needs --out FILE. The name ends in .csv, .json, or .html.',
  'cli.compare.needs-models': 'compare needs --models with two or more: MODEL, or ADDRESS#MODEL.',
  'cli.batch.out-instead-of-json': 'For JSON, use --out with a name that ends in .json.',
  'cli.completion.needs-shell': 'completion needs one shell: bash, zsh, fish, or powershell.',
  'cli.ask.needs-question': 'ask needs a question.',
  'cli.region.one-area': 'region takes one area, such as 10,20,300,200, without spaces.',
  'cli.region.needs-area':
    'When Descry is not running, region needs an area: left,top,width,height, such as 10,20,300,200.',
  'cli.invalid-input': '{ $command }: { $problem }',

  'cli.not-running': 'Descry is not running. Start it with npm start or descry watch.',
  'cli.notice': 'Notice: { $notice }',
  'cli.waiting-for-keychain': 'Waiting for the system keychain to be unlocked.',
  'cli.key-not-sent': 'The API key was not sent, because the address is not encrypted. Use https to send it.',
  'cli.captured-screen': '{ $label }.',
  'cli.yes-or-no': '{ $question } y/N',
  'cli.continue': 'Continue?',
  'cli.batch.bad-out': '--out needs a name that ends in .csv, .json, or .html.',
  'cli.compare.not-a-model':
    '{ $typed } is not a model. --models takes MODEL, or ADDRESS#MODEL with an http or https address.',
  'cli.compare.cost': 'This costs about { $cost }.',
  'cli.compare.cost-without': 'This costs about { $cost }, without { $models }, whose prices are not known.',
  'cli.compare.needs-agreement': 'Add --yes to continue.',
  'cli.compare.page-unwritable': 'The page could not be written.',
  'cli.compare.page-unwritable.next': 'Choose another file with --html.',
  'cli.compare.page-written': 'The page is in { $path }.',
  'cli.compare.failed': '{ $model } failed: { $failure }',
  'cli.compare.agreement': '{ $first } and { $second } agree on { $share } of what they say.',
  'cli.compare.times': 'First word after { $first }, finished after { $whole }.',
  'cli.compare.seconds': '{ NUMBER($seconds, minimumFractionDigits: 1, maximumFractionDigits: 1) } seconds',
  'cli.compare.tokens':
    '{ NUMBER($sent, useGrouping: 0) } tokens sent, { NUMBER($received, useGrouping: 0) } received.',
  'cli.compare.tokens-unknown': 'Tokens: unknown.',
  'cli.compare.cost-of': 'Cost: { $cost }.',
  'cli.compare.cost-unknown': 'Cost: unknown.',
  'cli.compare.unknown': 'unknown',
  'cli.compare.column.model': 'Model',
  'cli.compare.column.caption': 'Caption',
  'cli.compare.column.first-word': 'First word',
  'cli.compare.column.whole-answer': 'Whole answer',
  'cli.compare.column.tokens-sent': 'Tokens sent',
  'cli.compare.column.tokens-received': 'Tokens received',
  'cli.compare.column.cost': 'Cost',
  'cli.compare.page.title': 'Models compared',
  'cli.compare.page.failed': 'Failed: { $failure }',
  'cli.compare.page.table': 'Table for { $picture }',
  'cli.compare.page.caption': 'What each model says about { $picture }',
  'cli.compare.page.agreement': '{ $first } and { $second }: { $share } agreement',
  'cli.compare.page.both': 'Both say',
  'cli.compare.page.different': 'Worded differently',
  'cli.compare.page.only': 'Only { $model }',

  'cli.log.one-of': 'log must be followed by on, off, or show.',
  'cli.key.one-of': 'key must be followed by set, remove, or status.',
  'cli.key.not-on-command-line':
    'Leave the key off the command line, where others can see it. Descry asks for it, or reads it from a pipe.',
  'cli.key.not-encrypted': 'The API key cannot be stored for an address that is not encrypted. Use one with https.',
  'cli.key.prompt': 'API key for { $address } (not shown while you type):',
  'cli.key.none-given': 'No key was given.',
  'cli.key.invalid': "That isn't a valid API key. A key is one word of plain letters, digits, and symbols.",
  'cli.key.stored': 'The API key for { $address } was stored.',
  'cli.key.removed': 'The API key for { $address } was removed.',
  'cli.key.none-to-remove': 'There was no API key for { $address }.',
  'cli.key.from-environment': 'OPENAI_API_KEY is set and is used for { $address }.',
  'cli.key.is-stored': 'An API key for { $address } is stored.',
  'cli.key.none-stored': 'No API key for { $address } is stored.',

  'cli.say.needs-text': 'say needs some text, or - for standard input.',
  'cli.say.nothing': 'There is nothing to say.',
  'cli.say.too-long': 'say can speak at most { $maxLength } characters.',
  'cli.say.bad-number': '{ $option } cannot be { $typed }.',
  'cli.voices.engine': `{ $works ->
    [yes] { $engine }: works
   *[no] { $engine }: does not work on this computer
  }`,

  'cli.forget.done': 'All saved captions were deleted.',

  'cli.doctor.state.ok': 'OK',
  'cli.doctor.state.to-do': 'To do',
  'cli.doctor.state.left-out': 'Skipped',
  'cli.doctor.finding': '{ $state }. { $check }: { $message } { $next }',
  'cli.doctor.no-problems': 'No problems found.',
  'cli.doctor.to-do-count': `{ $count ->
    [one] One thing to do.
   *[other] { $count } things to do.
  }`,
  'cli.doctor.ask-to-send': 'Send a small test picture to { $providers }? It may cost a fraction of a cent.',

  'cli.watch.already-running': 'Descry is already running. To quit it, run descry quit.',
  'cli.watch.paused': 'Watching paused.',
  'cli.watch.nothing': 'Nothing can be watched on this computer.',
  'cli.watch.clipboard': 'the clipboard',
  'cli.watch.watching': 'Watching { $places }.',
  'cli.watch.where.offline': 'No picture leaves this computer.',
  'cli.watch.where.all': 'Each new picture is sent to { $provider }.',
  'cli.watch.where.all-without-key':
    'Each new picture will be sent to { $provider } once there is an API key. None was found, so pictures stay on this computer for now.',
  'cli.watch.where.asked':
    'Pictures stay on this computer until you run descry clipboard or descry screen. Then that one is sent to { $provider }.',
  'cli.watch.where.asked-without-key':
    'Pictures stay on this computer until you run descry clipboard or descry screen. Then that one is sent to { $provider } once there is an API key. None was found.',
  'cli.watch.how-to-end': 'Press Ctrl+C to quit.',
  'cli.watch.limits': 'Descry is running without a window and without hotkeys.',
  'cli.watch.no-window': 'Descry is running without a window.',
  'cli.watch.no-window.next': 'Quit it with descry quit, then run npm start.',
  'cli.watch.new-picture': 'Picture ready: { $label }',
  'cli.watch.caption': '{ $label }: { $caption }',
  'cli.watch.stopped': 'Stopped: { $label }'
} as const
