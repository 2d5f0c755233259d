import { readFileSync } from 'node:fs'
import { forkHelper, type StartHelper } from '#adapters/helper/helper-process.ts'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createFileOpener } from '#adapters/pictures/file-opener.ts'
import { asDescryError } from '#shared/errors.ts'

/** What happened to a file, in a process of its own. Memory is the peak, resident, in MB; Linux only. */
export interface Outcome {
  /** "picture", or the code of the error. */
  code: string
  message: string
  seconds: number
  mainMb: number
  /** Of the largest helper; 0 without one. */
  helperMb: number
}

/** Peak resident memory of a process so far, in MB. */
export function peakMb(pid: number | undefined): number {
  try {
    return Math.round(Number(/VmHWM:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
  } catch {
    return 0
  }
}

/** Opens a file as Descry does: its first two parts, as a model and OCR would get them. */
export async function openPicture(bytes: Uint8Array, startHelper: StartHelper = forkHelper): Promise<void> {
  const decoder = createCanvasDecoder(startHelper)
  const file = await createFileOpener(decoder, startHelper).open(bytes)
  try {
    for (const part of file.parts.slice(0, 2)) {
      const picture = await decoder.decode(await part.load())
      picture.pixels({ maxWidthPx: 3840, maxHeightPx: 2160 })
      await picture.encode({ maxWidthPx: 2048, maxHeightPx: 2048 })
    }
  } finally {
    await file.close()
  }
}

async function main(path: string): Promise<Outcome> {
  const helpers = new Set<number>()
  let helperMb = 0
  const measure = (): void => {
    for (const pid of helpers) helperMb = Math.max(helperMb, peakMb(pid))
  }
  const timer = setInterval(measure, 5)
  const startHelper: StartHelper = (listener) => {
    const helper = forkHelper(listener)
    if (helper.pid !== undefined) helpers.add(helper.pid)
    return helper
  }
  const bytes = readFileSync(path)
  const beganMs = performance.now()
  const [code, message] = await openPicture(bytes, startHelper).then(
    () => ['picture', ''],
    (error: unknown) => [asDescryError(error).code, asDescryError(error).message]
  )
  clearInterval(timer)
  const seconds = (performance.now() - beganMs) / 1000
  return { code: code ?? '', message: message ?? '', seconds, mainMb: peakMb(process.pid), helperMb }
}

if (process.argv[1] === import.meta.filename) {
  console.log(JSON.stringify(await main(process.argv[2] ?? '')))
  process.exit()
}
