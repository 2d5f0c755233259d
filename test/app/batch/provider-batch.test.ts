import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createOpenAiBatches } from '#adapters/providers/openai-batches.ts'
import type { Outcome } from '#app/batch/types.ts'
import { decideSpending } from '#core/spending/limit.ts'
import { createDependencies, type Dependencies } from '#app/dependencies.ts'
import { estimateCostUsd } from '#core/spending/estimate.ts'
import { batchAnswer, startBatchServer, type BatchServer } from '#test/batch-server.ts'
import { describeFolder } from '#test/folder-batch.ts'
import { font } from '#test/fonts.ts'

let dir: string
let server: BatchServer
let notes: string[]
let parts: Dependencies

beforeEach(async () => {
  server = await startBatchServer()
  notes = []
  dir = await mkdtemp(join(tmpdir(), 'descry-batches-'))
  parts = createDependencies({ DESCRY_HOME: dir })
  await mkdir(join(dir, 'in'))
  for (const name of ['a', 'b', 'c']) {
    const canvas = createCanvas(120, 60)
    const context = canvas.getContext('2d')
    context.fillStyle = '#fff'
    context.fillRect(0, 0, 120, 60)
    context.fillStyle = '#000'
    context.font = font(30)
    context.fillText(name.repeat(5), 10, 40)
    await writeFile(join(dir, 'in', `${name}.png`), await canvas.encode('png'))
  }
})
afterEach(async () => {
  await server.close()
  await rm(dir, { recursive: true, force: true })
})

async function batch({
  maxRequests = 100,
  monthlyLimitUsd = null as number | null,
  isLive = false,
  language = 'en'
} = {}): Promise<Outcome[]> {
  const limits = { maxBytes: 1_000_000, maxRequests, firstPollMs: 5, maxPollMs: 10 }
  const { baseUrl } = server
  return describeFolder(parts, {
    folder: join(dir, 'in'),
    journal: join(dir, 'list.journal'),
    baseUrl,
    options: { language },
    maySpend: (estimateUsd) =>
      decideSpending({ monthlyLimitUsd, whenLimitReached: 'ask' }, parts.spending.spent(), estimateUsd) === 'send',
    providerBatches: isLive
      ? null
      : createOpenAiBatches({ baseUrl, apiKey: null }, join(dir, 'requests.jsonl'), limits),
    onNote: (note) => notes.push(note)
  })
}

const said = (outcomes: Outcome[]): string[] =>
  outcomes.map((outcome) => (outcome.type === 'described' ? outcome.description.caption : outcome.failure.code))

it('hands in what the describer would ask, and reads the answers as it would, at half the price', async () => {
  server.plan((requests) => ({
    status: 'completed',
    // In any order, as providers do.
    answers: requests.toReversed().map((one) => batchAnswer(one, `**Number ${requests.indexOf(one)}.**\nTags: x, y`))
  }))
  const outcomes = await batch()
  expect(said(outcomes)).toEqual(['Number 0.', 'Number 1.', 'Number 2.'])
  const [first] = outcomes
  if (first?.type !== 'described') throw new Error('not described')
  const costUsd = ((1000 * 0.15 + 100 * 0.6) / 1e6) * 0.5
  expect(first.description).toMatchObject({ tags: ['x', 'y'], costUsd })
  expect(parts.spending.spent().monthUsd).toBeCloseTo(3 * costUsd, 10)
  const [request] = server.made[0] ?? []
  expect(request).toMatchObject({ method: 'POST', url: '/v1/chat/completions' })
  expect(request?.body).toMatchObject({ model: 'gpt-4o-mini', messages: [{ role: 'system' }, { role: 'user' }] })
  expect(request?.body).not.toHaveProperty('stream')
  expect(JSON.stringify(request?.body)).toContain('data:image/jpeg;base64,')
  expect(await readdir(dir)).not.toContain('requests.jsonl')
  expect([...server.files.keys()]).toEqual([])
  // All is known now, and not counted again.
  expect(said(await batch())).toEqual(['Number 0.', 'Number 1.', 'Number 2.'])
  expect(server.made).toHaveLength(1)
  expect(parts.spending.spent().monthUsd).toBeCloseTo(3 * costUsd, 10)
})

it('hands in no blank and no broken picture, and keeps what became of them', async () => {
  await writeFile(join(dir, 'in', 'a.png'), await createCanvas(120, 60).encode('png'))
  await writeFile(join(dir, 'in', 'b.png'), (await readFile(join(dir, 'in', 'b.png'))).subarray(0, 40))
  expect(said(await batch())).toEqual([expect.stringContaining('blank'), 'bad-image', 'Picture.'])
  expect(server.made.map(({ length }) => length)).toEqual([1])
})

it("hands in no more than the month's limit allows at half the price, what is under way included", async () => {
  // Each is estimated at 0.073 cents.
  expect(said(await batch({ monthlyLimitUsd: 0.0015 }))).toEqual(['Picture.', 'Picture.', 'over-limit'])
  expect(server.made.map(({ length }) => length)).toEqual([2])
})

it('counts what is handed in at its estimate, and at its price once a later run has collected it', async () => {
  server.cutNextDownload()
  await expect(batch()).rejects.toMatchObject({ code: 'provider-down' })
  const estimateUsd = (estimateCostUsd('gpt-4o-mini', server.baseUrl, { width: 120, height: 60 }, 'standard') ?? 0) / 2
  expect(parts.spending.spent().monthUsd).toBeCloseTo(3 * estimateUsd, 8)
  parts = createDependencies({ DESCRY_HOME: dir })
  await batch()
  expect(parts.spending.spent().monthUsd).toBeCloseTo((3 * (1000 * 0.15 + 100 * 0.6) * 0.5) / 1e6, 10)
})

it('counts nothing for a batch that was never made', async () => {
  server.refuseNext('cut')
  await expect(batch()).rejects.toMatchObject({ code: 'provider-down' })
  expect(parts.spending.spent().monthUsd).toBeGreaterThan(0.002)
  server.plan(() => ({ status: 'failed', messages: ['The file is too large.'] }))
  await batch()
  expect(parts.spending.spent().monthUsd).toBe(0)
})

it('splits what is too much for one batch', async () => {
  expect(said(await batch({ maxRequests: 2 }))).toEqual(['Picture.', 'Picture.', 'Picture.'])
  expect(server.made.map(({ length }) => length)).toEqual([2, 1])
})

it('keeps what came of a batch that expired, and hands in the rest the next time', async () => {
  server.plan(([one, two, ...others]) => ({
    status: 'expired',
    answers: one ? [batchAnswer(one, 'The first.\nTags: a')] : [],
    errors: [
      { custom_id: two?.custom_id, response: { status_code: 400, body: { error: { message: 'Bad.' } } }, error: null },
      ...others.map(({ custom_id }) => ({ custom_id, response: null, error: { code: 'batch_expired', message: '' } }))
    ]
  }))
  expect(said(await batch())).toEqual(['The first.', 'bad-answer', 'timed-out'])
  server.plan((requests) => ({
    status: 'completed',
    answers: requests.map((one) => batchAnswer(one, 'Later.\nTags: a'))
  }))
  expect(said(await batch())).toEqual(['The first.', 'Later.', 'Later.'])
  expect(server.made.map(({ length }) => length)).toEqual([3, 2])
})

it('says why a whole batch failed', async () => {
  server.plan(() => ({ status: 'failed', messages: ['The file is too large.'] }))
  expect(said(await batch())).toEqual(['bad-answer', 'bad-answer', 'bad-answer'])
  expect(notes.join('\n')).toContain('The file is too large.')
})

it('finds a batch again whose id it never heard', async () => {
  server.loseNextReply()
  await expect(batch()).rejects.toMatchObject({ code: 'provider-down' })
  expect(said(await batch())).toEqual(['Picture.', 'Picture.', 'Picture.'])
  expect(server.made).toHaveLength(1)
})

it('hands in a picture with two names once, and one that is renamed and touched meanwhile not again', async () => {
  await copyFile(join(dir, 'in', 'a.png'), join(dir, 'in', 'd.png'))
  server.loseNextReply()
  await expect(batch()).rejects.toMatchObject({ code: 'provider-down' })
  await rename(join(dir, 'in', 'b.png'), join(dir, 'in', 'other.png'))
  await utimes(join(dir, 'in', 'c.png'), new Date(), new Date())
  server.plan((requests) => ({
    status: 'completed',
    answers: requests.map((one) => batchAnswer(one, `Number ${requests.indexOf(one)}.`))
  }))
  expect(said(await batch())).toEqual(['Number 0.', 'Number 2.', 'Number 0.', 'Number 1.'])
  expect(server.made.map(({ length }) => length)).toEqual([3])
})

it('hands in less at a time where the provider queues no more', async () => {
  server.plan((requests) =>
    requests.length > 1
      ? { status: 'failed', messages: ['Enqueued token limit reached.'], code: 'token_limit_exceeded' }
      : { status: 'completed', answers: requests.map((one) => batchAnswer(one, 'One at a time.')) }
  )
  expect(said(await batch())).toEqual(['One at a time.', 'One at a time.', 'One at a time.'])
  expect(server.made.map(({ length }) => length)).toEqual([3, 2, 1, 1, 1])
  expect([...server.files.keys()]).toEqual([])
})

it('collects again what was cut on its way', async () => {
  server.cutNextDownload()
  await expect(batch()).rejects.toMatchObject({ code: 'provider-down' })
  expect(said(await batch())).toEqual(['Picture.', 'Picture.', 'Picture.'])
  expect(server.made).toHaveLength(1)
  expect([...server.files.keys()]).toEqual([])
})

it('deletes what was uploaded for a batch that never was', async () => {
  server.refuseNext('cut')
  await expect(batch()).rejects.toMatchObject({ code: 'provider-down' })
  expect([...server.files.keys()]).toHaveLength(1)
  await batch()
  expect(server.made).toHaveLength(1)
  expect([...server.files.keys()]).toEqual([])
})

it('says that a provider takes no batches', async () => {
  server.refuseNext(404)
  await expect(batch()).rejects.toMatchObject({ message: 'This provider does not support batches.' })
  expect([...server.files.keys()]).toEqual([])
  // Nor does that keep anybody from asking one by one.
  expect(await batch({ isLive: true })).toHaveLength(3)
})

it('pays for nothing one by one that is under way as a batch', async () => {
  server.loseNextReply()
  await expect(batch()).rejects.toMatchObject({ code: 'provider-down' })
  await expect(batch({ isLive: true })).rejects.toMatchObject({
    next: expect.stringContaining('--api batch') as string
  })
})

it('leaves alone what is under way in another language', async () => {
  server.loseNextReply()
  await expect(batch({ language: 'de' })).rejects.toMatchObject({ code: 'provider-down' })
  expect(said(await batch())).toEqual(['Picture.', 'Picture.', 'Picture.'])
  expect(server.made).toHaveLength(2)
  expect(said(await batch({ language: 'de' }))).toEqual(['Picture.', 'Picture.', 'Picture.'])
  expect(server.made).toHaveLength(2)
})
