import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCliHome } from '#test/descry.ts'
import { startModelServer } from '#test/model-server.ts'
import { photoPicture } from '#test/pictures.ts'
import { run } from '#test/process.ts'
import { median, type BenchRow } from './row.ts'

const runs = 15

/** The same request without Descry: the SDK, the photo as it is, the answer printed while it arrives. */
const script = `
import { readFile } from 'node:fs/promises'
import OpenAI from ${JSON.stringify(import.meta.resolve('openai'))}

const photo = await readFile(process.argv[2], 'base64')
const content = [
  { type: 'text', text: 'Describe this image for a blind person.' },
  { type: 'image_url', image_url: { url: 'data:image/jpeg;base64,' + photo } }
]
const stream = await new OpenAI().chat.completions.create({ model: 'gpt-4o-mini', stream: true, messages: [{ role: 'user', content }] })
for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta.content ?? '')
`

/** From the start of the process to its end, with a server on this computer that answers at once. */
export async function bench(): Promise<BenchRow[]> {
  const [home, server, dir] = await Promise.all([
    createCliHome(),
    startModelServer(),
    mkdtemp(join(tmpdir(), 'descry-bench-'))
  ])
  const photo = join(dir, 'photo.jpg')
  const naive = join(dir, 'describe.mjs')
  await Promise.all([writeFile(photo, await photoPicture(1600, 1200)), writeFile(naive, script)])
  const env = { ...home.env, OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: 'sk-test' }
  const timed = async (work: () => Promise<{ code: number | null }>): Promise<number> => {
    const startMs = performance.now()
    const { code } = await work()
    if (code !== 0) throw new Error(`exit code ${code}`)
    return performance.now() - startMs
  }
  const ours = (...args: string[]): Promise<number> => timed(() => home.descry(args, { env }))
  try {
    const oursMs: number[] = []
    const naiveMs: number[] = []
    const helpMs: number[] = []
    for (let turn = 0; turn <= runs; turn += 1) {
      // Fresh: a caption that is kept would be no request at all.
      oursMs.push(await ours('describe', '--fresh', photo))
      naiveMs.push(await timed(() => run(process.execPath, [naive, photo], { env })))
      helpMs.push(await ours('help'))
    }
    // The first fills the caches.
    const note = `median of ${runs} after one to warm up`
    return [
      {
        name: 'descry describe photo.jpg, whole process',
        oursMs: median(oursMs.slice(1)),
        naiveMs: median(naiveMs.slice(1)),
        note: `naive: a ten-line script with the same SDK; goal 1.7 times; ${note}`
      },
      { name: 'descry help, whole process', oursMs: median(helpMs.slice(1)), naiveMs: null, note }
    ]
  } finally {
    await Promise.all([server.close(), home.remove(), rm(dir, { recursive: true })])
  }
}
