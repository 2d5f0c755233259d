import { exitCodes, UsageError, type ExitCode } from './exit-codes.ts'
import { isPictureCommand } from './picture-commands.ts'
import type { Terminal } from './terminal.ts'
import { details, presets, steps } from '#shared/caption.ts'
import { commandEntry, commandIds, isReachable, type CommandId } from '#shared/commands.ts'

interface Tool {
  synopsis: string
  help: string
  more: string
}

const describeFlags = `
  --detail ${details.join('|')}   how much is said; text reads the text only
  --ask QUESTION     an answer instead of a description
  --preset NAME      what kind of picture it is: ${presets.join(', ')},
                     or one of your own in the settings
  --parts LIST|all   pages of a document, frames of an animation, parts of a long picture: 2 or 1,3-5
  --fresh            asks again, though a caption of this picture is kept
  --lang TAG         language of the caption, such as en or de
  --model NAME       another model for this run
  --base-url URL     another OpenAI-compatible server for this run
  --offline          nothing leaves this computer: its text and codes are read here
  --speak            also aloud; ends when speech has ended
  --json             one JSON object a picture, one a line, and nothing else`

const tools: Record<string, Tool> = {
  describe: {
    synopsis: 'describe FILE|URL|-…',
    help: 'Describes pictures: files, http(s) addresses, or - for standard input.',
    more: `
A shrunken copy of each picture, without metadata, is sent to the provider: api.openai.com, or the
address in --base-url, OPENAI_BASE_URL or the settings. With --offline, or without a key where one
is needed, nothing is sent. Of a PDF or TIFF the first three pages are described unless --parts says
otherwise. What was asked before in the same way comes from this computer and costs nothing.
${describeFlags}

Exit: 0 all described, 1 some failed, 2 wrong usage, 3 none could be described, 130 interrupted.`
  },
  batch: {
    synopsis: 'batch FOLDER --out FILE',
    help: 'Describes all pictures of a folder into a list: .csv, .json or .html.',
    more: `
Run again after an interruption, or with more pictures in the folder, it goes on where it was: nothing is
paid for twice, and another kind of list costs nothing. What is done is noted beside it: alt.journal for alt.csv.
The first Ctrl-C waits for the answers under way, which are paid for; the second stops at once.

  --recursive        the folders in it, too
  --write            also writes each alt text into the picture, where none is yet
  --api batch        by the provider's own batches: half the price, but it may take a day
  --max-cost USD     spends no more than about this, and asks first when more is likely; without it, when
                     more than 1 is (the limit of the month in the settings always holds)
  --yes              does not ask
  --detail, --ask, --preset, --lang, --model, --base-url, --offline, --speak   as for describe

Exit: 0 all described, 1 some failed, 2 wrong usage, 3 none could be described, 130 interrupted.`
  },
  compare: {
    synopsis: 'compare FILE… --models A,B',
    help: 'Has several models describe the same pictures, and says where they agree.',
    more: `
A model is a name at the provider, or ADDRESS#NAME at another OpenAI-compatible server; each address gets
its own stored key. What it costs is told first, where that is known, and asked above 10 cents.

  --models A,B,C     two or more
  --html FILE        also as a page with a table
  --yes              does not ask
  --detail, --ask, --preset, --lang, --base-url, --json   as for describe

Exit: 0 all answered, 1 some failed, 2 wrong usage, 3 none answered, 130 interrupted.`
  },
  watch: {
    synopsis: 'watch [pause]',
    help: 'Notices each new picture on the clipboard and in the screenshot folders, until Ctrl-C.',
    more: `
It says "picture ready"; descry clipboard, from another terminal or a desktop shortcut, has the
picture described. descry watch pause has the running Descry pause for an hour, or go on.

  --auto             has each described at once: each is sent to the provider
  --offline          nothing leaves this computer
  --model NAME, --base-url URL   as for describe`
  },
  key: {
    synopsis: 'key set|remove|status',
    help: "Keeps the provider's key in the system's keychain.",
    more: `
set reads the key from the keyboard without showing it, or from a pipe. It is bound to the
provider's address and goes nowhere else.

  --base-url URL     the address; default OPENAI_BASE_URL, else the one in the settings`
  },
  say: {
    synopsis: 'say TEXT…|-',
    help: "Speaks a text in Descry's own voice.",
    more: `
  --lang TAG         the text's language
  --rate N           words a minute, 80 to 450
  --pitch N, --volume N   0 to 100; 50 is the voice's own pitch
  --engine NAME, --voice ID   as descry voices lists them`
  },
  voices: {
    synopsis: 'voices',
    help: 'Lists the speech engines that can be heard here, and their voices.',
    more: `
  --lang TAG         of this language only
  --json             one JSON array`
  },
  doctor: {
    synopsis: 'doctor',
    help: 'Checks key, model, voices, screen and the rest, and says what to do about each.',
    more: `
The provider is asked for its list of models. No picture is sent, unless you agree.

  --send             also has a small test picture described, which may cost a fraction of a cent
  --offline          nothing leaves this computer
  --json             one JSON object
  --model NAME, --base-url URL   as for describe

Exit: 0 all well, 1 something to do.`
  },
  spent: {
    synopsis: 'spent',
    help: commandEntry('spent').help,
    more: `
The running Descry says it aloud. When none runs, it is printed.

  --json             only printed, as one object: {todayUsd, monthUsd, unpricedThisMonth, monthlyLimitUsd}`
  },
  forget: {
    synopsis: 'forget',
    help: 'Forgets the captions that are kept on this computer.',
    more: `
They are kept for 30 days, so that the same picture costs nothing again; keepCaptions: false in the
settings keeps none. What was spent is not forgotten.`
  },
  help: { synopsis: 'help [COMMAND]', help: 'Says more about a command.', more: '' }
}

/** `descry help [COMMAND]` */
export function helpCommand(args: string[], terminal: Terminal): ExitCode {
  const [topic] = args
  terminal.print(topic === undefined ? overview() : about(topic))
  return exitCodes.ok
}

/** Every command with one sentence, from the table and the tools beside it. */
export function overview(): string {
  const rows = [
    ...Object.values(tools).map(({ synopsis, help }) => [synopsis, help] as const),
    ...commandIds
      .filter((id) => isReachable(id, 'cli') && !Object.hasOwn(tools, id))
      .map((id) => [synopsis(id), commandEntry(id).help] as const)
  ]
  const lines = rows.map(([synopsis, help]) => `  ${synopsis.padEnd(26)} ${help}\n`)
  return `Descry tells what is in an image, out loud.\n\nUse: descry COMMAND\n\n${lines.join('')}\nMore about one: descry help COMMAND\n`
}

function about(topic: string): string {
  const tool = Object.hasOwn(tools, topic) ? tools[topic] : undefined
  if (tool) return `descry ${tool.synopsis}\n${tool.help}\n${tool.more}\n`
  const id = commandIds.find((id) => id === topic && isReachable(id, 'cli'))
  if (!id) throw new UsageError(`There is no command ${topic}. descry help lists them.`)
  const here = isPictureCommand(id)
    ? `The running Descry does it. When none runs, or with more than --detail, it is done here:\n${describeFlags}\n`
    : 'The running Descry does it; none running is exit code 3.\n'
  return `descry ${synopsis(id)}\n${commandEntry(id).help}\n${typed[id]?.more ?? ''}${here}`
}

/** What is typed after commands of the table. */
const typed: Partial<Record<CommandId, { words: string; more?: string }>> = {
  ask: { words: 'QUESTION' },
  more: {
    words: '',
    more: `
  --detail ${details.join('|')}   this amount instead of the next
  --preset NAME      as this kind of picture, as for describe
`
  },
  open: { words: 'FILE' },
  region: {
    words: '[AREA]',
    more: 'AREA is left,top,width,height on the desktop, such as 10,20,300,200 or -800,0,400,300.\n'
  },
  step: { words: '[STEP]', more: `STEP is one of ${steps.join(', ')}.\n` }
}

function synopsis(id: CommandId): string {
  return `${id} ${typed[id]?.words ?? ''}`.trimEnd()
}
