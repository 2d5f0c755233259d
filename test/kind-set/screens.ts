import { createCanvas, type Canvas, type SKRSContext2D } from '@napi-rs/canvas'
import { photo } from '../grounding-sets/photo.ts'
import type { Chance } from '../grounding-sets/random.ts'
import { buttons, headlines, people, programs, subjects } from '../grounding-sets/words.ts'
import { font } from '#test/fonts.ts'

const light = { bar: '#e9ecef', paper: '#ffffff', side: '#f3f4f6', ink: '#202124', line: '#d0d4d9', accent: '#1a73e8' }
const dark = { bar: '#2b2d31', paper: '#1e1f22', side: '#26282c', ink: '#dfe1e5', line: '#3c3f44', accent: '#8ab4f8' }

type Theme = typeof light

function write(context: SKRSContext2D, text: string, x: number, y: number, sizePx: number, color: string): void {
  context.fillStyle = color
  context.font = font(sizePx)
  context.fillText(text, x, y)
}

function box(context: SKRSContext2D, x: number, y: number, width: number, height: number, color: string): void {
  context.fillStyle = color
  context.fillRect(x, y, width, height)
}

function program(
  context: SKRSContext2D,
  chance: Chance,
  theme: Theme,
  [x, y, width, height]: [number, number, number, number]
): void {
  context.save()
  context.beginPath()
  context.rect(x, y, width, height)
  context.clip()
  box(context, x, y, width, height, theme.paper)
  box(context, x, y, width, 34, theme.bar)
  write(context, chance.pick(programs), x + 14, y + 23, 15, theme.ink)
  const sidePx = chance.happens(0.6) ? 180 : 0
  box(context, x, y + 34, sidePx, height - 34, theme.side)
  const entries = sidePx > 0 ? 7 : 0
  for (let row = 0; row < entries; row += 1)
    write(context, chance.pick(buttons), x + 20, y + 70 + row * 34, 15, row === 1 ? theme.accent : theme.ink)
  const shows = chance.pick(['list', 'list', 'picture', 'form'] as const)
  const left = x + sidePx + 20
  const [listed, asked] = [shows === 'list' ? 40 : 0, shows === 'form' ? 5 : 0]
  for (let row = 0; row < listed; row += 1) {
    const top = y + 60 + row * 46
    box(context, left - 20, top + 16, width, 1, theme.line)
    write(context, chance.pick(people), left, top, 14, theme.ink)
    write(context, chance.pick(subjects), left + 220, top, 14, theme.ink)
  }
  if (shows === 'picture') {
    write(context, chance.pick(headlines), left, y + 90, 26, theme.ink)
    context.drawImage(photo(chance, false).paint(chance), left, y + 120, 450, 300)
    write(context, chance.pick(subjects), left, y + 450, 15, theme.ink)
  }
  for (let row = 0; row < asked; row += 1) {
    write(context, chance.pick(buttons), left, y + 80 + row * 60, 15, theme.ink)
    context.strokeStyle = theme.line
    context.strokeRect(left + 140.5, y + 58.5 + row * 60, 260, 34)
  }
  box(context, x + width - 130, y + height - 52, 110, 34, theme.accent)
  write(context, chance.pick(buttons), x + width - 115, y + height - 30, 14, theme.paper)
  context.restore()
}

/** A desktop: wallpaper, one to three windows, and a bar with the time. */
export function desktop(chance: Chance): Canvas {
  const [width, height] = chance.pick<[number, number]>([
    [1920, 1080],
    [1366, 768],
    [2560, 1440]
  ])
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  const theme = chance.happens(0.5) ? light : dark
  const wallpaper = context.createLinearGradient(0, 0, width, height)
  wallpaper.addColorStop(0, chance.pick(['#0b3d6b', '#3a6ea5', '#512b58', '#202020']))
  wallpaper.addColorStop(1, chance.pick(['#0f5c4c', '#3a6ea5', '#d07c4a', '#202020']))
  context.fillStyle = wallpaper
  context.fillRect(0, 0, width, height)
  if (chance.happens(0.2)) context.drawImage(photo(chance, false).paint(chance), 0, 0, width, height)
  const isFull = chance.happens(0.4)
  if (isFull) program(context, chance, theme, [0, 0, width, height - 44])
  for (let count = isFull ? 0 : chance.whole(1, 3); count > 0; count -= 1) {
    const [wide, high] = [width * (0.4 + chance.next() * 0.35), height * (0.5 + chance.next() * 0.3)].map(Math.round)
    program(context, chance, theme, [
      chance.whole(0, width - (wide as number)),
      chance.whole(0, height - 44 - (high as number)),
      wide as number,
      high as number
    ])
  }
  box(context, 0, height - 44, width, 44, theme.bar)
  write(context, `${chance.whole(10, 23)}:${chance.whole(10, 59)}`, width - 80, height - 16, 15, theme.ink)
  return canvas
}

/** A phone screen: tall, with a bar at the top and cards with round portraits. */
export function phone(chance: Chance): Canvas {
  const [width, height] = [1080, 2160]
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  const theme = chance.happens(0.5) ? light : dark
  box(context, 0, 0, width, height, theme.side)
  box(context, 0, 0, width, 200, chance.happens(0.5) ? theme.accent : theme.bar)
  write(context, chance.pick(programs), 50, 150, 52, theme.ink)
  const highPx = chance.whole(180, 320)
  for (let top = 230; top < height - 150; top += highPx + 20) {
    box(context, 30, top, width - 60, highPx, theme.paper)
    context.fillStyle = `hsl(${chance.whole(0, 359)}, 55%, 55%)`
    context.beginPath()
    context.arc(120, top + 90, 56, 0, Math.PI * 2)
    context.fill()
    write(context, chance.pick(people), 210, top + 80, 40, theme.ink)
    write(context, chance.pick(subjects), 210, top + 140, 34, theme.ink)
  }
  box(context, 0, height - 130, width, 130, theme.bar)
  return canvas
}
