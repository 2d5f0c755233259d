import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { prepareZXingModule, writeBarcode, type WriteInputBarcodeFormat } from 'zxing-wasm/writer'

/** A code drawn in the middle of a white picture, 1000x700 unless told. PNG. */
export async function codePicture(
  text: string,
  format: WriteInputBarcodeFormat = 'QRCode',
  { width = 1000, height = 700 } = {}
): Promise<Uint8Array> {
  const wasm = await readFile(fileURLToPath(import.meta.resolve('zxing-wasm/writer/zxing_writer.wasm')))
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } })
  const { image, error } = await writeBarcode(text, { format, scale: 4, addQuietZones: true })
  if (!image) throw new Error(`No ${format} was made: ${error}`)
  const code = await loadImage(Buffer.from(await image.arrayBuffer()))
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width, height)
  context.drawImage(code, Math.floor((width - code.width) / 2), Math.floor((height - code.height) / 2))
  return canvas.encode('png')
}
