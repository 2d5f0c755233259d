import type { DecodedPicture } from '#core/ports/pictures.ts'

/** A decoded picture of black and white dots: small, and not blank. */
export const dots: DecodedPicture = {
  width: 40,
  height: 30,
  mime: 'image/png',
  sha256: 'abc',
  missing: null,
  encode: () => Promise.resolve({ bytes: new Uint8Array(10), mime: 'image/jpeg', width: 40, height: 30 }),
  crop: () => Promise.resolve(new Uint8Array(10)),
  part: () => Promise.resolve(dots),
  withBoxes: () => dots,
  pixels: () => ({
    width: 40,
    height: 30,
    data: Uint8ClampedArray.from({ length: 4800 }, (_, at) => (at % 4 === 3 || (at >> 4) % 2 ? 255 : 0))
  })
}
