import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'

/**
 * The icon: a speaking eye, drawn on a grid of 64 units, so that it is sharp in every size. Light on dark blue at a contrast of
 * more than 12:1; the shapes differ by outline, not by color alone.
 */

const gridUnits = 64
const ink = '#ffffff'
const ground = '#0b2447'

/** The application's icon: the mark on a rounded square. */
export function drawIcon(sizePx: number): Buffer {
  return draw(sizePx, (context) => {
    context.fillStyle = ground
    context.beginPath()
    context.roundRect(2, 2, 60, 60, 13)
    context.fill()
    drawMark(context, ink, sizePx)
  })
}

/** The tray's icon where we choose its color: the same square, the mark larger. */
export function drawTrayIcon(sizePx: number): Buffer {
  return draw(sizePx, (context) => {
    context.fillStyle = ground
    context.beginPath()
    context.roundRect(0, 0, 64, 64, 12)
    context.fill()
    drawMark(context, ink, sizePx)
  })
}

/** A macOS template icon: black and transparent only; the system colors it. */
export function drawTrayTemplate(sizePx: number): Buffer {
  return draw(sizePx, (context) => drawMark(context, '#000000', sizePx))
}

function draw(sizePx: number, paint: (context: SKRSContext2D) => void): Buffer {
  const canvas = createCanvas(sizePx, sizePx)
  const context = canvas.getContext('2d')
  context.scale(sizePx / gridUnits, sizePx / gridUnits)
  paint(context)
  return canvas.toBuffer('image/png')
}

function drawMark(context: SKRSContext2D, color: string, sizePx: number): void {
  const isSmall = sizePx < 40
  context.strokeStyle = color
  context.fillStyle = color
  context.lineCap = 'round'
  context.lineJoin = 'round'
  // At least a pixel wide: thinner lines vanish in a tray.
  context.lineWidth = isSmall ? 6 : 4.5

  // The eye, to the left.
  context.beginPath()
  context.moveTo(8, 32)
  context.quadraticCurveTo(24, 9, 40, 32)
  context.quadraticCurveTo(24, 55, 8, 32)
  context.closePath()
  context.stroke()
  context.beginPath()
  context.arc(24, 32, isSmall ? 6.5 : 6, 0, 2 * Math.PI)
  context.fill()

  // Sound waves to the right; the outer one only where there is room.
  const radii = isSmall ? [26] : [23, 31.5]
  for (const radius of radii) {
    context.beginPath()
    context.arc(24, 32, radius, -0.62, 0.62)
    context.stroke()
  }
}
