import type { CommandContext } from './command-context.ts'
import type { Item } from '#shared/bridge.ts'
import type { CommandId } from '#shared/commands.ts'

/** Pressing the same key again soon gives more detail about a picture that is still the same (behavior B1). */
export interface RepeatPress {
  /** Records that this command has just started describing this item. */
  note(command: CommandId, itemId: string): void
  /**
   * The item of the last press, if that was for the same command and recent. The caller checks whether its picture is
   * still there.
   */
  recent(command: CommandId): Item | null
  /** Describes it with the next level of detail. */
  describeMore(command: CommandId, itemId: string): { itemId: string }
}

/** Counted from the press, and again from the end of the spoken caption. */
const repeatMs = 10_000
/** A paused caption never ends. */
const longestMs = 2 * 60_000

export function createRepeatPress({
  dependencies: { clock },
  items,
  captioning,
  announcer
}: Pick<CommandContext, 'dependencies' | 'items' | 'captioning' | 'announcer'>): RepeatPress {
  let last: { command: CommandId; itemId: string; pressedAtMs: number; heardAtMs: number | null } | null = null

  function isRecent({ pressedAtMs, heardAtMs }: NonNullable<typeof last>): boolean {
    const nowMs = clock.nowMs()
    return nowMs - pressedAtMs < longestMs && (heardAtMs === null || nowMs - heardAtMs < repeatMs)
  }

  function note(command: CommandId, itemId: string): void {
    const press = { command, itemId, pressedAtMs: clock.nowMs(), heardAtMs: null as number | null }
    last = press
    void captioning
      .idle()
      .then(() => announcer.idle())
      .then(() => (press.heardAtMs = clock.nowMs()))
  }

  return {
    note,
    recent(command) {
      if (last?.command !== command || !isRecent(last)) return null
      const item = items.find(last.itemId)
      if (!item || item.id !== items.newest()?.id || !items.hasPicture(item.id)) return null
      const isDescribed = item.state === 'describing' || item.state === 'done'
      // There is nothing more to say about a blank picture.
      return isDescribed && !item.facts?.isBlank ? item : null
    },
    describeMore(command, itemId) {
      captioning.startNext(itemId)
      note(command, itemId)
      return { itemId }
    }
  }
}
