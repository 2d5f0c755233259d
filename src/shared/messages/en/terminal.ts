/** The terminal app: its prompt, its own commands, and what it says besides captions. */
export const terminalMessages = {
  'terminal.prompt': 'descry> ',
  'terminal.welcome': 'Type the path or web address of a picture, or :help.',
  'terminal.voice-is-off-here': "Descry's voice is off here. To turn it on, type :voice on.",
  'terminal.nothing-sent-yet': 'Nothing is sent until you allow it.',
  'terminal.no-key':
    'There is no API key for { $provider }, so only text and codes are read, on this computer. To add a key, type :key.',
  'terminal.needs-terminal': 'descry terminal needs a terminal. Without one, use: descry describe FILE',
  'terminal.how-to-quit': 'To quit, press Ctrl+D or type :quit.',

  'terminal.ask-to-send':
    'Send pictures to { $provider } to have them described? If not, only text and codes are read, on this computer.',
  'terminal.sending-on': 'Sending is on. To turn it off, type :settings sending off.',
  'terminal.sending-off': 'Sending is off. To turn it on, type :settings sending on.',

  'terminal.no-such-file': 'No such file: { $path }',
  'terminal.no-such-file.next': 'To ask this as a question, type :ask before it.',
  'terminal.no-such-command': 'There is no command :{ $name }. Type :help for a list.',
  'terminal.ambiguous-command': ':{ $name } matches { $count } commands: { $commands }.',
  'terminal.usage': 'Usage: { $usage }',
  'terminal.nothing-to-ask-about': 'There is no picture to ask about yet. Type the path or web address of one first.',
  'terminal.more-parts': 'This file has more parts. To list them, type :history.',
  'terminal.picture': '{ $name }:',

  'terminal.history.entry': '{ $number }. { $label }: { $text }',
  'terminal.history.question': '{ $label }, { $question }',
  'terminal.history.no-such-number': 'There is no picture { $number } in the history.',

  'terminal.voice.on': "Descry's voice is on.",
  'terminal.voice.off': "Descry's voice is off.",
  'terminal.voice.needed': "Descry's voice is off. To turn it on, type :voice on.",

  'terminal.setting': '{ $name } - { $label }: { $value }',
  'terminal.settings.next': 'To change one, type its name and the new value, as in :settings detail brief.',
  'terminal.settings.no-such-setting': 'There is no setting { $name }. Type :settings for a list.',
  'terminal.settings.value': '{ $name } must be { $value }.',
  'terminal.settings.value.model-name': 'the name of a model',
  'terminal.settings.value.address': 'an http or https address',
  'terminal.settings.value.language': 'a language tag such as en or de-AT, or system',
  'terminal.settings.value.amount': 'an amount in US dollars, or none',
  'terminal.settings.value.other-model': 'MODEL, ADDRESS#MODEL, or off',
  'terminal.settings.from-environment': 'OPENAI_BASE_URL is set, so { $address } is used until you quit.',

  'terminal.help.row': '{ $usage } - { $help }',
  'terminal.help.path': 'Describes a picture. Paths may be quoted, and pictures may be dropped into the terminal.',
  'terminal.help.path.usage': 'PATH or ADDRESS',
  'terminal.help.question': 'Anything without a slash or a file extension is a question about the last picture.',
  'terminal.help.question.usage': 'QUESTION',
  'terminal.help.help': 'Lists the commands, or explains one.',
  'terminal.help.region':
    'Captures an area of the screen (left, top, width, height, such as 10,20,300,200) and describes it.',
  'terminal.help.history': 'Lists the pictures of this session, or goes back to one of them.',
  'terminal.help.settings': 'Lists the most important settings, or changes one.',
  'terminal.help.voice': "Turns Descry's voice on or off until you quit.",
  'terminal.help.key': "Stores the provider's API key in the system keychain. It is not shown while you type it.",
  'terminal.help.quit': 'Quits. So does Ctrl+D.',
  'terminal.help.keys':
    'Tab completes commands and paths, and commands may be shortened, as in :sec. Ctrl+C stops what is running. Nothing you type is kept after you quit.',

  'terminal.command.help': 'Opens Descry at a prompt in this terminal. descry without a command does the same.',
  'terminal.command.about':
    'At the prompt, type the path or web address of a picture, or a question about the last one. Commands begin with a colon, such as :more; :help lists them.'
} as const
