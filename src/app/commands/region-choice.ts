import { randomUUID } from 'node:crypto'
import type { CommandContext } from './command-context.ts'
import { partOfCapture } from './part-of-capture.ts'
import { createSerialQueue } from '#core/async/serial-queue.ts'
import { createRegionGrid, describePlace, type RegionGrid } from '#core/capture/region-grid.ts'
import type { DecodedPicture } from '#core/ports/pictures.ts'
import type { Capture } from '#core/ports/capture.ts'
import type { BridgeHandlers } from '#shared/bridge.ts'
import type { Area } from '#shared/caption.ts'
import type { GridKey, GridStep, GridView } from '#shared/grid.ts'
import { t } from '#shared/messages/messages.ts'

type Chosen = (part: Capture, area: Area) => void

/** Lets the user choose an area of a capture with the keyboard, in the window. One choice at a time. */
export interface RegionChoice {
  /**
   * Shows the first capture in the window; the key `other` moves on to the next. `onChosen` gets the area as a capture,
   * and its position in the whole capture, in pixels.
   */
  open(captures: [Capture, ...Capture[]], onChosen: Chosen): Promise<void>
  readonly handlers: Pick<BridgeHandlers, 'grid-key' | 'grid-picture'>
}

interface Choosing {
  id: string
  captures: [Capture, ...Capture[]]
  onChosen: Chosen
  /**
   * The captures shown so far, with the steps taken in each. Escape goes back through all of them. The last one is
   * currently shown.
   */
  turns: [...Turn[], Turn]
}

interface Turn {
  capture: Capture
  picture: DecodedPicture
  grid: RegionGrid
}

const shownLimit = { maxWidthPx: 1600, maxHeightPx: 1600 }

export function createRegionChoice({
  dependencies,
  host,
  announcer
}: Pick<CommandContext, 'dependencies' | 'host' | 'announcer'>): RegionChoice {
  let current: Choosing | null = null
  /** One key at a time, because a key pressed after W is meant for the capture that W shows. */
  const keys = createSerialQueue()

  async function turnTo(capture: Capture, before: Turn[] = []): Promise<Turn> {
    const seen = before.find((turn) => turn.capture === capture)
    const picture = seen?.picture ?? (await dependencies.decoder.decode(capture.bytes))
    return { capture, picture, grid: createRegionGrid(picture.width, picture.height) }
  }

  async function press({ captures, turns, onChosen }: Choosing, key: GridKey): Promise<GridStep> {
    const { capture, picture, grid } = shownOf(turns)
    const next = captures[(captures.indexOf(capture) + 1) % captures.length]
    if (key === 'other') {
      if (!next || next === capture)
        return { ...view(captures, turns), words: t('capture.nothing-else'), outcome: 'chosen' }
      turns.push(await turnTo(next, turns))
      return { ...view(captures, turns), outcome: 'chosen' }
    }
    const step = grid.press(key)
    if (step.outcome === 'closed' && turns.length > 1) {
      turns.pop()
      return { ...view(captures, turns), outcome: 'chosen' }
    }
    if (step.outcome !== 'chosen') current = null
    if (step.outcome === 'captured')
      onChosen(partOfCapture(capture, step.area, picture, await picture.crop(step.area)), step.area)
    return { ...view(captures, turns), ...step }
  }

  return {
    async open(captures, onChosen) {
      await host.showWindow()
      const choosing: Choosing = { id: randomUUID(), captures, onChosen, turns: [await turnTo(captures[0])] }
      current = choosing
      const shown = view(captures, choosing.turns)
      host.send('grid', { gridId: choosing.id, ...shown })
      announcer.say(`${shown.words}. ${t('capture.grid-help')}`, 'answer')
    },
    handlers: {
      async 'grid-picture'({ gridId, view: wanted }) {
        if (current?.id !== gridId) return null
        const turn = current.turns.find(({ capture }) => capture === current?.captures[wanted])
        return turn ? (await turn.picture.encode(shownLimit)).bytes : null
      },
      async 'grid-key'({ gridId, key }) {
        const step = await keys.add(() => (current?.id === gridId ? press(current, key) : null))
        // After the capture, the description is spoken.
        if (step && step.outcome !== 'captured') announcer.say(step.words, 'answer')
        return step
      }
    }
  }
}

function shownOf(turns: Choosing['turns']): Turn {
  return turns[turns.length - 1] as Turn
}

/** The current view: its name, and the chosen area, also in words. */
function view(captures: Capture[], turns: Choosing['turns']): GridView {
  const { capture, picture, grid } = shownOf(turns)
  const { width, height } = picture
  return {
    view: captures.indexOf(capture),
    label: capture.label,
    width,
    height,
    area: grid.area,
    words: t('capture.grid-view', { label: capture.label, place: describePlace(grid.area, width, height) })
  }
}
