import type { Captioning } from '../captions/captioning.ts'
import type { Items } from '../items.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Announcer } from '#core/speaking/announcer.ts'
import type { Item } from '#shared/bridge.ts'
import type { CommandId } from '#shared/commands.ts'

/** The same key again gives more detail of the same picture (behavior B1). */
export interface Again {
  /** This command has an item described. */
  pressed(command: CommandId, itemId: string): void
  /** What the command describes when it is given again, as it was, soon enough; else null. */
  about(command: CommandId): Item | null
  /** Describes it with the next amount of detail. */
  more(command: CommandId, item: Item): { itemId: string }
}

/** So long after the press, and after the caption has been heard to its end. */
const againMs = 10_000
/** A caption that is paused does not end; what is seen has changed by then. */
const longestMs = 2 * 60_000

export function createAgain(
  dependencies: Pick<Dependencies, 'clock'>,
  items: Items,
  captioning: Captioning,
  announcer: Announcer
): Again {
  let last: { command: CommandId; itemId: string; atMs: number; heardAtMs: number | null } | null = null

  function isSoonAfter({ atMs, heardAtMs }: NonNullable<typeof last>): boolean {
    const nowMs = dependencies.clock.nowMs()
    return nowMs - atMs < longestMs && (heardAtMs === null || nowMs - heardAtMs < againMs)
  }

  function pressed(command: CommandId, itemId: string): void {
    const press = { command, itemId, atMs: dependencies.clock.nowMs(), heardAtMs: null as number | null }
    last = press
    void captioning
      .idle()
      .then(() => announcer.idle())
      .then(() => (press.heardAtMs = dependencies.clock.nowMs()))
  }

  return {
    pressed,
    about(command) {
      if (last?.command !== command || !isSoonAfter(last)) return null
      const item = items.find(last.itemId)
      // Whatever came since is nearer to mind.
      if (!item || item.id !== items.newest()?.id || !items.hasPicture(item.id)) return null
      const isUnderWay = item.state === 'describing' || item.state === 'done'
      // Of a blank one there is no more to say: perhaps the screen curtain has been opened meanwhile.
      return isUnderWay && !item.facts?.isBlank ? item : null
    },
    more(command, { id }) {
      captioning.startNext(id)
      pressed(command, id)
      return { itemId: id }
    }
  }
}
