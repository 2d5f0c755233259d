import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createCliHome, descryProgram, type CliHome } from '#test/descry.ts'
import { createGate, httpError, startModelServer, type ModelServer } from '#test/model-server.ts'
import { until } from '#test/process.ts'
import { startInTerminal, type Typed } from '#test/typing.ts'

/** What the server charges for an answer: 36,835 tokens in, as gpt-4o-mini counts the pictures below, and 4 out. */
const costUsd = (36_835 * 0.15 + 4 * 0.6) / 1e6
const redDoor = { type: 'answer' as const, chunks: ['A red', ' door.', '\nTags:', ' door'] }
/** Three would go beyond it. */
const limitForTwo = 0.012

let home: CliHome
let server: ModelServer
const terminals: Typed[] = []

beforeAll(async () => {
  server = await startModelServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  home = await createCliHome({ OPENAI_BASE_URL: server.baseUrl })
  server.requests.length = 0
  server.script(() => redDoor)
})
afterEach(async () => {
  for (const { running } of terminals.splice(0)) await running.end()
  await home.remove()
})

/** A picture of the size of a screen as it is sent, with nothing in it that takes OCR long. */
async function photo(name: string, left = 0): Promise<string> {
  const canvas = createCanvas(1365, 768)
  const context = canvas.getContext('2d')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, 1365, 768)
  context.fillStyle = '#aa2222'
  context.fillRect(400 + left, 200, 300, 500)
  const path = join(home.dir, name)
  await writeFile(path, await canvas.encode('png'))
  return path
}
const choose = (settings: object): Promise<void> => writeFile(join(home.dir, 'settings.json'), JSON.stringify(settings))
const spentUsd = async (): Promise<number> =>
  (JSON.parse((await home.descry(['spent', '--json'])).stdout) as { monthUsd: number }).monthUsd

async function json(...args: string[]): Promise<{ code: number | null; lines: Record<string, unknown>[] }> {
  const { code, stdout } = await home.descry(['describe', '--json', ...args])
  const lines = stdout.split('\n').slice(0, -1)
  return { code, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) }
}

test('a saved caption costs nothing, unless saving is off or all were deleted', async () => {
  const picture = await photo('door.png')
  const [paid] = (await json(picture)).lines
  expect(paid).toMatchObject({ caption: 'A red door.', cached: false, costUsd })
  const [kept] = (await json(picture)).lines
  expect(kept).toEqual({
    ...paid,
    cached: true,
    costUsd: 0,
    usage: null,
    bytesSent: 0,
    timings: expect.objectContaining({ requestMs: 0, firstTokenMs: null })
  })
  expect(server.requests).toHaveLength(1)

  // Two processes at once do not get in each other's way.
  await choose({ keepCaptions: false })
  const gate = createGate()
  server.script(() => ({ ...redDoor, gate }))
  const both = [json(picture), json(picture)]
  await until(() => server.requests.length === 3, { what: 'both requests' })
  gate.open()
  for (const { code, lines } of await Promise.all(both))
    expect({ code, line: lines[0] }).toMatchObject({ code: 0, line: { caption: 'A red door.', costUsd, warnings: [] } })

  await choose({ monthlyLimitUsd: 5 })
  const forgotten = { code: 0, stdout: 'All saved captions were deleted.\n', stderr: '' }
  expect(await home.descry(['forget'])).toEqual(forgotten)
  expect((await json(picture)).lines[0]).toMatchObject({ cached: false })
  expect(await spentUsd()).toBeCloseTo(4 * costUsd, 10)
  expect(await home.descry(['spent'])).toEqual({
    code: 0,
    stdout: 'Spent 2.2 cents today and 2.2 cents this month, of 5 dollars.\n',
    stderr: ''
  })
})

describe('the limit of the month', () => {
  test('stops, or reads here instead; nothing is sent', async () => {
    const picture = await photo('door.png')
    for (const whenLimitReached of ['stop', 'ask']) {
      await choose({ monthlyLimitUsd: 0.001, whenLimitReached })
      const { code, lines } = await json(picture)
      // Nobody is there to be asked.
      expect(code).toBe(3)
      expect(lines).toEqual([
        {
          source: picture,
          error: { code: 'over-limit', message: 'You have reached your monthly limit.', next: 'Raise it in Settings.' }
        }
      ])
    }
    await choose({ monthlyLimitUsd: 0.001, whenLimitReached: 'local' })
    expect(await json(picture)).toMatchObject({
      code: 0,
      lines: [{ offline: true, bytesSent: 0, warnings: [{ code: 'over-limit' }] }]
    })
    expect(server.requests).toEqual([])
  })

  test('holds over several processes, and counts a request whose process was killed', async () => {
    await choose({ monthlyLimitUsd: 0.01, whenLimitReached: 'stop' })
    server.script(() => ({ type: 'stall', when: 'before-headers' }))
    const killed = home.start(['describe', await photo('door.png')])
    await until(() => server.requests.length === 1)
    const second = await json(await photo('house.png', 50))
    expect(second).toMatchObject({ code: 3, lines: [{ error: { code: 'over-limit' } }] })
    killed.child.kill('SIGKILL')
    await until(() => server.requests[0]?.state === 'aborted')
    const estimateUsd = await spentUsd()
    expect(estimateUsd / costUsd).toBeGreaterThan(0.9)
    expect(estimateUsd / costUsd).toBeLessThan(1.2)
    expect((await json(await photo('tree.png', 100))).code).toBe(3)
    expect(server.requests).toHaveLength(1)
  })

  test('holds for pictures that are described side by side', async () => {
    await choose({ monthlyLimitUsd: limitForTwo, whenLimitReached: 'stop' })
    const { code, lines } = await json(await photo('a.png', 1), await photo('b.png', 2), await photo('c.png', 3))
    expect(code).toBe(1)
    expect(lines.filter(({ caption }) => caption === 'A red door.')).toHaveLength(2)
    expect(server.requests).toHaveLength(2)
  })

  test('is asked about at a terminal, once for all pictures', { tags: ['script'] }, async () => {
    await choose({ monthlyLimitUsd: 0.001 })
    const [one, two] = [await photo('a.png', 1), await photo('b.png', 2)]
    const ask = async (keys: string, ...pictures: string[]): Promise<{ code: number | null; seen: string }> => {
      const terminal = startInTerminal([process.execPath, descryProgram, 'describe', ...pictures], home.env)
      terminals.push(terminal)
      await until(() => terminal.seen().includes('Continue anyway? y/N'), { what: 'the question' })
      terminal.type(keys)
      return { code: await terminal.ended, seen: terminal.seen() }
    }
    const [no, interrupted, endOfInput] = await Promise.all([
      ask('n\r', one, two),
      ask('\u0003', one),
      ask('\u0004', one)
    ])
    expect(no.code).toBe(3)
    expect(no.seen).toContain('One picture costs about 0.6 cents.')
    expect(no.seen.split('y/N')).toHaveLength(2)
    expect(interrupted.code).toBe(130)
    expect(endOfInput.code).toBe(3)
    expect(server.requests).toEqual([])
    expect(await ask('y\r', one)).toMatchObject({ code: 0, seen: expect.stringContaining('A red door.') })
    expect(server.requests).toHaveLength(1)
  })

  test('ends a batch with a sentence, which then goes on where it was', async () => {
    const folder = join(home.dir, 'pictures')
    await mkdir(folder)
    for (const number of [1, 2, 3, 4]) await photo(`pictures/${number}.png`, number)
    const out = join(home.dir, 'list.json')
    const batch = (): Promise<{ code: number | null; stderr: string }> =>
      home.descry(['batch', folder, '--out', out, '--yes'])
    const listed = async (): Promise<string[]> =>
      (JSON.parse(await readFile(out, 'utf8')) as { caption?: string; error?: { code: string } }[])
        .map(({ caption, error }) => error?.code ?? caption ?? '')
        .toSorted()

    await choose({ monthlyLimitUsd: limitForTwo })
    const first = await batch()
    expect(first.code).toBe(1)
    expect(first.stderr).toContain('Your monthly limit leaves 1.2 cents. The batch stops there.')
    expect(first.stderr.match(/You have reached your monthly limit\./gu)).toHaveLength(1)
    expect(await listed()).toEqual(['A red door.', 'A red door.', 'over-limit', 'over-limit'])
    expect(await spentUsd()).toBeCloseTo(2 * costUsd, 10)

    await choose({ monthlyLimitUsd: 1 })
    expect((await batch()).code).toBe(0)
    expect(server.requests).toHaveLength(4)
    // What an earlier run paid for is not counted again.
    expect(await spentUsd()).toBeCloseTo(4 * costUsd, 10)
  })
})

describe('a batch and the rest of Descry', () => {
  test('share the limit of the month: what is under way in one counts in the other, and after a kill, too', async () => {
    const folder = join(home.dir, 'pictures')
    await mkdir(folder)
    for (const number of [1, 2, 3, 4]) await photo(`pictures/${number}.png`, number)
    const gate = createGate()
    server.script(() => ({ ...redDoor, gate }))
    await choose({ monthlyLimitUsd: limitForTwo, whenLimitReached: 'stop' })
    const args = ['batch', folder, '--out', join(home.dir, 'list.json'), '--yes']
    const running = home.start(args)
    await until(() => server.requests.length === 2)
    expect(await spentUsd()).toBeCloseTo(2 * costUsd, 3)
    expect((await json(await photo('other.png', 9))).lines).toMatchObject([{ error: { code: 'over-limit' } }])
    running.child.kill('SIGKILL')
    await running.end()
    expect(await spentUsd()).toBeCloseTo(2 * costUsd, 3)
    expect((await home.descry(args)).code).toBe(3)
    expect(server.requests).toHaveLength(2)
  })

  test('asks about what still fits in when one under way has cost nothing', async () => {
    const folder = join(home.dir, 'pictures')
    await mkdir(folder)
    for (const number of [1, 2, 3]) await photo(`pictures/${number}.png`, number)
    server.script([httpError(400, 'content_policy_violation', 'This was flagged.'), redDoor, redDoor])
    await choose({ monthlyLimitUsd: limitForTwo })
    const { stderr } = await home.descry(['batch', folder, '--out', join(home.dir, 'list.json'), '--yes'])
    expect(stderr).toContain('2 of 3 pictures described.')
    expect(server.requests).toHaveLength(3)
    expect(await spentUsd()).toBeCloseTo(2 * costUsd, 8)
  })
})

describe('the fallback in the settings', () => {
  test('answers when the first is down, says so, and is not taken for the first', async () => {
    const picture = await photo('door.png')
    const first = await startModelServer()
    const fallback = { baseUrl: server.baseUrl, model: 'llava' }
    await choose({ baseUrl: first.baseUrl, fallback })
    const env = { OPENAI_BASE_URL: '' }
    const ask = async (...args: string[]): Promise<Record<string, unknown>> => {
      const { stdout } = await home.descry(['describe', '--json', picture, ...args], { env })
      return JSON.parse(stdout) as Record<string, unknown>
    }
    first.script(() => ({ type: 'error', status: 503, error: 'down' }))
    expect(await ask()).toMatchObject({
      caption: 'A red door.',
      provider: new URL(server.baseUrl).host,
      model: 'llava',
      warnings: [{ code: 'provider-down', message: expect.stringMatching(/Using \S+ instead\.$/u) }]
    })
    expect(await ask('--base-url', first.baseUrl)).toMatchObject({ offline: true, provider: null })
    expect(server.requests).toHaveLength(1)
    first.script([])
    expect(await ask()).toMatchObject({ provider: new URL(first.baseUrl).host, cached: false, warnings: [] })
    // What is read on this computer is not saved as a caption.
    expect(await ask('--offline')).toMatchObject({ offline: true, cached: false, provider: null })
    await first.close()
  })
})
