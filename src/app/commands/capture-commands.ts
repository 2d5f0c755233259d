import type { Again } from './again.ts'
import type { Captioning } from '../captions/captioning.ts'
import { createChanges } from './changes.ts'
import type { GridChoosing } from './grid.ts'
import type { Host } from '../host.ts'
import type { Items } from '../items.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Capture } from '#core/ports/capture.ts'
import type { Announcer } from '#core/speaking/announcer.ts'
import type { BridgeHandlers, Item } from '#shared/bridge.ts'
import type { Area, Detail } from '#shared/caption.ts'
import type { CommandHandlers, Surface } from '#shared/commands.ts'
import { DescryError } from '#shared/errors.ts'

export type CaptureCommand = 'screen' | 'window' | 'region' | 'object' | 'text' | 'changed' | 'commands'

/** What was there before the list of commands opened counts as the present for this long. */
const capturedKeptMs = 2 * 60_000

type Kind = 'screens' | 'window' | 'object'
type Desktop = Record<Kind, () => Promise<Capture[]>>

/** The commands that capture the desktop, or a part of it, and have it described. */
export function createCaptureCommands(
  dependencies: Pick<Dependencies, 'screen' | 'decoder' | 'clock' | 'reader'>,
  host: Host,
  items: Items,
  captioning: Captioning,
  grids: GridChoosing,
  announcer: Announcer,
  again: Again
): { commandHandlers: Pick<CommandHandlers, CaptureCommand>; handlers: Pick<BridgeHandlers, 'commands-left'> } {
  /** The desktop as it was before our command list covered it. */
  let beforeCommands: Desktop | null = null
  let endKeeping = (): void => undefined
  /** What "What changed?" means when nothing else is said. */
  let lastKind: Kind = 'window'
  const changes = createChanges(dependencies)

  const present: Desktop = {
    screens: () => dependencies.screen.captureScreens(),
    window: async () => [await dependencies.screen.captureWindow()],
    object: async () => [await dependencies.screen.captureObject()]
  }
  const isFromList = (surface: Surface): boolean =>
    beforeCommands !== null && (surface === 'window' || surface === 'menu')
  const outOfSight = <Value>(work: () => Promise<Value>): Promise<Value> =>
    host.outOfSight ? host.outOfSight(work) : work()

  function forget(): void {
    endKeeping()
    beforeCommands = null
  }

  /** From the list of commands, at what was there before it opened; else at what is there now. */
  async function look<Value>(surface: Surface, work: (desktop: Desktop) => Promise<Value>): Promise<Value> {
    // Text recognition starts while the screen is being captured.
    dependencies.reader.prepare?.()
    const before = isFromList(surface) ? beforeCommands : null
    forget()
    return before ? work(before) : outOfSight(() => work(present))
  }

  async function capture(kind: Kind, surface: Surface): Promise<[Capture, ...Capture[]]> {
    const captures = atLeastOne(await look(surface, (desktop) => desktop[kind]()))
    if (kind !== 'object') lastKind = kind
    return captures
  }

  async function one(kind: 'window' | 'object', surface: Surface): Promise<{ captured: Capture }> {
    const [captured] = await capture(kind, surface)
    return { captured }
  }

  function describe(
    origin: Item['origin'],
    captured: Capture,
    detail: Detail | undefined,
    remark?: string
  ): { itemId: string } {
    if (origin !== 'region' && origin !== 'object') changes.remember(captured)
    const item = items.add({ origin, label: captured.label }, captured)
    announcer.captured()
    captioning.start(item.id, { detail, cause: 'command', remark })
    return { itemId: item.id }
  }

  /** The same key again tells more of the same picture, unless the list of commands has brought a newer one. */
  async function describeOrMore(
    command: 'screen' | 'window' | 'object',
    detail: Detail | undefined,
    surface: Surface,
    take: () => Promise<{ captured: Capture; remark?: string }>
  ): Promise<{ itemId: string }> {
    const item = detail === undefined && !isFromList(surface) ? again.about(command) : null
    if (item) return again.more(command, item)
    const { captured, remark } = await take()
    const described = describe(command, captured, detail, remark)
    again.pressed(command, described.itemId)
    return described
  }

  const commandHandlers: Pick<CommandHandlers, CaptureCommand> = {
    screen: ({ detail }, surface) =>
      describeOrMore('screen', detail, surface, async () => {
        const [active, ...others] = await capture('screens', surface)
        // They wait in the list; the newest, which is described, comes last.
        for (const other of others) {
          changes.remember(other)
          items.add({ origin: 'screen', label: other.label }, other)
        }
        return { captured: active, ...(others.length > 0 && { remark: `${active.label}.` }) }
      }),
    window: ({ detail }, surface) => describeOrMore('window', detail, surface, () => one('window', surface)),
    object: ({ detail }, surface) => describeOrMore('object', detail, surface, () => one('object', surface)),
    async region({ area, detail }, surface) {
      if (area !== undefined) {
        const captured = await outOfSight(() => dependencies.screen.captureArea(readArea(area)))
        return describe('region', captured, detail)
      }
      if (host.name === 'terminal')
        throw new DescryError('unsupported', {
          message: 'A part is chosen in the window, which does not run.',
          next: 'Give it: descry region 10,20,300,200.'
        })
      // The active window, which may not be there, comes after the screens.
      const captures = await look(surface, async ({ screens, window }) => [
        ...(await screens()),
        ...(await window().catch(() => []))
      ])
      announcer.captured()
      await grids.open(atLeastOne(captures), (part, { width, height }) => {
        const item = items.add({ origin: 'region', label: `Part of ${part.label}, ${width} by ${height}` }, part)
        captioning.start(item.id, { detail, cause: 'command' })
      })
      return null
    },
    async text(_, surface) {
      const [captured] = await capture('window', surface)
      changes.remember(captured)
      const item = items.add({ origin: 'window', label: captured.label }, captured)
      announcer.captured()
      captioning.start(item.id, { detail: 'text', isLocal: true, cause: 'command' })
      return { itemId: item.id }
    },
    async changed({ detail, of }, surface) {
      const kind = of === undefined ? lastKind : of === 'screen' ? 'screens' : 'window'
      const [captured, ...others] = await capture(kind, surface)
      for (const other of others) changes.remember(other)
      const change = await changes.compare(captured)
      if ('text' in change) {
        announcer.say(change.text, 'answer')
        return change
      }
      const item = items.add({ origin: 'changed', label: change.label }, change.picture)
      announcer.captured()
      captioning.start(item.id, { detail, cause: 'command' })
      return { itemId: item.id }
    },
    async commands() {
      // Captured first, or the picture would show our own list. What cannot be captured is told when it is asked for.
      const kept = await outOfSight(async (): Promise<Desktop> => {
        const [screens, window, object] = [present.screens(), present.window(), present.object()]
        await Promise.allSettled([screens, window, object])
        return { screens: () => screens, window: () => window, object: () => object }
      })
      forget()
      beforeCommands = kept
      // A whole desktop is not kept longer than it may be used, though nobody tells that the list was left.
      endKeeping = dependencies.clock.after(capturedKeptMs, forget)
      await host.showWindow()
      host.send('goto', { place: 'commands' })
      return null
    }
  }
  return {
    commandHandlers,
    handlers: {
      async 'commands-left'() {
        forget()
        return null
      }
    }
  }
}

/** Errors: no-picture. */
function atLeastOne([first, ...others]: Capture[]): [Capture, ...Capture[]] {
  if (!first) throw new DescryError('no-picture')
  return [first, ...others]
}

/** "10,20,300,200", as the table's schema has checked it. */
function readArea(text: string): Area {
  const [x = 0, y = 0, width = 0, height = 0] = text.split(',').map(Number)
  return { x, y, width, height }
}
