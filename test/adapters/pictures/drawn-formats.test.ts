import { expect, it } from 'vitest'
import type { StartHelper } from '#adapters/helper/helper-process.ts'
import { openAnimation } from '#adapters/pictures/drawn-formats.ts'

it('a frame that takes too much memory is too large, and one whose helper ends otherwise is damaged', async () => {
  for (const [isOutOfMemory, code] of [
    [true, 'too-large'],
    [false, 'bad-image']
  ] as const) {
    // It chooses two frames, and ends while it draws one.
    const helper: StartHelper = ({ onOutcome, onGone }) => ({
      pid: undefined,
      post: ({ name }) => (name === 'chooseFrames' ? onOutcome({ ok: true, value: [0, 1] }) : onGone(isOutOfMemory)),
      kill: () => onGone(false)
    })
    const file = await openAnimation(new Uint8Array(), 'image/gif', 2, helper)
    await expect(file?.parts[0]?.load()).rejects.toMatchObject({ code })
    await file?.close()
  }
})
