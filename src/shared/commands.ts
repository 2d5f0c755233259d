import { z } from 'zod'
import { details, steps } from './caption.ts'

/** Where a command can be reached. */
export type Surface = 'hotkey' | 'tray' | 'menu' | 'window' | 'cli' | 'socket'

/** The systems whose default keys differ. */
export type System = 'windows' | 'macos' | 'linux'

type HotkeyLetter = 'E' | 'G' | 'P' | 'X' | 'K'

export interface CommandEntry {
  /** Words for a menu, a list and the help page. */
  title: string
  /** One sentence for the help page. */
  help: string
  input: z.ZodType
  output: z.ZodType
  surfaces: readonly Surface[]
  /** Letter of the global chord family (behavior B7), if it is a hotkey. */
  hotkeyLetter?: HotkeyLetter
  /** Key inside the window, in Electron accelerator form. */
  windowKey?: string
}

const none = z.object({}).strict()
const nothing = z.null()
const pictureTaken = z.object({ itemId: z.string() })
const detail = z.enum(details).optional()
/** "10,20,300,200": left, top, width and height on the desktop. */
const area = z
  .string()
  .regex(/^-?\d{1,6},-?\d{1,6},[1-9]\d{0,5},[1-9]\d{0,5}$/u, 'An area is left,top,width,height, such as 10,20,300,200')
  .optional()

/**
 * The one table of what a person can tell Descry to do. Hotkeys, tray, menus, the window's command list, the help page,
 * the control socket and the command line are derived from it; handlers live in src/app/commands/command-handlers.ts.
 */
export const commands = {
  screen: {
    title: 'Describe the screen',
    help: 'Captures the display with the active window and describes it.',
    input: z.object({ detail }).strict(),
    output: pictureTaken,
    surfaces: ['hotkey', 'tray', 'menu', 'window', 'cli', 'socket'],
    hotkeyLetter: 'E',
    windowKey: 'CommandOrControl+E'
  },
  window: {
    title: 'Describe the active window',
    help: 'Captures the window you are in and describes it.',
    input: z.object({ detail }).strict(),
    output: pictureTaken,
    surfaces: ['hotkey', 'tray', 'menu', 'window', 'cli', 'socket'],
    hotkeyLetter: 'G',
    windowKey: 'CommandOrControl+G'
  },
  region: {
    title: 'Describe a part of the screen',
    help: 'Captures the screen and lets you choose a part of it by a grid of nine, or describes the part given.',
    input: z.object({ area, detail }).strict(),
    output: pictureTaken.nullable(),
    surfaces: ['tray', 'menu', 'window', 'cli', 'socket'],
    windowKey: 'CommandOrControl+Shift+R'
  },
  object: {
    title: 'Describe the focused control',
    help: 'Captures the control that has the focus, or what is round the pointer, and describes it.',
    input: z.object({ detail }).strict(),
    output: pictureTaken,
    surfaces: ['tray', 'menu', 'window', 'cli', 'socket'],
    windowKey: 'CommandOrControl+Shift+O'
  },
  text: {
    title: 'Read the text in the window',
    help: 'Reads the text and the codes in the active window on this computer. Nothing is sent.',
    input: none,
    output: pictureTaken,
    surfaces: ['tray', 'menu', 'window', 'cli', 'socket'],
    windowKey: 'CommandOrControl+Shift+X'
  },
  changed: {
    title: 'What changed?',
    help: 'Compares the window, or the screen if that was captured last, with its capture before, and describes what is new.',
    input: z.object({ detail, of: z.enum(['screen', 'window']).optional() }).strict(),
    // Without a picture that is all there is to say.
    output: z.union([pictureTaken, z.object({ text: z.string() })]),
    surfaces: ['tray', 'menu', 'window', 'cli', 'socket'],
    windowKey: 'CommandOrControl+Shift+D'
  },
  clipboard: {
    title: 'Describe the waiting picture or the clipboard',
    help: 'Describes the picture that is waiting, else the picture on the clipboard.',
    input: z.object({ detail }).strict(),
    output: pictureTaken,
    surfaces: ['hotkey', 'tray', 'menu', 'window', 'cli', 'socket'],
    hotkeyLetter: 'P',
    windowKey: 'CommandOrControl+P'
  },
  open: {
    title: 'Open a file',
    help: 'Describes a picture or a PDF from a file.',
    input: z.object({ path: z.string().min(1).max(4096).optional() }).strict(),
    output: pictureTaken.nullable(),
    surfaces: ['menu', 'window', 'cli', 'socket'],
    windowKey: 'CommandOrControl+O'
  },
  watch: {
    title: 'Pause watching for an hour, or go on',
    help: 'Leaves the clipboard and the screenshot folders alone for an hour, or watches them again.',
    input: none,
    output: nothing,
    surfaces: ['tray', 'menu', 'window', 'socket'],
    windowKey: 'CommandOrControl+Shift+P'
  },
  stop: {
    title: 'Stop',
    help: 'Silences speech and stops the request that is running.',
    input: none,
    output: nothing,
    surfaces: ['hotkey', 'tray', 'menu', 'window', 'cli', 'socket'],
    hotkeyLetter: 'X',
    windowKey: 'CommandOrControl+.'
  },
  commands: {
    title: 'All commands',
    help: 'Captures the screen first, then opens the list of all commands.',
    input: none,
    output: nothing,
    surfaces: ['hotkey', 'tray', 'menu', 'window', 'cli', 'socket'],
    hotkeyLetter: 'K',
    windowKey: 'CommandOrControl+K'
  },
  ask: {
    title: 'Ask about the picture',
    help: 'Asks a question about the newest or the chosen picture.',
    input: z.object({ question: z.string().trim().min(1).max(2000), itemId: z.string().optional() }).strict(),
    output: pictureTaken,
    surfaces: ['window', 'menu', 'cli', 'socket'],
    windowKey: 'CommandOrControl+Shift+A'
  },
  more: {
    title: 'More detail',
    help: 'Describes the newest or the chosen picture again with the next amount of detail, or as another kind of picture.',
    input: z.object({ itemId: z.string().optional(), detail, preset: z.string().min(1).max(40).optional() }).strict(),
    output: pictureTaken,
    surfaces: ['menu', 'window', 'cli', 'socket'],
    windowKey: 'CommandOrControl+D'
  },
  step: {
    title: 'Next part of the caption',
    help: 'Reads the next part of a detailed caption: summary, text, parts, controls, details; or the one named.',
    input: z.object({ step: z.enum(steps).optional(), itemId: z.string().optional() }).strict(),
    output: nothing,
    surfaces: ['menu', 'window', 'cli', 'socket'],
    windowKey: 'CommandOrControl+Shift+S'
  },
  doubt: {
    title: 'What may be wrong',
    help: 'Says what of the caption could not be found in the picture, and what the picture may say instead.',
    input: z.object({ itemId: z.string().optional() }).strict(),
    output: z.object({ text: z.string() }),
    surfaces: ['menu', 'window', 'cli', 'socket'],
    windowKey: 'CommandOrControl+U'
  },
  'second-opinion': {
    title: 'Second opinion',
    help: 'Has another model look too: what both say first, then where they differ, then what only one says.',
    input: z.object({ itemId: z.string().optional() }).strict(),
    output: pictureTaken.nullable(),
    surfaces: ['menu', 'window', 'cli', 'socket'],
    windowKey: 'CommandOrControl+Shift+L'
  },
  repeat: {
    title: 'Repeat the caption',
    help: 'Speaks the newest or the chosen caption again.',
    input: z.object({ itemId: z.string().optional() }).strict(),
    output: nothing,
    surfaces: ['tray', 'menu', 'window', 'cli', 'socket'],
    windowKey: 'CommandOrControl+R'
  },
  pause: {
    title: 'Pause or go on',
    help: "Pauses Descry's own voice, or lets it go on from the sentence that was broken off.",
    input: none,
    output: nothing,
    surfaces: ['tray', 'menu', 'window', 'cli', 'socket'],
    windowKey: 'F8'
  },
  'previous-sentence': {
    title: 'Previous sentence',
    help: 'Speaks on from the sentence before.',
    input: none,
    output: nothing,
    surfaces: ['menu', 'window', 'cli', 'socket'],
    windowKey: 'F7'
  },
  'next-sentence': {
    title: 'Next sentence',
    help: 'Speaks on from the next sentence.',
    input: none,
    output: nothing,
    surfaces: ['menu', 'window', 'cli', 'socket'],
    windowKey: 'F9'
  },
  spell: {
    title: 'Spell the sentence',
    help: 'Spells the sentence that is being spoken, or was spoken last, letter by letter.',
    input: none,
    output: nothing,
    surfaces: ['menu', 'window', 'cli', 'socket'],
    windowKey: 'Shift+F8'
  },
  slower: {
    title: 'Slower',
    help: "Makes Descry's own voice slower by 25 words a minute.",
    input: none,
    output: nothing,
    surfaces: ['tray', 'menu', 'window', 'cli', 'socket'],
    windowKey: 'Shift+F7'
  },
  faster: {
    title: 'Faster',
    help: "Makes Descry's own voice faster by 25 words a minute.",
    input: none,
    output: nothing,
    surfaces: ['tray', 'menu', 'window', 'cli', 'socket'],
    windowKey: 'Shift+F9'
  },
  copy: {
    title: 'Copy the caption',
    help: 'Puts the newest or the chosen caption on the clipboard as text.',
    input: z.object({ itemId: z.string().optional() }).strict(),
    output: nothing,
    surfaces: ['menu', 'window', 'cli', 'socket'],
    windowKey: 'CommandOrControl+Shift+C'
  },
  history: {
    title: 'Earlier pictures',
    help: 'Goes to the list of pictures that came before.',
    input: none,
    output: nothing,
    surfaces: ['menu', 'window', 'cli', 'socket'],
    // Not Y, which is Redo on Windows, nor H alone, which hides the program on macOS.
    windowKey: 'CommandOrControl+Shift+H'
  },
  settings: {
    title: 'Settings',
    help: 'Goes to the key, the switch for sending, and the other settings.',
    input: none,
    output: nothing,
    surfaces: ['tray', 'menu', 'window', 'cli', 'socket'],
    windowKey: 'CommandOrControl+,'
  },
  status: {
    title: 'Status',
    help: 'Says what is watched, who speaks, and where pictures would be sent.',
    input: none,
    output: z.object({ text: z.string() }),
    surfaces: ['tray', 'menu', 'window', 'cli', 'socket'],
    windowKey: 'CommandOrControl+I'
  },
  spent: {
    title: 'What was spent',
    help: 'Says what captions cost today and this month, and what is left of the limit.',
    input: none,
    output: z.object({ text: z.string() }),
    surfaces: ['tray', 'menu', 'window', 'cli', 'socket'],
    windowKey: 'CommandOrControl+Shift+M'
  },
  quit: {
    title: 'Quit Descry',
    help: 'Ends Descry, its watchers and its speech.',
    input: none,
    output: nothing,
    surfaces: ['tray', 'menu', 'window', 'cli', 'socket'],
    windowKey: 'CommandOrControl+Q'
  }
} as const satisfies Record<string, CommandEntry>

export type CommandId = keyof typeof commands
export type CommandInput<Id extends CommandId> = z.infer<(typeof commands)[Id]['input']>
export type CommandOutput<Id extends CommandId> = z.infer<(typeof commands)[Id]['output']>

/** One handler for each entry; src/app provides all of them. */
export type CommandHandlers = {
  [Id in CommandId]: (input: CommandInput<Id>, surface: Surface) => Promise<CommandOutput<Id>>
}

export const commandIds = Object.keys(commands) as CommandId[]

/** The entry with the table's wide type, for code that loops over commands. */
export function commandEntry(id: CommandId): CommandEntry {
  return commands[id]
}

/** True when `surface` is named by the entry. */
export function isReachable(id: CommandId, surface: Surface): boolean {
  return commandEntry(id).surfaces.includes(surface)
}

const chordPrefix: Record<System, string> = {
  windows: 'Control+Shift+Super',
  macos: 'Control+Shift+Command',
  linux: 'Control+Shift+Super'
}
const fallbackKey: Record<HotkeyLetter, string> = { P: 'F8', E: 'F9', X: 'F10', K: 'F11', G: 'F12' }

/** The default global accelerator of a command and its fallback, in Electron form; null when it has no hotkey. */
export function defaultHotkey(id: CommandId, system: System): { first: string; fallback: string } | null {
  const letter = commandEntry(id).hotkeyLetter
  if (!letter) return null
  return { first: `${chordPrefix[system]}+${letter}`, fallback: `Control+Alt+Shift+${fallbackKey[letter]}` }
}
