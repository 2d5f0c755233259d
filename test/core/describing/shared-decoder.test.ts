import { beforeEach, expect, it } from 'vitest'
import { createSharedDecoder } from '#core/describing/shared-decoder.ts'
import type { PictureDecoder } from '#core/ports/pictures.ts'
import { DescryError } from '#shared/errors.ts'
import { createFakeClock } from '#test/clock.ts'
import { dots } from '#test/dots.ts'

let decodes: number
let decoder: PictureDecoder

beforeEach(() => {
  decodes = 0
  decoder = createSharedDecoder(
    {
      decode(bytes) {
        decodes += 1
        return bytes.length === 0 ? Promise.reject(new DescryError('bad-image')) : Promise.resolve({ ...dots })
      }
    },
    createFakeClock()
  )
})

it('decodes the same bytes once, also when two ask at the same time', async () => {
  const bytes = new Uint8Array(1)
  const [first, second] = await Promise.all([decoder.decode(bytes), decoder.decode(bytes)])
  expect(second).toBe(first)
  expect(await decoder.decode(bytes)).toBe(first)
  expect(decodes).toBe(1)
})

it('tells pictures apart by the array that holds them', async () => {
  const first = await decoder.decode(new Uint8Array(1))
  expect(await decoder.decode(new Uint8Array(1))).not.toBe(first)
})

it('tries again after a failure', async () => {
  const bytes = new Uint8Array()
  await expect(decoder.decode(bytes)).rejects.toMatchObject({ code: 'bad-image' })
  await expect(decoder.decode(bytes)).rejects.toMatchObject({ code: 'bad-image' })
  expect(decodes).toBe(2)
})
