import { createCanvas, type Canvas } from '../pictures/canvas-package.ts'
import type { RotatedBox } from '#core/pictures/rotated-box.ts'

/** A line of text, level and without its surroundings. */
export interface StraightLine {
  canvas: Canvas
  /** Where a part of it lies in the picture: `left` and `right` in its pixels. */
  boxOf(left: number, right: number): RotatedBox
}

/** Cuts a line, with its width along the letters, out of a picture and turns it level, at this height in pixels. */
export function straightLine(picture: Canvas, line: RotatedBox, heightPx: number): StraightLine {
  const scale = heightPx / line.height
  const widthPx = Math.max(1, Math.round(line.width * scale))
  const canvas = createCanvas(widthPx, heightPx)
  const context = canvas.getContext('2d')
  context.imageSmoothingQuality = 'high'
  context.scale(widthPx / line.width, scale)
  context.translate(line.width / 2, line.height / 2)
  context.rotate(-line.angle)
  context.translate(-line.centerX, -line.centerY)
  context.drawImage(picture, 0, 0)
  const [cos, sin] = [Math.cos(line.angle), Math.sin(line.angle)]
  return {
    canvas,
    boxOf(left, right) {
      const middle = ((left + right) / 2 / widthPx - 0.5) * line.width
      return {
        ...line,
        centerX: line.centerX + middle * cos,
        centerY: line.centerY + middle * sin,
        width: ((right - left) / widthPx) * line.width
      }
    }
  }
}
