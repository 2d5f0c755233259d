import { randomUUID } from 'node:crypto'
import type { Host } from './host.ts'
import { partOfCapture } from './part-of-capture.ts'
import type { Parts } from './parts.ts'
import { createRegionGrid, describePlace, type RegionGrid } from '#core/capture/region-grid.ts'
import type { Capture, DecodedPicture } from '#core/ports.ts'
import type { Announcer } from '#core/speaking/announcer.ts'
import type { BridgeHandlers } from '#shared/bridge.ts'
import type { Area } from '#shared/caption.ts'
import { messages } from '#shared/messages.ts'

type Chosen = (part: Capture, area: Area) => void

/** The part of a capture that the user is choosing by keys, in the window. One at a time. */
export interface GridChoosing {
  /**
   * Opens the window for the first; the key `other` goes on to the next. `onChosen` gets the part, and where it lies in its
   * capture, in pixels of that.
   */
  open(captures: [Capture, ...Capture[]], onChosen: Chosen): Promise<void>
  readonly handlers: Pick<BridgeHandlers, 'grid-key' | 'grid-picture'>
}

interface Choosing {
  id: string
  /** The one shown first. */
  captures: [Capture, ...Capture[]]
  picture: DecodedPicture
  grid: RegionGrid
  onChosen: Chosen
}

const shownLimit = { maxWidthPx: 1600, maxHeightPx: 1600 }

export function createGridChoosing(
  parts: Pick<Parts, 'decoder'>,
  host: Host,
  announcer: Pick<Announcer, 'say'>
): GridChoosing {
  let current: Choosing | null = null

  /** Shows the first of these whole. Gives its name and size in words. */
  async function show(captures: Choosing['captures'], onChosen: Chosen): Promise<string> {
    const [{ bytes, label }] = captures
    const picture = await parts.decoder.decode(bytes)
    const { width, height } = picture
    const id = randomUUID()
    current = { id, captures, picture, grid: createRegionGrid(width, height), onChosen }
    host.send('grid', { gridId: id, label, width, height })
    return `${label}: ${describePlace({ x: 0, y: 0, width, height }, width, height)}`
  }

  return {
    async open(captures, onChosen) {
      await host.showWindow()
      announcer.say(`${await show(captures, onChosen)}. ${messages.chooseAPart}`, 'answer')
    },
    handlers: {
      'grid-picture': async ({ gridId }) =>
        current?.id === gridId ? (await current.picture.encode(shownLimit)).bytes : null,
      async 'grid-key'({ gridId, key }) {
        if (current?.id !== gridId) return null
        const { captures, picture, grid, onChosen } = current
        if (key === 'other') {
          const [first, next, ...others] = captures
          const words = await show(next ? [next, ...others, first] : [first], onChosen)
          announcer.say(words, 'answer')
          return { area: grid.area, words, outcome: 'chosen' }
        }
        const step = grid.press(key)
        if (step.outcome !== 'chosen') current = null
        // The description that follows says the rest.
        if (step.outcome !== 'captured') announcer.say(step.words, 'answer')
        else onChosen(partOfCapture(captures[0], step.area, picture, await picture.crop(step.area)), step.area)
        return step
      }
    }
  }
}
