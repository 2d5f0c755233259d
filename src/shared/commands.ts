import { z } from 'zod'
import { details, steps } from './caption.ts'
import { t } from './messages/messages.ts'

/**
 * Where a command can be reached. `terminal` is the prompt of the terminal app, which has nothing to do with the active
 * window, that being the terminal itself, nor with new pictures, which it does not watch for.
 */
export type Surface = 'hotkey' | 'tray' | 'menu' | 'window' | 'terminal' | 'cli' | 'socket'

export type HotkeyLetter = 'E' | 'G' | 'P' | 'X' | 'K'

/** The menus of the application and the tray. */
export type CommandMenu = 'file' | 'capture' | 'caption' | 'speech' | 'privacy' | 'view' | 'help'

interface TableEntry {
  menu: CommandMenu
  input: z.ZodType
  output: z.ZodType
  surfaces: readonly Surface[]
  /** The field of `input` that is typed on the command line without an option's name; all others are options. */
  operand?: { field: string; name: string }
  /** Letter of the global chord family (behavior B7), if it is a hotkey. */
  hotkeyLetter?: HotkeyLetter
  /** Key inside the window, in Electron accelerator form. */
  windowKey?: string
}

const none = z.object({}).strict()
const nothing = z.null()
const pictureTaken = z.object({ itemId: z.string() })
/** What was said. */
const spoken = z.object({ text: z.string() })
/** A picture in the list; without an id, the newest. */
const aboutItem = z.object({ itemId: z.string().optional() }).strict()
const detail = z.enum(details).optional()
/** "10,20,300,200": left, top, width and height on the desktop. */
const area = z
  .string()
  .regex(/^-?\d{1,6},-?\d{1,6},[1-9]\d{0,5},[1-9]\d{0,5}$/u, { error: () => t('commands.not-an-area') })
  .optional()

/**
 * Everything a person can tell Descry to do. Hotkeys, tray, menus, the window's command list, the control socket, the
 * command line with its help, completion and man page are derived from it. Titles and help are in the message catalog
 * (`commands.<id>.title` and `.help`); handlers are in src/app/commands.
 */
export const commands = {
  screen: {
    menu: 'capture',
    input: z.object({ detail }).strict(),
    output: pictureTaken,
    surfaces: ['hotkey', 'tray', 'menu', 'window', 'terminal', 'cli', 'socket'],
    hotkeyLetter: 'E',
    windowKey: 'CommandOrControl+E'
  },
  window: {
    menu: 'capture',
    input: z.object({ detail }).strict(),
    output: pictureTaken,
    surfaces: ['hotkey', 'tray', 'menu', 'window', 'cli', 'socket'],
    hotkeyLetter: 'G',
    windowKey: 'CommandOrControl+G'
  },
  region: {
    menu: 'capture',
    operand: { field: 'area', name: 'AREA' },
    input: z.object({ area, detail }).strict(),
    output: pictureTaken.nullable(),
    surfaces: ['tray', 'menu', 'window', 'terminal', 'cli', 'socket'],
    windowKey: 'CommandOrControl+Shift+R'
  },
  object: {
    menu: 'capture',
    input: z.object({ detail }).strict(),
    output: pictureTaken,
    surfaces: ['tray', 'menu', 'window', 'cli', 'socket'],
    windowKey: 'CommandOrControl+Shift+O'
  },
  text: {
    menu: 'capture',
    input: none,
    output: pictureTaken,
    surfaces: ['tray', 'menu', 'window', 'cli', 'socket'],
    windowKey: 'CommandOrControl+Shift+X'
  },
  changed: {
    menu: 'capture',
    input: z.object({ detail, of: z.enum(['screen', 'window']).optional() }).strict(),
    // Without a picture that is all there is to say.
    output: z.union([pictureTaken, spoken]),
    surfaces: ['tray', 'menu', 'window', 'terminal', 'cli', 'socket'],
    windowKey: 'CommandOrControl+Shift+D'
  },
  clipboard: {
    menu: 'capture',
    input: z.object({ detail }).strict(),
    output: pictureTaken,
    surfaces: ['hotkey', 'tray', 'menu', 'window', 'terminal', 'cli', 'socket'],
    hotkeyLetter: 'P',
    windowKey: 'CommandOrControl+P'
  },
  open: {
    menu: 'file',
    operand: { field: 'path', name: 'FILE' },
    input: z.object({ path: z.string().min(1).max(4096).optional() }).strict(),
    output: pictureTaken.nullable(),
    surfaces: ['menu', 'window', 'terminal', 'cli', 'socket'],
    windowKey: 'CommandOrControl+O'
  },
  'pause-watching': {
    menu: 'capture',
    input: none,
    output: nothing,
    surfaces: ['tray', 'menu', 'window', 'cli', 'socket'],
    windowKey: 'CommandOrControl+Shift+P'
  },
  stop: {
    menu: 'speech',
    input: none,
    output: nothing,
    surfaces: ['hotkey', 'tray', 'menu', 'window', 'terminal', 'cli', 'socket'],
    hotkeyLetter: 'X',
    windowKey: 'CommandOrControl+.'
  },
  commands: {
    menu: 'help',
    input: none,
    output: nothing,
    surfaces: ['hotkey', 'tray', 'menu', 'window', 'cli', 'socket'],
    hotkeyLetter: 'K',
    windowKey: 'CommandOrControl+K'
  },
  ask: {
    menu: 'caption',
    operand: { field: 'question', name: 'QUESTION' },
    input: z.object({ question: z.string().trim().min(1).max(2000), itemId: z.string().optional() }).strict(),
    output: pictureTaken,
    surfaces: ['window', 'menu', 'terminal', 'cli', 'socket'],
    windowKey: 'CommandOrControl+Shift+A'
  },
  more: {
    menu: 'caption',
    input: z.object({ itemId: z.string().optional(), detail, preset: z.string().min(1).max(40).optional() }).strict(),
    output: pictureTaken,
    surfaces: ['menu', 'window', 'terminal', 'cli', 'socket'],
    windowKey: 'CommandOrControl+D'
  },
  step: {
    menu: 'caption',
    operand: { field: 'step', name: 'PART' },
    input: z.object({ step: z.enum(steps).optional(), itemId: z.string().optional() }).strict(),
    output: nothing,
    surfaces: ['menu', 'window', 'terminal', 'cli', 'socket'],
    windowKey: 'CommandOrControl+Shift+S'
  },
  doubt: {
    menu: 'caption',
    input: aboutItem,
    output: spoken,
    surfaces: ['menu', 'window', 'terminal', 'cli', 'socket'],
    windowKey: 'CommandOrControl+U'
  },
  'send-everything': {
    menu: 'privacy',
    input: aboutItem,
    output: pictureTaken,
    surfaces: ['menu', 'window', 'terminal', 'cli', 'socket']
  },
  'read-hidden': {
    menu: 'privacy',
    input: aboutItem,
    output: spoken,
    surfaces: ['menu', 'window', 'terminal', 'cli', 'socket']
  },
  'read-text': {
    menu: 'privacy',
    input: aboutItem,
    output: pictureTaken,
    surfaces: ['menu', 'window', 'terminal', 'cli', 'socket']
  },
  'would-send': {
    menu: 'privacy',
    input: aboutItem,
    output: spoken,
    surfaces: ['menu', 'window', 'terminal', 'cli', 'socket']
  },
  'second-opinion': {
    menu: 'caption',
    input: aboutItem,
    output: pictureTaken.nullable(),
    surfaces: ['menu', 'window', 'terminal', 'cli', 'socket'],
    windowKey: 'CommandOrControl+Shift+L'
  },
  repeat: {
    menu: 'speech',
    input: aboutItem,
    output: nothing,
    surfaces: ['tray', 'menu', 'window', 'terminal', 'cli', 'socket'],
    windowKey: 'CommandOrControl+R'
  },
  pause: {
    menu: 'speech',
    input: none,
    output: nothing,
    surfaces: ['tray', 'menu', 'window', 'terminal', 'cli', 'socket'],
    windowKey: 'F8'
  },
  'previous-sentence': {
    menu: 'speech',
    input: none,
    output: nothing,
    surfaces: ['menu', 'window', 'terminal', 'cli', 'socket'],
    windowKey: 'F7'
  },
  'next-sentence': {
    menu: 'speech',
    input: none,
    output: nothing,
    surfaces: ['menu', 'window', 'terminal', 'cli', 'socket'],
    windowKey: 'F9'
  },
  spell: {
    menu: 'speech',
    input: none,
    output: nothing,
    surfaces: ['menu', 'window', 'terminal', 'cli', 'socket'],
    windowKey: 'Shift+F8'
  },
  slower: {
    menu: 'speech',
    input: none,
    output: nothing,
    surfaces: ['tray', 'menu', 'window', 'terminal', 'cli', 'socket'],
    windowKey: 'Shift+F7'
  },
  faster: {
    menu: 'speech',
    input: none,
    output: nothing,
    surfaces: ['tray', 'menu', 'window', 'terminal', 'cli', 'socket'],
    windowKey: 'Shift+F9'
  },
  copy: {
    menu: 'caption',
    input: aboutItem,
    output: nothing,
    surfaces: ['menu', 'window', 'terminal', 'cli', 'socket'],
    windowKey: 'CommandOrControl+Shift+C'
  },
  history: {
    menu: 'view',
    input: none,
    output: nothing,
    surfaces: ['menu', 'window', 'terminal', 'cli', 'socket'],
    // Not Y, which is Redo on Windows, nor H alone, which hides the program on macOS.
    windowKey: 'CommandOrControl+Shift+H'
  },
  settings: {
    menu: 'file',
    input: none,
    output: nothing,
    surfaces: ['tray', 'menu', 'window', 'terminal', 'cli', 'socket'],
    windowKey: 'CommandOrControl+,'
  },
  status: {
    menu: 'help',
    input: none,
    output: spoken,
    surfaces: ['tray', 'menu', 'window', 'terminal', 'cli', 'socket'],
    windowKey: 'CommandOrControl+I'
  },
  spent: {
    menu: 'help',
    input: none,
    output: spoken,
    surfaces: ['tray', 'menu', 'window', 'terminal', 'cli', 'socket'],
    windowKey: 'CommandOrControl+Shift+M'
  },
  sent: {
    menu: 'privacy',
    input: none,
    output: spoken,
    surfaces: ['menu', 'window', 'terminal', 'cli', 'socket']
  },
  'clear-sent': {
    menu: 'privacy',
    input: none,
    output: spoken,
    surfaces: ['menu', 'window', 'terminal', 'cli', 'socket']
  },
  diagnostics: {
    menu: 'help',
    input: none,
    output: spoken,
    surfaces: ['menu', 'window', 'terminal', 'cli', 'socket']
  },
  quit: {
    menu: 'file',
    input: none,
    output: nothing,
    surfaces: ['tray', 'menu', 'window', 'terminal', 'cli', 'socket'],
    windowKey: 'CommandOrControl+Q'
  }
} as const satisfies Record<string, TableEntry>

export type CommandId = keyof typeof commands
export type CommandInput<Id extends CommandId> = z.infer<(typeof commands)[Id]['input']>
export type CommandOutput<Id extends CommandId> = z.infer<(typeof commands)[Id]['output']>

/** One handler for each entry; src/app provides all of them. */
export type CommandHandlers = {
  [Id in CommandId]: (input: CommandInput<Id>, surface: Surface) => Promise<CommandOutput<Id>>
}

export const commandIds = Object.keys(commands) as CommandId[]

export interface CommandEntry extends TableEntry {
  /** For menus and lists. */
  title: string
  /** One sentence for lists and the help pages. */
  help: string
}

/** The entry with its title and help in the user's language. */
export function commandEntry(id: CommandId): CommandEntry {
  return { ...commands[id], title: t(`commands.${id}.title`), help: t(`commands.${id}.help`) }
}

/** Ids that commands had before, still accepted from scripts and settings. */
const formerIds = new Map<string, CommandId>([['watch', 'pause-watching']])

/** The command with this id, which may be a former one; null when there is none. */
export function findCommand(id: string): CommandId | null {
  return commandIds.find((known) => known === id) ?? formerIds.get(id) ?? null
}

/** True when `surface` is named by the entry. */
export function isReachable(id: CommandId, surface: Surface): boolean {
  return commands[id].surfaces.some((one) => one === surface)
}
