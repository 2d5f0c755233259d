import { createCanvas, loadImage, type Canvas } from '@napi-rs/canvas'
import type { Chance } from './random.ts'
import { systemFont } from '#test/fonts.ts'

export interface TextStyle {
  sizePx?: number
  bold?: boolean
  italic?: boolean
  color?: string
  align?: 'left' | 'center' | 'right'
  family?: string
}

type Step =
  | {
      kind: 'text'
      text: string
      x: number
      y: number
      font: string
      color: string
      align: 'left' | 'center' | 'right'
    }
  | {
      kind: 'box'
      x: number
      y: number
      width: number
      height: number
      fill: string | null
      stroke: string | null
      radius: number
    }

const scratch = createCanvas(8, 8).getContext('2d')
const families = ['DejaVu Sans', 'Liberation Sans', 'Liberation Serif', 'DejaVu Serif', 'Liberation Sans Narrow']
const themes = [
  { paper: '#ffffff', ink: '#161616', soft: '#555555', line: '#bbbbbb', accent: '#0b57a4' },
  { paper: '#f4f1e8', ink: '#2b2420', soft: '#5e554d', line: '#c9c0b0', accent: '#8a2a1f' },
  { paper: '#eef3f8', ink: '#10243a', soft: '#48596b', line: '#b5c3d1', accent: '#0a6a5a' },
  { paper: '#ffffff', ink: '#000000', soft: '#333333', line: '#999999', accent: '#333333' }
]
const darkThemes = [
  { paper: '#1e1e1e', ink: '#e6e6e6', soft: '#b0b0b0', line: '#4a4a4a', accent: '#7fb8f0' },
  { paper: '#0f1b2d', ink: '#f2f5fa', soft: '#b5c2d6', line: '#33455f', accent: '#ffd166' },
  { paper: '#000000', ink: '#ffffff', soft: '#cfcfcf', line: '#555555', accent: '#9be37a' }
]

/** A page that grows with its contents. `y` is a text's baseline. It remembers every text, for the tests. */
export class Sheet {
  readonly texts: string[] = []
  readonly family: string
  readonly theme: (typeof themes)[number]
  /** Size of body text. */
  readonly sizePx: number
  readonly #steps: Step[] = []
  #right = 0
  #bottom = 0

  constructor(chance: Chance, wishes: { family?: string; dark?: boolean; sizePx?: [number, number] } = {}) {
    this.family = wishes.family ?? chance.pick(families)
    const isDark = wishes.dark ?? chance.happens(0.3)
    this.theme = chance.pick(isDark ? darkThemes : themes)
    const [low, high] = wishes.sizePx ?? [13, 26]
    this.sizePx = chance.whole(low, high)
  }

  width(text: string, style: TextStyle = {}): number {
    scratch.font = this.#font(style)
    return scratch.measureText(text).width
  }

  text(text: string, x: number, y: number, style: TextStyle = {}): number {
    const width = this.width(text, style)
    const align = style.align ?? 'left'
    this.texts.push(text)
    this.#steps.push({
      kind: 'text',
      text,
      x,
      y,
      font: this.#font(style),
      color: style.color ?? this.theme.ink,
      align
    })
    this.#grow(
      align === 'left' ? x + width : align === 'center' ? x + width / 2 : x,
      y + (style.sizePx ?? this.sizePx) / 2
    )
    return width
  }

  box(
    x: number,
    y: number,
    width: number,
    height: number,
    look: { fill?: string; stroke?: string; radius?: number }
  ): void {
    this.#steps.push({
      kind: 'box',
      x,
      y,
      width,
      height,
      fill: look.fill ?? null,
      stroke: look.stroke ?? null,
      radius: look.radius ?? 0
    })
    this.#grow(x + width, y + height)
  }

  /** A button with a centered label. Returns its width. */
  button(text: string, x: number, y: number, isMain = false): number {
    const [width, height] = [this.width(text) + this.sizePx * 2, this.sizePx * 2]
    this.box(x, y, width, height, {
      fill: isMain ? this.theme.accent : this.theme.paper,
      stroke: this.theme.line,
      radius: 4
    })
    this.text(text, x + width / 2, y + height * 0.67, {
      align: 'center',
      color: isMain ? this.theme.paper : this.theme.ink
    })
    return width
  }

  paint(marginPx: number): Canvas {
    const canvas = createCanvas(Math.ceil(this.#right + marginPx), Math.ceil(this.#bottom + marginPx))
    const context = canvas.getContext('2d')
    context.fillStyle = this.theme.paper
    context.fillRect(0, 0, canvas.width, canvas.height)
    for (const step of this.#steps) {
      if (step.kind === 'text') {
        context.font = step.font
        context.textAlign = step.align
        context.fillStyle = step.color
        context.fillText(step.text, step.x, step.y)
        continue
      }
      context.beginPath()
      context.roundRect(step.x, step.y, step.width, step.height, step.radius)
      if (step.fill !== null) {
        context.fillStyle = step.fill
        context.fill()
      }
      if (step.stroke !== null) {
        context.strokeStyle = step.stroke
        context.lineWidth = 1
        context.stroke()
      }
    }
    return canvas
  }

  #font({ bold = false, italic = false, sizePx = this.sizePx, family = this.family }: TextStyle): string {
    return systemFont(`${italic ? 'italic ' : ''}${bold ? 'bold ' : ''}${sizePx}px "${family}"`)
  }

  #grow(right: number, bottom: number): void {
    this.#right = Math.max(this.#right, right)
    this.#bottom = Math.max(this.#bottom, bottom)
  }
}

/** Wear on a picture: none, or a little of what cameras and messengers do. */
export interface Wear {
  turnDegrees: number
  blurPx: number
  noise: number
  jpegQuality: number | null
}

export function someWear(chance: Chance, smallestTextPx: number): Wear {
  const isClean = chance.happens(0.5)
  const isLarge = smallestTextPx >= 16
  return {
    turnDegrees: !isClean && chance.happens(0.35) ? (chance.next() - 0.5) * 3 : 0,
    blurPx: !isClean && isLarge && chance.happens(0.4) ? 0.4 + chance.next() * 0.5 : 0,
    noise: !isClean && chance.happens(0.5) ? chance.whole(4, 22) : 0,
    jpegQuality: !isClean && chance.happens(0.5) ? chance.whole(isLarge ? 35 : 55, 80) : null
  }
}

export async function worn(clean: Canvas, wear: Wear, chance: Chance, behind: string): Promise<Canvas> {
  let canvas = clean
  if (wear.turnDegrees !== 0 || wear.blurPx > 0) {
    const radians = (wear.turnDegrees * Math.PI) / 180
    const [sine, cosine] = [Math.abs(Math.sin(radians)), Math.abs(Math.cos(radians))]
    canvas = createCanvas(
      Math.ceil(clean.width * cosine + clean.height * sine),
      Math.ceil(clean.width * sine + clean.height * cosine)
    )
    const context = canvas.getContext('2d')
    context.fillStyle = behind
    context.fillRect(0, 0, canvas.width, canvas.height)
    if (wear.blurPx > 0) context.filter = `blur(${wear.blurPx.toFixed(2)}px)`
    context.translate(canvas.width / 2, canvas.height / 2)
    context.rotate(radians)
    context.drawImage(clean, -clean.width / 2, -clean.height / 2)
  }
  if (wear.noise > 0) addNoise(canvas, wear.noise, chance)
  if (wear.jpegQuality !== null) {
    const image = await loadImage(await canvas.encode('jpeg', wear.jpegQuality))
    canvas = createCanvas(canvas.width, canvas.height)
    canvas.getContext('2d').drawImage(image, 0, 0)
  }
  return canvas
}

export function addNoise(canvas: Canvas, strength: number, chance: Chance): void {
  const context = canvas.getContext('2d')
  const image = context.getImageData(0, 0, canvas.width, canvas.height)
  for (let at = 0; at < image.data.length; at += 4) {
    const change = (chance.next() + chance.next() - 1) * strength
    for (let channel = 0; channel < 3; channel += 1) image.data[at + channel] = (image.data[at + channel] ?? 0) + change
  }
  context.putImageData(image, 0, 0)
}
