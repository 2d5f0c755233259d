import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createOpenAiBatches } from '#adapters/providers/openai-batches.ts'
import { startBatchServer, type BatchServer } from '#test/batch-server.ts'

let folder: string
let server: BatchServer
const never = new AbortController().signal

beforeEach(async () => {
  server = await startBatchServer()
  folder = await mkdtemp(join(tmpdir(), 'descry-openai-batches-'))
  await writeFile(join(folder, 'requests.jsonl'), '{"custom_id":"a"}\n')
})
afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

function submit(): Promise<string> {
  const path = join(folder, 'requests.jsonl')
  return createOpenAiBatches({ baseUrl: server.baseUrl, apiKey: null }, path).submit(path, 'marker', never)
}

it.each([400, 429])('leaves no pictures at a provider that refuses the batch with %i', async (status) => {
  server.refuseNext(status)
  await expect(submit()).rejects.toMatchObject({ name: 'DescryError' })
  expect([...server.files.keys()]).toEqual([])
})

it('leaves them when there may be a batch', async () => {
  server.loseNextReply()
  await expect(submit()).rejects.toMatchObject({ code: 'provider-down' })
  expect([...server.files.keys()]).toHaveLength(1)
})
