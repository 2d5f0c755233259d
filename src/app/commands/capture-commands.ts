import { createChanges } from './changes.ts'
import type { CommandContext, HandlersOf } from './command-context.ts'
import type { RegionChoice } from './region-choice.ts'
import type { RepeatPress } from './repeat-press.ts'
import { bytesOf } from '../describing/request.ts'
import { readArea } from '#core/areas.ts'
import type { Capture } from '#core/ports/capture.ts'
import type { BridgeHandlers, Item } from '#shared/bridge.ts'
import type { Detail } from '#shared/caption.ts'
import type { Surface } from '#shared/commands.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

type CaptureCommand = 'screen' | 'window' | 'region' | 'object' | 'text' | 'changed' | 'commands'

/** A capture made before the command list opened counts as current for this long. */
const capturedKeptMs = 2 * 60_000

type Kind = 'screens' | 'window' | 'object'
type Desktop = Record<Kind, () => Promise<Capture[]>>

/** A command's captures: the picture to describe, and the other screens. */
interface Captured {
  main: Capture
  others: Capture[]
}

/** The commands that capture the desktop or an area of it, and describe it. */
export function createCaptureCommands({
  dependencies,
  host,
  items,
  captioning,
  announcer,
  regionChoice,
  repeatPress
}: CommandContext & { regionChoice: RegionChoice; repeatPress: RepeatPress }): {
  handlers: HandlersOf<CaptureCommand>
  windowHandlers: Pick<BridgeHandlers, 'commands-left'>
} {
  /** The desktop before the command list covered it. */
  let beforeList: Desktop | null = null
  let cancelForgetting = (): void => undefined
  /** The kind of capture that "What changed?" compares by default. */
  let lastKind: Kind = 'window'
  const changes = createChanges(dependencies)

  const present: Desktop = {
    screens: () => dependencies.screen.captureScreens(),
    window: async () => [await dependencies.screen.captureWindow()],
    object: async () => [await dependencies.screen.captureObject()]
  }
  const isFromList = (surface: Surface): boolean => beforeList !== null && (surface === 'window' || surface === 'menu')
  const outOfSight = <Value>(work: () => Promise<Value>): Promise<Value> =>
    host.outOfSight ? host.outOfSight(work) : work()

  function forget(): void {
    cancelForgetting()
    beforeList = null
  }

  /** Captures the desktop now or, for a command chosen in the list, uses the capture from before the list opened. */
  async function look<Value>(surface: Surface, work: (desktop: Desktop) => Promise<Value>): Promise<Value> {
    // Text recognition starts while the screen is being captured.
    dependencies.reader.prepare?.()
    const before = isFromList(surface) ? beforeList : null
    forget()
    return before ? work(before) : outOfSight(() => work(present))
  }

  async function capture(kind: Kind, surface: Surface): Promise<Captured> {
    const [main, ...others] = atLeastOne(await look(surface, (desktop) => desktop[kind]()))
    if (kind !== 'object') lastKind = kind
    return { main, others }
  }

  /** Adds the picture to the list and describes it. */
  function describe(
    origin: Item['origin'],
    { main, others }: Captured,
    options: { detail?: Detail | undefined; isLocal?: boolean } = {}
  ): { itemId: string } {
    if (origin !== 'region' && origin !== 'object') for (const one of [...others, main]) changes.remember(one)
    // The picture to describe is added last, which makes it the newest.
    for (const other of others) items.add({ origin, label: other.label }, other)
    const item = items.add({ origin, label: main.label }, main)
    announcer.captured()
    const remark = others.length > 0 ? `${main.label}.` : undefined
    captioning.start(item.id, { ...options, cause: 'command', remark })
    return { itemId: item.id }
  }

  async function isUnchanged(item: Item, { main }: Captured): Promise<boolean> {
    return changes.isSame(await bytesOf(items.picture(item.id)), main.bytes)
  }

  /** Captures and describes. If the same key was pressed a moment ago and nothing has changed, gives more detail. */
  async function describeOrMore(
    command: 'screen' | 'window' | 'object',
    detail: Detail | undefined,
    surface: Surface
  ): Promise<{ itemId: string }> {
    const previous = detail === undefined && !isFromList(surface) ? repeatPress.recent(command) : null
    const captured = await capture(command === 'screen' ? 'screens' : command, surface)
    if (previous && (await isUnchanged(previous, captured))) return repeatPress.describeMore(command, previous.id)
    const described = describe(command, captured, { detail })
    repeatPress.note(command, described.itemId)
    return described
  }

  async function chooseRegion(detail: Detail | undefined, surface: Surface): Promise<null> {
    if (host.name === 'terminal')
      throw new DescryError('unsupported', {
        message: t('capture.region-needs-window'),
        next: t('capture.region-needs-window.next')
      })
    const captures = await look(surface, async ({ screens, window }) => [
      ...(await screens()),
      // There may be no active window.
      ...(await window().catch(() => []))
    ])
    announcer.captured()
    await regionChoice.open(atLeastOne(captures), (region, { width, height }) => {
      const label = t('capture.part-of', { label: region.label, width, height })
      const item = items.add({ origin: 'region', label }, region)
      captioning.start(item.id, { detail, cause: 'command' })
    })
    return null
  }

  return {
    handlers: {
      screen: ({ detail }, surface) => describeOrMore('screen', detail, surface),
      window: ({ detail }, surface) => describeOrMore('window', detail, surface),
      object: ({ detail }, surface) => describeOrMore('object', detail, surface),
      async region({ area, detail }, surface) {
        if (area === undefined) return chooseRegion(detail, surface)
        const main = await outOfSight(() => dependencies.screen.captureArea(readArea(area)))
        return describe('region', { main, others: [] }, { detail })
      },
      text: async (_, surface) =>
        describe('window', await capture('window', surface), { detail: 'text', isLocal: true }),
      async changed({ detail, of }, surface) {
        const kind = of === undefined ? lastKind : of === 'screen' ? 'screens' : 'window'
        const { main, others } = await capture(kind, surface)
        for (const other of others) changes.remember(other)
        const change = await changes.compare(main)
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
        // Captured before the command list covers the desktop. The command that needs the capture reports a failure.
        const kept = await outOfSight(async (): Promise<Desktop> => {
          const [screens, window, object] = [present.screens(), present.window(), present.object()]
          await Promise.allSettled([screens, window, object])
          return { screens: () => screens, window: () => window, object: () => object }
        })
        forget()
        beforeList = kept
        // The window may never report that the list was closed.
        cancelForgetting = dependencies.clock.after(capturedKeptMs, forget)
        await host.showWindow()
        host.send('goto', { place: 'commands' })
        return null
      }
    },
    windowHandlers: {
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
