import type { Again } from './again.ts'
import type { Captioning } from './captioning.ts'
import type { GridChoosing } from './grid.ts'
import type { Host } from './host.ts'
import type { Items } from './items.ts'
import type { Parts } from './parts.ts'
import { changedArea } from '#core/facts/changes.ts'
import type { Capture } from '#core/ports.ts'
import type { Announcer } from '#core/speaking/announcer.ts'
import type { Item } from '#shared/bridge.ts'
import type { Area, Detail } from '#shared/caption.ts'
import type { CommandHandlers, Surface } from '#shared/commands.ts'
import { DescryError } from '#shared/errors.ts'
import { messages } from '#shared/messages.ts'

export type CaptureCommand = 'screen' | 'window' | 'region' | 'object' | 'text' | 'changed' | 'commands'

/** What was there before the list of commands opened counts as the present for this long. */
const capturedKeptMs = 2 * 60_000
/** Windows and screens of which the last capture is kept, to tell what changed. */
const maxSubjects = 4

type Kind = 'screens' | 'window' | 'object'

/** The commands that capture the desktop, or a part of it, and have it described. */
export function createCaptureCommands(
  parts: Pick<Parts, 'screen' | 'decoder' | 'clock' | 'reader'>,
  host: Host,
  items: Items,
  captioning: Captioning,
  grids: GridChoosing,
  announcer: Announcer,
  again: Again
): Pick<CommandHandlers, CaptureCommand> {
  /** The desktop as it was before our command list covered it. */
  let beforeCommands: { captures: Record<Kind, Promise<Capture[]>>; atMs: number } | null = null
  /** What "What changed?" means when nothing else is said. */
  let lastKind: 'screen' | 'window' = 'window'
  /** The last capture of each window and screen, the newest last. */
  const lastBySubject = new Map<string, Capture>()

  const capturing: Record<Kind, () => Promise<Capture[]>> = {
    screens: () => parts.screen.captureScreens(),
    window: async () => [await parts.screen.captureWindow()],
    object: async () => [await parts.screen.captureObject()]
  }

  /** From the list of commands, what was there before it opened; else what is there now. */
  async function capture(kind: Kind, surface: Surface): Promise<[Capture, ...Capture[]]> {
    // Text recognition starts while the screen is being captured.
    parts.reader.prepare?.()
    const taken = beforeCommands
    const isMeant = taken !== null && (surface === 'window' || surface === 'menu')
    const isFresh = taken !== null && parts.clock.nowMs() - taken.atMs < capturedKeptMs
    beforeCommands = null
    const [first, ...others] = await (isMeant && isFresh ? taken.captures[kind] : capturing[kind]())
    if (!first) throw new DescryError('no-picture')
    return [first, ...others]
  }

  /** The screens and the active window, which may not be there. */
  async function captureAll(surface: Surface): Promise<[Capture, ...Capture[]]> {
    const before = beforeCommands
    const screens = await capture('screens', surface)
    beforeCommands = before
    return [...screens, ...(await capture('window', surface).catch(() => []))]
  }

  function remember(captured: Capture): Capture | null {
    const before = lastBySubject.get(captured.subject) ?? null
    lastBySubject.delete(captured.subject)
    lastBySubject.set(captured.subject, captured)
    const [oldest] = lastBySubject.keys()
    if (lastBySubject.size > maxSubjects && oldest !== undefined) lastBySubject.delete(oldest)
    return before
  }

  function add(origin: Item['origin'], captured: Capture): Item {
    remember(captured)
    return items.add({ origin, label: captured.label }, captured)
  }

  function describe(origin: Item['origin'], captured: Capture, detail: Detail | undefined): { itemId: string } {
    const item = add(origin, captured)
    if (origin === 'screen' || origin === 'window') lastKind = origin
    announcer.captured()
    captioning.start(item.id, { detail, cause: 'command' })
    return { itemId: item.id }
  }

  /** The same key again tells more of the same picture, unless the list of commands has brought a newer one. */
  async function describeOrMore(
    command: 'screen' | 'window' | 'object',
    detail: Detail | undefined,
    surface: Surface,
    take: () => Promise<Capture>
  ): Promise<{ itemId: string }> {
    const isFromList = beforeCommands !== null && (surface === 'window' || surface === 'menu')
    const item = detail === undefined && !isFromList ? again.about(command) : null
    if (item) return again.more(command, item)
    const described = describe(command, await take(), detail)
    again.pressed(command, described.itemId)
    return described
  }

  return {
    screen: ({ detail }, surface) =>
      describeOrMore('screen', detail, surface, async () => {
        const [active, ...others] = await capture('screens', surface)
        // They wait in the list; the newest, which is described, comes last.
        for (const other of others) add('screen', other)
        return active
      }),
    window: ({ detail }, surface) =>
      describeOrMore('window', detail, surface, async () => (await capture('window', surface))[0]),
    object: ({ detail }, surface) =>
      describeOrMore('object', detail, surface, async () => (await capture('object', surface))[0]),
    async region({ area, detail }, surface) {
      if (area !== undefined) return describe('region', await parts.screen.captureArea(readArea(area)), detail)
      if (host.name === 'terminal')
        throw new DescryError('unsupported', {
          message: 'A part is chosen in the window, which does not run.',
          next: 'Give it: descry region 10,20,300,200.'
        })
      const screens = await captureAll(surface)
      announcer.captured()
      await grids.open(screens, (captured, part, bytes) => {
        const label = `Part of ${captured.label}, ${part.width} by ${part.height}`
        const item = items.add({ origin: 'region', label }, { ...captured, bytes })
        captioning.start(item.id, { detail, cause: 'command' })
      })
      return null
    },
    async text(_, surface) {
      const [captured] = await capture('window', surface)
      const item = add('window', captured)
      announcer.captured()
      captioning.start(item.id, { detail: 'text', isLocal: true, cause: 'command' })
      return { itemId: item.id }
    },
    async changed({ detail, of }, surface) {
      const [captured] = await capture((of ?? lastKind) === 'screen' ? 'screens' : 'window', surface)
      const before = remember(captured)
      if (!before) {
        announcer.say(messages.nothingToCompare, 'answer')
        return null
      }
      const after = await parts.decoder.decode(captured.bytes)
      const area = changedArea(await parts.decoder.decode(before.bytes), after)
      if (area === 'same') {
        announcer.say(messages.nothingChanged, 'answer')
        return null
      }
      const bytes = area === 'different' ? captured.bytes : await after.crop(area)
      const label = area === 'different' ? `All new in ${captured.label}` : `What changed in ${captured.label}`
      const item = items.add({ origin: 'changed', label }, { ...captured, bytes })
      announcer.captured()
      captioning.start(item.id, { detail, cause: 'command' })
      return { itemId: item.id }
    },
    async commands() {
      // Captured first, or the picture would show our own list. What cannot be captured is told when it is asked for.
      const captures = { screens: capturing.screens(), window: capturing.window(), object: capturing.object() }
      await Promise.allSettled(Object.values(captures))
      const kept = { captures, atMs: parts.clock.nowMs() }
      beforeCommands = kept
      // A whole desktop is not kept longer than it may be used.
      parts.clock.after(capturedKeptMs, () => {
        if (beforeCommands === kept) beforeCommands = null
      })
      await host.showWindow()
      host.send('goto', { place: 'commands' })
      return null
    }
  }
}

/** "10,20,300,200", as the table's schema has checked it. */
function readArea(text: string): Area {
  const [x = 0, y = 0, width = 0, height = 0] = text.split(',').map(Number)
  return { x, y, width, height }
}
