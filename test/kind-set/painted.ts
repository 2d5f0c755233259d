import { createCanvas, type Canvas, type SKRSContext2D } from '@napi-rs/canvas'
import { photo } from '../grounding-sets/photo.ts'
import type { Chance } from '../grounding-sets/random.ts'
import { addNoise } from '../grounding-sets/sheet.ts'
import { chatLines, cities, headlines, months } from '../grounding-sets/words.ts'
import { font } from '#test/fonts.ts'

const palettes = [
  ['#1f77b4', '#ff7f0e', '#2ca02c', '#d62728', '#9467bd'],
  ['#4285f4', '#ea4335', '#fbbc05', '#34a853', '#46bdc6'],
  ['#264653', '#2a9d8f', '#e9c46a', '#f4a261', '#e76f51'],
  ['#08306b', '#2171b5', '#6baed6', '#9ecae1', '#deebf7']
]

function canvasOf(width: number, height: number, color: string): { canvas: Canvas; context: SKRSContext2D } {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = color
  context.fillRect(0, 0, width, height)
  return { canvas, context }
}

// ---- charts ---------------------------------------------------------------------------------------------------------

interface Plot {
  context: SKRSContext2D
  colors: string[]
  /** Edges of the plot, in pixels. */
  left: number
  top: number
  width: number
  height: number
}

/** A chart's title and, unless `isRound`, its axes with grid lines and labels; `draw` does the rest. */
function chart(draw: (plot: Plot, chance: Chance) => void, isRound = false) {
  return (chance: Chance): Canvas => {
    const isDark = chance.happens(0.25)
    const [paper, ink, line] = isDark ? ['#1b1d23', '#e4e6ea', '#3b3f48'] : ['#ffffff', '#333333', '#dddddd']
    const [width, height] = [chance.whole(640, 1400), chance.whole(420, 900)]
    const { canvas, context } = canvasOf(width, height, paper)
    const plot = {
      context,
      colors: chance.pick(palettes),
      left: 90,
      top: 80,
      width: width - 130,
      height: height - 160
    }
    context.fillStyle = ink
    context.font = font(24)
    context.fillText(chance.pick(headlines), 90, 45)
    context.font = font(15)
    const steps = isRound ? 0 : 6
    for (let step = 0; step < steps; step += 1) {
      const y = Math.round(plot.top + (plot.height * step) / 5)
      context.fillStyle = line
      context.fillRect(plot.left, y, plot.width, 1)
      context.fillStyle = ink
      context.fillText(String((5 - step) * 20), 45, y + 5)
      context.fillText((months[step] ?? '').slice(0, 3), plot.left + (plot.width * (step + 0.4)) / 6, height - 50)
    }
    draw(plot, chance)
    context.font = font(15)
    for (const [index, color] of plot.colors.slice(0, 3).entries()) {
      context.fillStyle = color
      context.fillRect(plot.left + index * 160, height - 32, 16, 16)
      context.fillStyle = ink
      context.fillText(chance.pick(cities), plot.left + 24 + index * 160, height - 18)
    }
    return canvas
  }
}

const bars = chart(({ context, colors, left, top, width, height }, chance) => {
  const count = chance.whole(4, 14)
  for (let bar = 0; bar < count; bar += 1) {
    const high = height * (0.1 + 0.85 * chance.next())
    context.fillStyle = colors[count > 6 ? 0 : bar % colors.length] as string
    context.fillRect(left + (width * (bar + 0.2)) / count, top + height - high, (width * 0.6) / count, high)
  }
})

const lines = chart(({ context, colors, left, top, width, height }, chance) => {
  for (const color of colors.slice(0, chance.whole(1, 4))) {
    let level = chance.next()
    context.strokeStyle = color
    context.lineWidth = chance.whole(2, 4)
    context.beginPath()
    for (let step = 0; step <= 30; step += 1) {
      level = Math.min(0.97, Math.max(0.03, level + (chance.next() - 0.5) * 0.2))
      context.lineTo(left + (width * step) / 30, top + height * level)
    }
    context.stroke()
  }
})

const areas = chart(({ context, colors, left, top, width, height }, chance) => {
  for (const [index, color] of colors.slice(0, 3).entries()) {
    context.fillStyle = color
    context.beginPath()
    context.moveTo(left, top + height)
    for (let step = 0; step <= 12; step += 1)
      context.lineTo(left + (width * step) / 12, top + height * (0.15 + index * 0.25 + chance.next() * 0.15))
    context.lineTo(left + width, top + height)
    context.fill()
  }
})

const points = chart(({ context, colors, left, top, width, height }, chance) => {
  for (let point = chance.whole(40, 200); point > 0; point -= 1) {
    const x = chance.next()
    context.fillStyle = colors[point % 2] as string
    context.beginPath()
    context.arc(left + x * width, top + height * (1 - x * 0.6 - chance.next() * 0.4), 4, 0, Math.PI * 2)
    context.fill()
  }
})

const pie = chart(({ context, colors, left, top, width, height }, chance) => {
  let from = 0
  for (const [index, color] of colors.entries()) {
    const to = index === colors.length - 1 ? Math.PI * 2 : from + 0.4 + chance.next() * 0.9
    context.fillStyle = color
    context.beginPath()
    context.moveTo(left + width / 2, top + height / 2)
    context.arc(left + width / 2, top + height / 2, Math.min(width, height) * 0.45, from, to)
    context.fill()
    from = to
  }
}, true)

export const charts = { bars, lines, areas, points, pie }

// ---- photos ---------------------------------------------------------------------------------------------------------

function spot(context: SKRSContext2D, x: number, y: number, radius: number, inner: string, outer: string): void {
  const shade = context.createRadialGradient(x, y, radius * 0.2, x, y, radius)
  shade.addColorStop(0, inner)
  shade.addColorStop(1, outer)
  context.fillStyle = shade
  context.fillRect(x - radius, y - radius, radius * 2, radius * 2)
}

/** An object on white with a soft shadow, as in a shop. */
function product(chance: Chance): Canvas {
  const { canvas, context } = canvasOf(1000, 1000, '#fbfbfa')
  const hue = chance.whole(0, 359)
  spot(context, 500, 790, 330, 'rgba(0, 0, 0, 0.35)', 'rgba(0, 0, 0, 0)')
  const side = context.createLinearGradient(300, 0, 700, 0)
  for (const [at, lightness] of [[0, 25], [0.3, 65], [0.5, 50], [1, 18]] as const) side.addColorStop(at, `hsl(${hue}, 55%, ${lightness}%)`) // prettier-ignore
  context.fillStyle = side
  context.beginPath()
  context.roundRect(300, chance.whole(150, 350), 400, 480, 60)
  context.fill()
  addNoise(canvas, 5, chance)
  return canvas
}

/** Lights in the dark. */
function night(chance: Chance): Canvas {
  const { canvas, context } = canvasOf(1200, 800, '#08090d')
  for (let lamp = chance.whole(8, 40); lamp > 0; lamp -= 1)
    spot(context, chance.next() * 1200, chance.next() * 800, 10 + chance.next() * 90, `hsla(${chance.whole(20, 60)}, 90%, 70%, 0.9)`, 'rgba(0, 0, 0, 0)') // prettier-ignore
  addNoise(canvas, 16, chance)
  return canvas
}

/** Leaves, gravel or a crowd: small shapes in many shades. */
function texture(chance: Chance): Canvas {
  const { canvas, context } = canvasOf(1000, 750, '#3b4a2a')
  const hue = chance.whole(0, 359)
  for (let leaf = 0; leaf < 5000; leaf += 1) {
    context.fillStyle = `hsl(${hue + chance.whole(-25, 25)}, ${chance.whole(10, 55)}%, ${chance.whole(8, 75)}%)`
    context.beginPath()
    context.ellipse(chance.next() * 1000, chance.next() * 750, 3 + chance.next() * 14, 3 + chance.next() * 8, chance.next() * 3, 0, 7) // prettier-ignore
    context.fill()
  }
  addNoise(canvas, 10, chance)
  return canvas
}

/** Sky: almost one color, with camera noise, and a darker strip of land. */
function sky(chance: Chance): Canvas {
  const { canvas, context } = canvasOf(1200, 800, '#6f9ccc')
  const shade = context.createLinearGradient(0, 0, 0, 800)
  shade.addColorStop(0, chance.pick(['#2f6db5', '#7d8fa3', '#e58a4a']))
  shade.addColorStop(0.8, chance.pick(['#c9ddf0', '#d9d6cf', '#fbe3b8']))
  shade.addColorStop(0.84, '#39412d')
  shade.addColorStop(1, '#1e2418')
  context.fillStyle = shade
  context.fillRect(0, 0, 1200, 800)
  addNoise(canvas, 6, chance)
  return canvas
}

function grey(chance: Chance): Canvas {
  const canvas = photo(chance, false).paint(chance)
  const context = canvas.getContext('2d')
  context.globalCompositeOperation = 'saturation'
  context.fillStyle = '#808080'
  context.fillRect(0, 0, canvas.width, canvas.height)
  return canvas
}

export const ownPhotos = { product, night, texture, sky, grey }

// ---- drawings -------------------------------------------------------------------------------------------------------

function blob(context: SKRSContext2D, chance: Chance, width: number, height: number): void {
  const [x, y, radius] = [chance.next() * width, chance.next() * height, 30 + (chance.next() * width) / 5]
  context.beginPath()
  for (let corner = 0; corner < 7; corner += 1) {
    const [turn, far] = [(corner / 7) * Math.PI * 2, radius * (0.6 + chance.next() * 0.6)]
    context.quadraticCurveTo(x + Math.cos(turn - 0.4) * far * 1.2, y + Math.sin(turn - 0.4) * far * 1.2, x + Math.cos(turn) * far, y + Math.sin(turn) * far) // prettier-ignore
  }
  context.closePath()
}

/** Shapes in one color each, with or without outlines. */
function cartoon(chance: Chance): Canvas {
  const { canvas, context } = canvasOf(900, 800, `hsl(${chance.whole(0, 359)}, 60%, 80%)`)
  const outlinePx = chance.pick([0, 4, 8])
  context.lineWidth = outlinePx
  for (let shape = chance.whole(8, 20); shape > 0; shape -= 1) {
    blob(context, chance, 900, 800)
    context.fillStyle = `hsl(${chance.whole(0, 359)}, 70%, ${chance.whole(35, 75)}%)`
    context.fill()
    if (outlinePx > 0) context.stroke()
  }
  return canvas
}

/** Black lines on white. */
function lineArt(chance: Chance): Canvas {
  const { canvas, context } = canvasOf(900, 900, '#ffffff')
  context.lineWidth = chance.whole(2, 6)
  for (let shape = chance.whole(8, 25); shape > 0; shape -= 1) {
    blob(context, chance, 900, 900)
    context.stroke()
  }
  return canvas
}

/** Panels with figures and speech. */
function comic(chance: Chance): Canvas {
  const [across, down] = [chance.whole(1, 3), chance.whole(1, 3)]
  const { canvas, context } = canvasOf(across * 420 + 20, down * 420 + 20, '#ffffff')
  for (let panel = 0; panel < across * down; panel += 1) {
    const panelCanvas = cartoon(chance)
    const [x, y] = [20 + (panel % across) * 420, 20 + Math.floor(panel / across) * 420]
    context.drawImage(panelCanvas, x, y, 400, 400)
    context.lineWidth = 4
    context.strokeRect(x, y, 400, 400)
    context.fillStyle = '#ffffff'
    context.beginPath()
    context.ellipse(x + 200, y + 70, 170, 50, 0, 0, Math.PI * 2)
    context.fill()
    context.stroke()
    context.fillStyle = '#000000'
    context.font = font(15)
    context.fillText(chance.pick(chatLines), x + 60, y + 75)
  }
  return canvas
}

/** Shapes shaded from one color to another, as vector programs draw them. */
function shaded(chance: Chance): Canvas {
  const { canvas, context } = canvasOf(1000, 700, '#ffffff')
  for (let shape = chance.whole(8, 20); shape > 0; shape -= 1) {
    blob(context, chance, 1000, 700)
    const shade = context.createLinearGradient(0, chance.next() * 300, 0, 700)
    const hue = chance.whole(0, 359)
    shade.addColorStop(0, `hsl(${hue}, 75%, 70%)`)
    shade.addColorStop(1, `hsl(${hue + 30}, 75%, 35%)`)
    context.fillStyle = shade
    context.fill()
  }
  return canvas
}

export const drawings = { cartoon, 'line art': lineArt, comic, shaded }
