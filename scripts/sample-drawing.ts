import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createCanvas, GlobalFonts, type Canvas, type SKRSContext2D } from '@napi-rs/canvas'

/**
 * The sample pictures in assets/samples: one of each kind that people meet most. Their fonts come with pdfjs-dist, so
 * they are the same on every machine.
 */

const family = 'Descry Samples'

function registerFonts(): void {
  const folder = join(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'standard_fonts')
  for (const style of ['Regular', 'Bold'])
    GlobalFonts.registerFromPath(join(folder, `LiberationSans-${style}.ttf`), family)
}

interface Drawing {
  canvas: Canvas
  context: SKRSContext2D
  box: (color: string, x: number, y: number, width: number, height: number, radius?: number) => void
  text: (
    words: string,
    x: number,
    y: number,
    style: { sizePx: number; color?: string; isBold?: boolean; align?: 'center' | 'right' }
  ) => void
}

function drawing(width: number, height: number, color: string): Drawing {
  registerFonts()
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  const box: Drawing['box'] = (fill, x, y, boxWidth, boxHeight, radius = 0) => {
    context.fillStyle = fill
    context.beginPath()
    context.roundRect(x, y, boxWidth, boxHeight, radius)
    context.fill()
  }
  box(color, 0, 0, width, height)
  return {
    canvas,
    context,
    box,
    text(words, x, y, { sizePx, color: ink = '#1a1a1a', isBold = false, align }) {
      context.font = `${isBold ? 'bold ' : ''}${sizePx}px "${family}"`
      context.fillStyle = ink
      context.textAlign = align ?? 'left'
      context.fillText(words, x, y)
    }
  }
}

/** An editor asks whether to save a document. */
export function drawDialog(): Canvas {
  const { canvas, box, text } = drawing(760, 340, '#eef0f2')
  box('#2f3640', 0, 0, 760, 48)
  text('Text Editor', 24, 32, { sizePx: 20, color: '#ffffff', isBold: true })
  text('Save changes to report.txt?', 40, 120, { sizePx: 26, isBold: true })
  text('If you do not save, your changes will be lost.', 40, 170, { sizePx: 21 })
  const buttons = [
    { label: 'Discard', x: 272 },
    { label: 'Cancel', x: 428 },
    { label: 'Save', x: 584 }
  ]
  for (const { label, x } of buttons) {
    const isDefault = label === 'Save'
    box(isDefault ? '#2f3640' : '#8b929a', x, 256, 140, 52, 6)
    box('#f8f9fa', x + (isDefault ? 3 : 1), 256 + (isDefault ? 3 : 1), isDefault ? 134 : 138, isDefault ? 46 : 50, 4)
    text(label, x + 70, 289, { sizePx: 20, align: 'center', isBold: isDefault })
  }
  return canvas
}

const visitors = [
  { month: 'January', count: 120 },
  { month: 'February', count: 180 },
  { month: 'March', count: 260 },
  { month: 'April', count: 310 },
  { month: 'May', count: 420 },
  { month: 'June', count: 390 }
]

/** Bars: a library's visitors in six months. */
export function drawChart(): Canvas {
  const { canvas, box, text } = drawing(900, 560, '#ffffff')
  text('Library visitors per month', 450, 56, { sizePx: 30, isBold: true, align: 'center' })
  const [left, bottom, pxPerVisitor] = [110, 460, 0.72]
  for (let count = 0; count <= 500; count += 100) {
    const y = Math.round(bottom - count * pxPerVisitor)
    box(count === 0 ? '#555555' : '#d8d8d8', left, y, 750, count === 0 ? 2 : 1)
    text(String(count), left - 16, y + 8, { sizePx: 22, align: 'right' })
  }
  for (const [index, { month, count }] of visitors.entries()) {
    const high = Math.round(count * pxPerVisitor)
    box('#1f77b4', left + 25 + index * 125, bottom - high, 76, high)
    text(month, left + 63 + index * 125, bottom + 36, { sizePx: 22, align: 'center' })
  }
  text('Source: Elm Street Library', left, 536, { sizePx: 20, color: '#333333' })
  return canvas
}

const letterLines = [
  'Dear Ms. Novak,',
  '',
  'Thank you for your order of 3 May. The two lamps',
  'left our warehouse today and should reach you on',
  'Thursday, 9 May.',
  '',
  'The invoice of 84.50 euros is due within 30 days.',
  'If you have any questions, call us at 555 0142.',
  '',
  'Kind regards,',
  'Peter Hill',
  'Customer Service'
]

/** A short business letter. */
export function drawLetter(): Canvas {
  const { canvas, text } = drawing(850, 900, '#ffffff')
  text('Bright Lamps Ltd.', 80, 100, { sizePx: 34, isBold: true })
  text('12 Harbor Road, Springfield', 80, 140, { sizePx: 24 })
  text('6 May 2026', 80, 220, { sizePx: 24 })
  for (const [index, line] of letterLines.entries()) text(line, 80, 300 + index * 44, { sizePx: 26 })
  return canvas
}

/** Codes that begin with 2 are for use inside a shop: this is no real product. */
const productNumber = '2012345678903'

const leftPatterns = '0001101 0011001 0010011 0111101 0100011 0110001 0101111 0111011 0110111 0001011'.split(' ')
/** How an EAN-13 code shows that it begins with 2: which digits of its left half are drawn in the other pattern. */
const isOtherPattern = [false, false, true, true, false, true]

/** The bars of an EAN-13 code as ones and zeros, without the quiet zones. */
function barsOf(digits: string): string {
  const patterns = Array.from(digits, (digit) => leftPatterns[Number(digit)] ?? '')
  const inverted = (bits: string): string => Array.from(bits, (bit) => (bit === '0' ? '1' : '0')).join('')
  const reversed = (bits: string): string => Array.from(bits).toReversed().join('')
  const left = patterns.slice(1, 7).map((bits, index) => (isOtherPattern[index] ? reversed(inverted(bits)) : bits))
  return `101${left.join('')}01010${patterns.slice(7).map(inverted).join('')}101`
}

/** A photo of a box of tea on a table, with a bar code. */
export function drawProduct(): Canvas {
  const { canvas, context, box, text } = drawing(1000, 760, '#6d5138')
  const noise = randomLevels()
  paintTable(context, noise)

  context.save()
  context.translate(500, 390)
  context.rotate(-0.02)
  context.shadowColor = 'rgba(20, 10, 0, 0.6)'
  context.shadowBlur = 40
  context.shadowOffsetX = 18
  context.shadowOffsetY = 22
  box('#e9e2cc', -300, -310, 600, 620, 6)
  context.shadowColor = 'transparent'
  box('#5d7a52', -300, -310, 600, 96, 6)
  text('MEADOW TEA', 0, -244, { sizePx: 52, color: '#f6f2e4', isBold: true, align: 'center' })
  text('Peppermint', 0, -120, { sizePx: 58, isBold: true, align: 'center' })
  text('20 tea bags', 0, -50, { sizePx: 36, align: 'center' })
  text('Best before 08/2027', 0, 10, { sizePx: 36, align: 'center' })
  box('#faf8f0', -190, 70, 380, 200)
  const bars = barsOf(productNumber)
  for (const [index, bit] of Array.from(bars).entries()) if (bit === '1') box('#1a1a1a', -142.5 + index * 3, 90, 3, 130)
  text(productNumber, 0, 254, { sizePx: 28, align: 'center' })
  context.restore()
  paintLight(context)
  return throughLens(canvas, noise)
}

/** Numbers from 0 to 1 that look random and are the same each time. */
function randomLevels(): () => number {
  let state = 20_260_506
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function paintTable(context: SKRSContext2D, noise: () => number): void {
  for (let y = 0; y < 760; y += 4) {
    const light = 26 + noise() * 7
    context.fillStyle = `hsl(28, 30%, ${light.toFixed(1)}%)`
    context.fillRect(0, y, 1000, 4)
  }
}

/** A lamp at the top left. */
function paintLight(context: SKRSContext2D): void {
  const light = context.createRadialGradient(260, 160, 100, 260, 160, 1050)
  light.addColorStop(0, 'rgba(255, 244, 214, 0.16)')
  light.addColorStop(1, 'rgba(0, 0, 0, 0.42)')
  context.fillStyle = light
  context.fillRect(0, 0, 1000, 760)
}

/** The slight blur and the noise of a camera. */
function throughLens(sharp: Canvas, noise: () => number): Canvas {
  const canvas = createCanvas(sharp.width, sharp.height)
  const context = canvas.getContext('2d')
  context.filter = 'blur(1px)'
  context.drawImage(sharp, 0, 0)
  const image = context.getImageData(0, 0, canvas.width, canvas.height)
  for (let at = 0; at < image.data.length; at += 4) {
    const grain = (noise() + noise() - 1) * 16
    for (let channel = at; channel < at + 3; channel += 1) image.data[channel] = (image.data[channel] ?? 0) + grain
  }
  context.putImageData(image, 0, 0)
  return canvas
}
