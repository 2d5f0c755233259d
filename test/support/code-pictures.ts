import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { prepareZXingModule, writeBarcode, type WriteInputBarcodeFormat } from 'zxing-wasm/writer'

/** A code drawn in the middle of a white 1000x700 picture. PNG. */
export async function codePicture(text: string, format: WriteInputBarcodeFormat = 'QRCode'): Promise<Uint8Array> {
  const wasm = await readFile(fileURLToPath(import.meta.resolve('zxing-wasm/writer/zxing_writer.wasm')))
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } })
  const { image, error } = await writeBarcode(text, { format, scale: 4, addQuietZones: true })
  if (!image) throw new Error(`No ${format} was made: ${error}`)
  const code = await loadImage(Buffer.from(await image.arrayBuffer()))
  const canvas = createCanvas(1000, 700)
  const context = canvas.getContext('2d')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, 1000, 700)
  context.drawImage(code, Math.floor((1000 - code.width) / 2), Math.floor((700 - code.height) / 2))
  return canvas.encode('png')
}
