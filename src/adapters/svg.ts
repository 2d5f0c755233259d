import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { buffer } from 'node:stream/consumers'
import { DescryError } from '#shared/errors.ts'

// A hostile SVG can stop Skia's process at once (a huge width in a style, tags nested a hundred thousand deep) or keep
// it busy for ever (nested <use>). So SVG is drawn in a process of its own, which may die. It is given as text and not
// as a file, so that it also starts from inside a packaged app.
const painter = `
  const { loadImage, createCanvas } = require(process.argv[1])
  const chunks = []
  process.stdin.on('data', (chunk) => chunks.push(chunk)).on('end', async () => {
    const image = await loadImage(Buffer.concat(chunks))
    const [width, height] = process.argv.slice(2).map(Number)
    const canvas = createCanvas(width, height)
    canvas.getContext('2d').drawImage(image, 0, 0, width, height)
    process.stdout.write(await canvas.encode('png'))
  })`

/**
 * Draws an SVG into a PNG of the given size in pixels. Files and addresses that it refers to are not loaded.
 * Errors: bad-image when it cannot be drawn within `limitMs`; unsupported in the packed app.
 */
export async function rasterizeSvg(
  bytes: Uint8Array,
  size: { width: number; height: number },
  limitMs = 10_000
): Promise<Uint8Array> {
  // The packed program cannot be started as Node (decision 0070), and here in this process an SVG could end it.
  if (process.versions.electron !== undefined && !process.defaultApp)
    throw new DescryError('unsupported', { message: 'SVG is not supported in the packed app.' })
  const canvasPath = createRequire(import.meta.url).resolve('@napi-rs/canvas')
  const child = spawn(process.execPath, ['-e', painter, canvasPath, `${size.width}`, `${size.height}`], {
    stdio: ['pipe', 'pipe', 'ignore'],
    // Nothing of the user's environment; Electron's binary becomes Node, and Windows needs its own directory.
    env: { ELECTRON_RUN_AS_NODE: '1', ...(process.env.SystemRoot && { SystemRoot: process.env.SystemRoot }) },
    timeout: limitMs,
    killSignal: 'SIGKILL',
    windowsHide: true
  })
  child.stdin.on('error', () => undefined)
  child.stdin.end(bytes)
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null))
    child.once('close', resolve)
  })
  const [png, code] = await Promise.all([buffer(child.stdout), ended])
  if (code !== 0 || png.length === 0) throw new DescryError('bad-image', { message: 'The SVG cannot be drawn.' })
  return png
}
