import { randomUUID } from 'node:crypto'
import type { Host } from './host.ts'
import type { Parts } from './parts.ts'
import { createRegionGrid, describePlace, type RegionGrid } from '#core/capture/region-grid.ts'
import type { Capture, DecodedPicture } from '#core/ports.ts'
import type { Announcer } from '#core/speaking/announcer.ts'
import type { BridgeHandlers } from '#shared/bridge.ts'
import type { Area } from '#shared/caption.ts'
import { messages } from '#shared/messages.ts'

type Chosen = (area: Area, bytes: Uint8Array) => void

/** The part of a capture that the user is choosing by keys, in the window. One at a time. */
export interface GridChoosing {
  /** Opens the window for it. `onChosen` gets the part in pixels of the capture, and its PNG. */
  open(capture: Capture, onChosen: Chosen): Promise<void>
  readonly handlers: Pick<BridgeHandlers, 'grid-key' | 'grid-picture'>
}

const shownLimit = { maxWidthPx: 1600, maxHeightPx: 1600 }

export function createGridChoosing(
  parts: Pick<Parts, 'decoder'>,
  host: Host,
  announcer: Pick<Announcer, 'say'>
): GridChoosing {
  let current: { id: string; picture: DecodedPicture; grid: RegionGrid; onChosen: Chosen } | null = null

  return {
    async open(capture, onChosen) {
      const picture = await parts.decoder.decode(capture.bytes)
      const { width, height } = picture
      const id = randomUUID()
      current = { id, picture, grid: createRegionGrid(width, height), onChosen }
      await host.showWindow()
      host.send('grid', { gridId: id, label: capture.label, width, height })
      announcer.say(`${messages.chooseAPart} ${describePlace({ x: 0, y: 0, width, height }, width, height)}.`, 'answer')
    },
    handlers: {
      'grid-picture': async ({ gridId }) =>
        current?.id === gridId ? (await current.picture.encode(shownLimit)).bytes : null,
      async 'grid-key'({ gridId, key }) {
        if (current?.id !== gridId) return null
        const { picture, grid, onChosen } = current
        const step = grid.press(key)
        if (step.outcome !== 'chosen') current = null
        // The description that follows says the rest.
        if (step.outcome !== 'captured') announcer.say(step.words, 'answer')
        else onChosen(step.area, await picture.crop(step.area))
        return step
      }
    }
  }
}
