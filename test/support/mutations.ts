import { crc32 } from 'node:zlib'
import { pdfFile } from './pdf-files.ts'
import {
  animatedGif,
  animatedPng,
  animatedWebp,
  bmpPicture,
  cornerPicture,
  orientedJpeg,
  orientedPng,
  turnedAvif
} from './pictures.ts'
import { storedInManyWays } from './tiff-files.ts'

/** Small whole files, whose mutations are decoded without a helper process of their own. */
export const decodedHere = (): Promise<[name: string, bytes: Uint8Array][]> =>
  allOf([
    ['PNG', orientedPng(6)],
    ['JPEG', orientedJpeg(6)],
    ['WebP', cornerPicture('webp')],
    ['AVIF', turnedAvif(1, 'leftToRight')],
    ['BMP', bmpPicture(30, 20)],
    ['animated GIF', animatedGif()],
    ['animated PNG', animatedPng()],
    ['animated WebP', animatedWebp()]
  ])

/** Small whole files that the helper process draws: TIFFs stored in many ways, an SVG, a PDF. */
export const drawnByHelper = async (): Promise<[name: string, bytes: Uint8Array][]> => [
  ...Object.entries(storedInManyWays(await cornerPicture('jpeg'))),
  ['SVG', Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="4cm" viewBox="0 0 4 4"/>')],
  ['PDF', pdfFile([{ lines: ['Hello'] }])]
]

function allOf(files: [string, Uint8Array | Promise<Uint8Array>][]): Promise<[string, Uint8Array][]> {
  return Promise.all(files.map(async ([name, bytes]): Promise<[string, Uint8Array]> => [name, await bytes]))
}

/** The same in each run. */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** A few bytes changed, left out, doubled or cut off, more often near the head. */
export function mutated(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  let changed = Buffer.from(bytes)
  for (let change = random(5); change >= 0; change -= 1) {
    const at = random(random(2) === 0 ? Math.min(changed.length, 80) : changed.length)
    const length = random(40)
    const [before, rest] = [changed.subarray(0, at), changed.subarray(at)]
    const kind = random(10)
    if (kind < 4) changed[at] = random(256)
    else if (kind < 6) changed[at] = [0, 1, 0x7f, 0x80, 0xff][random(5)] ?? 0
    else if (kind < 8) changed = Buffer.concat([before, rest.subarray(length)])
    else if (kind < 9) changed = Buffer.concat([before, rest.subarray(0, length), rest])
    else if (length < 8) changed = Buffer.from(before)
    if (changed.length === 0) changed = Buffer.alloc(1)
  }
  return changed
}

/** Its checksums put right, or none would come past them. */
export function withChecksums(png: Uint8Array): Uint8Array {
  const bytes = Buffer.from(png)
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 8 + bytes.readUInt32BE(at)
    if (end + 4 > bytes.length) break
    bytes.writeUInt32BE(crc32(bytes.subarray(at + 4, end)), end)
    at = end + 4
  }
  return bytes
}
