import { crc32, deflateRawSync, deflateSync, constants } from 'node:zlib'
import { createCanvas, GifDisposal, GifEncoder, type Canvas, type SKRSContext2D } from '@napi-rs/canvas'
import { font } from './fonts.ts'
import { pageLines, terminalLines, wordsOf } from './texts.ts'

/** Generated pictures for tests: one of each kind, and every way a file can be bad. Always the same bytes. */

type Rgb = readonly [red: number, green: number, blue: number]

function painted(width: number, height: number, background: string, paint: (context: SKRSContext2D) => void): Canvas {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = background
  context.fillRect(0, 0, width, height)
  paint(context)
  return canvas
}

/** Numbers from 0 to below 1 that are the same in each run. */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

// ---- kinds of pictures ----------------------------------------------------------------------------------------------

/** A 1600x900 page, dark text on white, and its words. */
export async function pagePicture(): Promise<{ bytes: Uint8Array; words: string[] }> {
  const canvas = painted(1600, 900, '#ffffff', (context) => {
    context.fillStyle = '#1a1a1a'
    for (const [index, line] of pageLines.entries()) {
      context.font = index === 0 ? font(32, { bold: true }) : font(20)
      context.fillText(line, 120, 100 + index * 42)
    }
  })
  return { bytes: await canvas.encode('png'), words: wordsOf(pageLines.join(' ')) }
}

/** A 1600x900 terminal, light text on dark, some of it colored, and its words. */
export async function terminalPicture(): Promise<{ bytes: Uint8Array; words: string[] }> {
  const canvas = painted(1600, 900, '#1e1e1e', (context) => {
    context.font = font(16, { family: 'Sans Mono' })
    for (const [index, line] of terminalLines.entries()) {
      context.fillStyle = line.startsWith('user@') ? '#8ae234' : /failed|error/u.test(line) ? '#ff6b6b' : '#d4d4d4'
      context.fillText(line, 12, 26 + index * 23)
    }
  })
  return { bytes: await canvas.encode('png'), words: wordsOf(terminalLines.join(' ')) }
}

/** Like a photo: soft shapes, shading and sensor noise. JPEG unless `format` says otherwise. */
export async function photoPicture(width = 1200, height = 800, format: 'jpeg' | 'png' = 'jpeg'): Promise<Uint8Array> {
  const canvas = painted(width, height, '#4a6a8a', (context) => {
    const sky = context.createLinearGradient(0, 0, 0, height)
    sky.addColorStop(0, '#5b87b5')
    sky.addColorStop(0.55, '#d9c7a8')
    sky.addColorStop(0.6, '#5e6b3a')
    sky.addColorStop(1, '#2b3318')
    context.fillStyle = sky
    context.fillRect(0, 0, width, height)
    const random = randomNumbers(7)
    for (let blob = 0; blob < 40; blob += 1) {
      const [x, y] = [random() * width, (0.4 + random() * 0.6) * height]
      const radius = (0.03 + random() * 0.12) * height
      const shade = context.createRadialGradient(x, y, 0, x, y, radius)
      shade.addColorStop(0, `hsla(${Math.floor(random() * 140)}, 45%, ${20 + Math.floor(random() * 40)}%, 0.8)`)
      shade.addColorStop(1, 'hsla(80, 40%, 30%, 0)')
      context.fillStyle = shade
      context.fillRect(x - radius, y - radius, radius * 2, radius * 2)
    }
    addNoise(context, width, height, 8)
  })
  return format === 'jpeg' ? canvas.encode('jpeg', 90) : canvas.encode('png')
}

/** A dense 4K page, like a text-heavy screen. PNG. */
export function textHeavyPicture(width = 3840, height = 2160): Promise<Uint8Array> {
  return painted(width, height, '#ffffff', (context) => {
    context.fillStyle = '#111111'
    context.font = font(28)
    const line = pageLines.slice(2).join(' ')
    for (let row = 0; row * 42 < height; row += 1) {
      const from = (row * 37) % 300
      context.fillText(line.slice(from, from + 250), 40, 40 + row * 42)
    }
  }).encode('png')
}

/** A bar chart with title, axes and labels. PNG. */
export function chartPicture(): Promise<Uint8Array> {
  return painted(1000, 700, '#ffffff', (context) => {
    context.fillStyle = '#222222'
    context.font = font(28)
    context.fillText('Visitors a month', 380, 50)
    context.strokeStyle = '#222222'
    context.lineWidth = 2
    context.strokeRect(100, 90, 0, 510)
    context.strokeRect(100, 600, 820, 0)
    context.font = font(18)
    const values = [120, 180, 260, 210, 340, 420, 390, 300]
    for (const [index, value] of values.entries()) {
      context.fillStyle = index % 2 === 0 ? '#1f77b4' : '#ff7f0e'
      context.fillRect(130 + index * 98, 600 - value, 62, value)
      context.fillStyle = '#222222'
      context.fillText(['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug'][index] ?? '', 142 + index * 98, 630)
    }
    for (let step = 0; step <= 4; step += 1) {
      context.fillStyle = '#dddddd'
      context.fillRect(101, 600 - step * 120, 820, 1)
      context.fillStyle = '#222222'
      context.fillText(String(step * 120), 50, 606 - step * 120)
    }
  }).encode('png')
}

/** Flat, saturated shapes with outlines, like a comic or clip art. PNG. */
export function drawingPicture(): Promise<Uint8Array> {
  return painted(900, 900, '#8fd3ff', (context) => {
    context.lineWidth = 8
    context.strokeStyle = '#101010'
    const shape = (color: string, path: () => void): void => {
      context.beginPath()
      path()
      context.fillStyle = color
      context.fill()
      context.stroke()
    }
    shape('#3fb34f', () => context.rect(-20, 620, 940, 320))
    shape('#ffd23f', () => context.arc(740, 160, 95, 0, Math.PI * 2))
    shape('#ee4266', () => context.rect(220, 380, 360, 300))
    shape('#8f3985', () => {
      context.moveTo(180, 380)
      context.lineTo(400, 200)
      context.lineTo(620, 380)
      context.closePath()
    })
    shape('#7a4419', () => context.rect(360, 520, 90, 160))
    shape('#ffffff', () => context.ellipse(220, 140, 130, 55, 0, 0, Math.PI * 2))
  }).encode('png')
}

/** A dialog over a window with title bar, buttons and a list. PNG. */
export function screenPicture(width = 1600, height = 900): Promise<Uint8Array> {
  return painted(width, height, '#f0f0f0', (context) => {
    const text = (words: string, x: number, y: number, color = '#202020', size = 16): void => {
      context.fillStyle = color
      context.font = font(size)
      context.fillText(words, x, y)
    }
    const box = (x: number, y: number, w: number, h: number, color: string, border = '#b0b0b0'): void => {
      context.fillStyle = color
      context.fillRect(x, y, w, h)
      context.strokeStyle = border
      context.lineWidth = 1
      context.strokeRect(x + 0.5, y + 0.5, w, h)
    }
    box(0, 0, width, 40, '#2c3e50', '#2c3e50')
    text('Mail - Inbox', 20, 27, '#ffffff')
    for (const [index, label] of ['File', 'Edit', 'View', 'Message', 'Tools', 'Help'].entries())
      text(label, 20 + index * 90, 68)
    box(0, 84, 260, height - 84, '#e3e7ea')
    for (const [index, label] of ['Inbox', 'Drafts', 'Sent', 'Archive', 'Junk', 'Trash'].entries())
      text(label, 30, 124 + index * 36)
    for (let row = 0; row < 16; row += 1) {
      box(260, 84 + row * 50, width - 260, 50, row % 2 === 0 ? '#ffffff' : '#f7f9fb', '#e0e0e0')
      text(`Meeting notes number ${row + 1}`, 290, 115 + row * 50)
    }
    box(520, 320, 560, 220, '#ffffff', '#606060')
    box(520, 320, 560, 40, '#3b6ea5', '#3b6ea5')
    text('Delete message?', 540, 346, '#ffffff')
    text('This message will be deleted permanently.', 550, 420, '#202020', 18)
    box(760, 480, 130, 38, '#e1e1e1', '#707070')
    text('Delete', 798, 505)
    box(910, 480, 130, 38, '#e1e1e1', '#707070')
    text('Cancel', 948, 505)
  }).encode('png')
}

/** A single color, with `noise` levels of noise and, optionally, a cursor of 2x18 pixels. PNG. */
export function blankPicture(
  color: Rgb,
  {
    width = 800,
    height = 600,
    noise = 0,
    cursor = false
  }: { width?: number; height?: number; noise?: number; cursor?: boolean } = {}
): Promise<Uint8Array> {
  return painted(width, height, `rgb(${color.join(' ')})`, (context) => {
    if (noise > 0) addNoise(context, width, height, noise)
    context.fillStyle = color[1] > 127 ? '#000000' : '#ffffff'
    if (cursor) context.fillRect(Math.floor(width / 3), Math.floor(height / 3), 2, 18)
  }).encode('png')
}

/** A mostly white page with one short line of gray text. PNG. */
export function faintLinePicture(): Promise<Uint8Array> {
  return painted(1600, 900, '#ffffff', (context) => {
    context.fillStyle = '#999999'
    context.font = font(14)
    context.fillText('Page 3', 780, 450)
  }).encode('png')
}

/** Adds up to `levels` of noise, the same each time, to each channel. */
function addNoise(context: SKRSContext2D, width: number, height: number, levels: number): void {
  const image = context.getImageData(0, 0, width, height)
  const random = randomNumbers(11)
  for (let index = 0; index < image.data.length; index += 1) {
    if (index % 4 === 3) continue
    image.data[index] = (image.data[index] ?? 0) + Math.round((random() * 2 - 1) * levels)
  }
  context.putImageData(image, 0, 0)
}

// ---- formats --------------------------------------------------------------------------------------------------------

/** 48x32, white with a 16x16 red square in the top left corner, to show which way up a picture is. */
function cornerCanvas(): Canvas {
  return painted(48, 32, '#ffffff', (context) => {
    context.fillStyle = '#ff0000'
    context.fillRect(0, 0, 16, 16)
  })
}

export function cornerPicture(format: 'png' | 'jpeg' | 'webp' | 'gif' | 'avif'): Promise<Uint8Array> {
  const canvas = cornerCanvas()
  if (format === 'png') return canvas.encode('png')
  if (format === 'avif') return canvas.encode('avif', { quality: 90 })
  return canvas.encode(format as 'jpeg', 95)
}

/**
 * A 48x32 JPEG whose EXIF orientation is 1-8. Its stored pixels have the red corner top left; a reader that turns it
 * upright sees the corner top left, top right, bottom right, bottom left for 1-4, and for 5-8 the same in a 32x48 picture.
 */
export async function orientedJpeg(orientation: number): Promise<Uint8Array> {
  const jpeg = await cornerPicture('jpeg')
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), orientationTiff(orientation)])
  return Buffer.concat([jpeg.subarray(0, 2), jpegSegment(0xe1, exif), jpeg.subarray(2)])
}

/** The same as PNG. */
export async function orientedPng(orientation: number): Promise<Uint8Array> {
  const png = await cornerPicture('png')
  return Buffer.concat([png.subarray(0, 33), pngChunk('eXIf', orientationTiff(orientation)), png.subarray(33)])
}

function orientationTiff(orientation: number): Buffer {
  const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]
  return Buffer.from([0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, ...entry, 0, 0, 0, 0])
}

/** Made with avifenc from the corner picture, rotated and mirrored. */
const turnedAvifFile = `
  AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAAEGbWV0YQAAAAAAAAAoaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAGxpYmF2aWYA
  AAAADnBpdG0AAAAAAAEAAAAeaWxvYwAAAABEAAABAAEAAAABAAABLgAAACcAAAAoaWluZgAAAAAAAQAAABppbmZlAgAAAAABAABhdjAxQ29sb3IA
  AAAAfmlwcnAAAABdaXBjbwAAABRpc3BlAAAAAAAAADAAAAAgAAAAEHBpeGkAAAAAAwgICAAAAAxhdjFDgQAMAAAAABNjb2xybmNseAABAA0ABoAA
  AAAJaXJvdAEAAAAJaW1pcgEAAAAZaXBtYQAAAAAAAAABAAEGAQKDBIWGAAAAL21kYXQSAAoJGBUv+wQENBoQMhhEoACCCCEAuNvHStqaVarcDFa0
  hYweACw=`

/** The same as AVIF, which stores quarter turns to the left, and then whether it is mirrored. */
export function turnedAvif(quarters: number, mirrored: 'no' | 'topToBottom' | 'leftToRight'): Uint8Array {
  const bytes = Buffer.from(turnedAvifFile, 'base64')
  bytes[bytes.indexOf('irot') + 4] = quarters
  const mirror = bytes.indexOf('imir')
  if (mirrored === 'no') {
    bytes.write('free', mirror)
    // The last property in the list is no longer marked essential.
    bytes[bytes.indexOf('mdat') - 5] = 6
  } else bytes[mirror + 4] = mirrored === 'topToBottom' ? 0 : 1
  return bytes
}

function jpegSegment(marker: number, content: Uint8Array): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(content.length + 2, 2)
  return Buffer.concat([head, content])
}

/** Two frames, the first red, the second blue. */
export function animatedGif(): Uint8Array {
  const frame = (color: Rgb): Uint8Array => {
    const pixels = new Uint8Array(40 * 30 * 4)
    for (let index = 0; index < pixels.length; index += 4) pixels.set([...color, 255], index)
    return pixels
  }
  const encoder = new GifEncoder(40, 30)
  encoder.addFrame(frame([255, 0, 0]), 40, 30)
  encoder.addFrame(frame([0, 0, 255]), 40, 30)
  return encoder.finish()
}

/**
 * Five frames of 60x40: white; with a red square left; with a blue one right, which then goes again; as before that; with
 * a green one in the middle.
 */
export function movingGif(): Uint8Array {
  const square = (color: Rgb): Uint8Array => {
    const pixels = new Uint8Array(20 * 20 * 4)
    for (let index = 0; index < pixels.length; index += 4) pixels.set([...color, 255], index)
    return pixels
  }
  const encoder = new GifEncoder(60, 40)
  encoder.addFrame(new Uint8Array(60 * 40 * 4).fill(255), 60, 40, { delay: 100 })
  encoder.addFrame(square([255, 0, 0]), 20, 20, { left: 0, top: 10, delay: 100 })
  encoder.addFrame(square([0, 0, 255]), 20, 20, { left: 40, top: 10, delay: 100, disposal: GifDisposal.Previous })
  encoder.addFrame(square([255, 0, 0]), 20, 20, { left: 0, top: 10, delay: 100 })
  encoder.addFrame(square([0, 255, 0]), 20, 20, { left: 20, top: 10, delay: 100 })
  return encoder.finish()
}

/** A web page much longer than wide: numbered paragraphs of three lines, 60 pixels each. PNG. */
export function longPagePicture(width = 800, height = 4200): Promise<Uint8Array> {
  return painted(width, height, '#ffffff', (context) => {
    context.fillStyle = '#111111'
    context.font = font(20)
    for (let y = 40; y < height; y += y % 120 === 80 ? 60 : 30)
      context.fillText(`Line at ${y}: the quick brown fox jumps over the lazy dog and comes back`, 30, y)
  }).encode('png')
}

/** Two frames, the first red, the second blue. */
export function animatedPng(): Uint8Array {
  const control = (sequence: number): Buffer => {
    const content = Buffer.alloc(26)
    for (const [offset, value] of [sequence, 40, 30].entries()) content.writeUInt32BE(value, offset * 4)
    content.writeUInt16BE(1, 20)
    content.writeUInt16BE(10, 22)
    return pngChunk('fcTL', content)
  }
  const rows = (color: Rgb): Buffer =>
    deflateSync(Buffer.alloc(30 * 121, Buffer.from([0, ...Array(40).fill(color).flat()])))
  return Buffer.concat([
    pngSignature,
    pngHeader(40, 30, 8, 2),
    pngChunk('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0])),
    control(0),
    pngChunk('IDAT', rows([255, 0, 0])),
    control(1),
    pngChunk('fdAT', Buffer.concat([Buffer.from([0, 0, 0, 2]), rows([0, 0, 255])])),
    pngChunk('IEND', Buffer.alloc(0))
  ])
}

/** Two frames, the first red, the second blue. */
export async function animatedWebp(): Promise<Uint8Array> {
  const frame = async (color: string): Promise<Buffer> => {
    const still = await painted(40, 30, color, () => undefined).encode('webp', 90)
    // 24-bit x, y, width-1, height-1, duration; then flags; then the still's own chunk.
    const head = Buffer.from([0, 0, 0, 0, 0, 0, 39, 0, 0, 29, 0, 0, 100, 0, 0, 0])
    return riffChunk('ANMF', Buffer.concat([head, webpPixels(still)]))
  }
  const content = Buffer.concat([
    Buffer.from('WEBP', 'latin1'),
    riffChunk('VP8X', Buffer.from([0x02, 0, 0, 0, 39, 0, 0, 29, 0, 0])),
    riffChunk('ANIM', Buffer.from([255, 255, 255, 255, 0, 0])),
    await frame('#ff0000'),
    await frame('#0000ff')
  ])
  return riffChunk('RIFF', content)
}

/** The `VP8 ` or `VP8L` chunk of a still WebP. */
function webpPixels(still: Buffer): Buffer {
  for (let at = 12; at < still.length;) {
    const length = 8 + still.readUInt32LE(at + 4) + (still.readUInt32LE(at + 4) % 2)
    if (/^VP8[ L]/u.test(still.toString('latin1', at, at + 4))) return still.subarray(at, at + length)
    at += length
  }
  throw new Error('The encoder wrote no VP8 chunk.')
}

function riffChunk(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(name, 'latin1')
  head.writeUInt32LE(content.length, 4)
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)])
}

/** The left half transparent, the right half black. PNG. */
export function transparentPicture(): Promise<Uint8Array> {
  const canvas = createCanvas(40, 20)
  canvas.getContext('2d').fillRect(20, 0, 20, 20)
  return canvas.encode('png')
}

/** White letters on a transparent background, like a logo for dark pages. PNG. */
export function whiteLogo(): Promise<Uint8Array> {
  const context = createCanvas(300, 100).getContext('2d')
  context.fillStyle = '#ffffff'
  context.font = font(60, { bold: true })
  context.fillText('Acme', 60, 70)
  return context.canvas.encode('png')
}

/** A 24-bit BMP in a single color. */
export function bmpPicture(width: number, height: number): Uint8Array {
  const stride = Math.ceil((width * 3) / 4) * 4
  const bytes = Buffer.alloc(54 + stride * height, 0x80)
  bytes.fill(0, 0, 54)
  bytes.write('BM', 'latin1')
  bytes.writeUInt32LE(bytes.length, 2)
  bytes.writeUInt32LE(54, 10)
  bytes.writeUInt32LE(40, 14)
  bytes.writeInt32LE(width, 18)
  bytes.writeInt32LE(height, 22)
  bytes.writeUInt16LE(1, 26)
  bytes.writeUInt16LE(24, 28)
  return bytes
}

// ---- bad pictures ---------------------------------------------------------------------------------------------------

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

function pngChunk(name: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content])
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  checksum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, checksum])
}

function pngHeader(width: number, height: number, bitDepth: number, colorType: number): Buffer {
  const content = Buffer.alloc(13)
  content.writeUInt32BE(width, 0)
  content.writeUInt32BE(height, 4)
  content.set([bitDepth, colorType], 8)
  return pngChunk('IHDR', content)
}

/** A valid black-and-white PNG of 60000x60000 pixels in about 440 KB: 14 GB once decoded. */
export function bombPicture(side = 60_000): Uint8Array {
  const rawBytes = side * (1 + Math.ceil(side / 8))
  const blockBytes = 2 ** 20
  // A fully flushed deflate block can be repeated, so nothing of that size is ever in memory here.
  const block = deflateRawSync(Buffer.alloc(blockBytes), { finishFlush: constants.Z_FULL_FLUSH })
  const blocks = Math.floor(rawBytes / blockBytes)
  const rest = deflateRawSync(Buffer.alloc(rawBytes % blockBytes))
  const adler = Buffer.alloc(4)
  adler.writeUInt32BE((rawBytes % 65_521) * 65_536 + 1)
  const stream = [Buffer.from([0x78, 0x9c]), ...Array<Buffer>(blocks).fill(block), rest, adler]
  return Buffer.concat([
    pngSignature,
    pngHeader(side, side, 1, 0),
    pngChunk('IDAT', Buffer.concat(stream)),
    pngChunk('IEND', Buffer.alloc(0))
  ])
}

/** The first `share` of the bytes, as after an interrupted copy. */
export function truncated(bytes: Uint8Array, share = 0.5): Uint8Array {
  return bytes.subarray(0, Math.floor(bytes.length * share))
}

/** Plain text, for files with a picture's name. */
export const notAPicture = new TextEncoder().encode('This is a plain text file, whatever its name says.\n')
