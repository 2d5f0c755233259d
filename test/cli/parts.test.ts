import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createCliHome, type CliHome } from '#test/descry.ts'
import { startModelServer, type ModelServer } from '#test/model-server.ts'
import { pdfFile } from '#test/pdf-files.ts'
import { movingGif } from '#test/pictures.ts'
import { cornerTiffPage, tiffFile } from '#test/tiff-files.ts'

let home: CliHome
let server: ModelServer
let pdf: string

beforeAll(async () => {
  server = await startModelServer()
  home = await createCliHome({ OPENAI_BASE_URL: server.baseUrl, LANG: 'en_US.UTF-8' })
  pdf = join(home.dir, 'scan.pdf')
  const pages = [1, 2, 3, 4, 5].map((number) => ({ lines: [`Invoice ${number}`, `Total 49.${number}0 euro`] }))
  await writeFile(pdf, pdfFile(pages))
})
afterAll(async () => {
  await home.remove()
  await server.close()
})
beforeEach(() => {
  server.requests.length = 0
  let asked = 0
  server.script(() => ({ type: 'answer', chunks: [`Answer ${(asked += 1)}.`, '\nTags:', ' page'] }))
})

interface Line {
  source: string
  caption?: string
  text?: string
  unconfirmed?: unknown
  error?: unknown
}
const lines = (stdout: string): Line[] =>
  stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line)

test('of a document the first pages are described, in order, each held against its own text', async () => {
  server.script(() => ({ type: 'answer', chunks: ['It costs 77.13 euro.\nTags: page'] }))
  const { code, stdout, stderr } = await home.descry(['describe', pdf, '--json'])
  expect(code).toBe(0)
  expect(stderr).toBe(`${pdf}: describing the first 3 of 5 pages. Add --parts all for all of them.\n`)
  const described = lines(stdout)
  expect(described.map(({ source }) => source)).toEqual([1, 2, 3].map((number) => `${pdf}#page=${number}`))
  for (const [index, { text, caption, unconfirmed }] of described.entries()) {
    expect(text).toBe(`Invoice ${index + 1}\nTotal 49.${index + 1}0 euro`)
    expect({ caption, unconfirmed }).toEqual({
      caption: 'It costs 77.13 euro.',
      unconfirmed: [{ text: '77.13', start: 9, end: 14 }]
    })
  }
})

test('chosen pages have headings for people, and doubts a line', async () => {
  server.script(() => ({ type: 'answer', chunks: ['It costs 77.13 euro.\nTags: page'] }))
  const { code, stdout, stderr } = await home.descry(['describe', pdf, '--parts', '4-5'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toBe(
    [4, 5].map((number) => `Page ${number} of 5:\nIt costs 77.13 euro.\nUnverified: 77.13.\n`).join('\n')
  )
})

test('an animation is one picture unless frames are asked for; pages of TIFF are pages', async () => {
  const [gif, tiff] = [join(home.dir, 'moving.gif'), join(home.dir, 'fax.tiff')]
  await writeFile(gif, movingGif())
  await writeFile(tiff, tiffFile([cornerTiffPage(), cornerTiffPage()]))
  const all = lines((await home.descry(['describe', gif, tiff, '--json'])).stdout)
  expect(all.map(({ source }) => source)).toEqual([gif, `${tiff}#page=1`, `${tiff}#page=2`])
  const frames = lines((await home.descry(['describe', gif, '--parts', 'all', '--offline', '--json'])).stdout)
  expect(frames.length).toBeGreaterThan(1)
  for (const { source } of frames) expect(source).toMatch(/moving\.gif#frame=\d+$/u)

  // What is not there is a failure, and the other file is described all the same.
  const { code, stdout } = await home.descry(['describe', gif, pdf, '--parts', '5', '--offline', '--json'])
  const [none, fifth] = lines(stdout)
  expect(code).toBe(1)
  expect(none).toEqual({
    source: gif,
    error: { code: 'not-found', message: 'There is no such part.', next: `Choose from 1 to ${frames.length}.` }
  })
  expect(fifth?.source).toBe(`${pdf}#page=5`)
})

test("presets of the user's own reach the model; steps stay out of the JSON", async () => {
  const presets = [{ name: 'Stamps', prompt: 'Say which country {text} is from.' }]
  await writeFile(join(home.dir, 'settings.json'), JSON.stringify({ presets }))
  server.script(() => ({ type: 'answer', chunks: ['Summary: A stamp.\n', 'Details: It is red.\n', 'Tags: stamp'] }))
  const args = ['--parts', '1', '--preset', 'stamps', '--detail', 'detailed', '--json']
  const { code, stdout } = await home.descry(['describe', pdf, ...args])
  expect(code).toBe(0)
  expect(JSON.stringify(server.requests[0]?.body)).toContain('Say which country')
  expect(lines(stdout)[0]).not.toHaveProperty('steps')
  expect(lines(stdout)[0]?.caption).toMatch(/A stamp\.[^]*It is red\./u)
  expect(await home.descry(['describe', pdf, '--preset', 'coins'])).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('people, chart, document, product, meme, art, next, Stamps.')
  })
})
