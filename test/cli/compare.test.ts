import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createCliHome, type CliHome } from '#test/descry.ts'
import { answer, createGate, httpErrors, startModelServer, type ModelServer } from '#test/model-server.ts'
import { photoPicture } from '#test/pictures.ts'
import { until } from '#test/process.ts'

let home: CliHome
let server: ModelServer
let other: ModelServer
let online: NodeJS.ProcessEnv
let photo: string

const bicycle = 'A red bicycle leans against a wall. Two flowers are in the basket.'
const bike = 'A bicycle leans against a wall. Three flowers are in the basket.'

beforeAll(async () => {
  home = await createCliHome()
  ;[server, other] = await Promise.all([startModelServer(), startModelServer()])
  online = { OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: 'sk-first' }
  photo = join(home.dir, 'photo.jpg')
  await writeFile(photo, await photoPicture(300, 200))
})
afterAll(async () => {
  await Promise.all([server.close(), other.close()])
  await home.remove()
})
beforeEach(() => {
  for (const one of [server, other]) {
    one.requests.length = 0
    one.script([])
  }
})

describe('compare --json', () => {
  test('asks all models of a picture at once, each with the key of its own address, and lines up what they say', async () => {
    // Nobody gets an answer before both have asked.
    const gate = createGate()
    server.script(() => answer(bicycle, { gate }))
    other.script(() => answer(bike, { gate }))
    const models = `gpt-4o-mini,${other.baseUrl}#gemma3`
    const running = home.descry(['compare', photo, '--models', models, '--lang', 'en', '--json'], { env: online })
    await until(() => server.requests.length + other.requests.length === 2, { what: 'two requests at once' })
    gate.open()

    const { code, stdout, stderr } = await running
    expect(code).toBe(0)
    expect(stderr).toContain('This costs about 0.')
    const ms = expect.any(Number) as number
    expect(JSON.parse(stdout)).toEqual({
      source: photo,
      models: [
        {
          name: 'gpt-4o-mini',
          model: 'gpt-4o-mini',
          provider: new URL(server.baseUrl).host,
          caption: bicycle,
          firstTokenMs: ms,
          requestMs: ms,
          usage: { inputTokens: 36_835, outputTokens: expect.any(Number) as number },
          costUsd: expect.closeTo(0.0055, 3) as number,
          warnings: [],
          error: null
        },
        {
          name: 'gemma3',
          model: 'gemma3',
          provider: new URL(other.baseUrl).host,
          caption: bike,
          firstTokenMs: ms,
          requestMs: ms,
          usage: { inputTokens: 36_835, outputTokens: expect.any(Number) as number },
          costUsd: null,
          warnings: [],
          error: null
        }
      ],
      agreement: [{ first: 'gpt-4o-mini', second: 'gemma3', share: 0.4 }],
      text: [
        {
          first: 'gpt-4o-mini',
          second: 'gemma3',
          both: ['A bicycle leans against a wall.'],
          different: [{ first: 'Two flowers are in the basket.', second: 'Three flowers are in the basket.' }],
          onlyFirst: ['A red bicycle leans against a wall.'],
          onlySecond: []
        }
      ]
    })
    expect(server.requests[0]?.headers.authorization).toBe('Bearer sk-first')
    expect(other.requests[0]?.headers.authorization ?? '').not.toContain('sk-first')
  })

  test('what was said before is asked again', async () => {
    const args = ['compare', photo, '--models', 'gpt-4o-mini,gemma3', '--json']
    await home.descry(args, { env: online })
    await home.descry(args, { env: online })
    expect(server.requests).toHaveLength(4)
  })
})

describe('failures', () => {
  test('one model that fails is a line among the others, and exit code 1', async () => {
    server.script((request) => (request.body.model === 'gone' ? httpErrors.modelGone : answer(bicycle)))
    const { code, stdout } = await home.descry(['compare', photo, '--models', 'gone,one,two'], { env: online })
    expect(code).toBe(1)
    expect(stdout).toContain('gone failed: This model is no longer available.')
    expect(stdout).toContain('one and two agree on 100% of what they say.\nBoth say:\nA red bicycle')
  })

  test('a picture that is none does not stop the others', async () => {
    const missing = join(home.dir, 'missing.jpg')
    const { code, stdout } = await home.descry(['compare', missing, photo, '--models', 'one,two', '--json'], {
      env: online
    })
    expect(code).toBe(1)
    const [first, second] = stdout.split('\n').slice(0, 2)
    expect(JSON.parse(first ?? '')).toMatchObject({ source: missing, error: { code: 'not-found' } })
    expect(JSON.parse(second ?? '')).toMatchObject({ source: photo, models: [{ error: null }, { error: null }] })
  })

  test('when nobody answers, it is exit code 3', async () => {
    const { code, stdout } = await home.descry(['compare', photo, '--models', 'gpt-4o-mini,gpt-4o'])
    expect({ code, stdout }).toMatchObject({ code: 3, stdout: expect.stringContaining('A key is needed.') as string })
  })

  test.each([
    ['one model', ['--models', 'gpt-4o-mini']],
    ['the same model twice', ['--models', 'gpt-4o-mini, gpt-4o-mini']],
    ['no address', ['--models', 'gpt-4o-mini,localhost#gemma3']]
  ])('%s is a usage error', async (_what, args) => {
    expect(await home.descry(['compare', photo, ...args], { env: online })).toMatchObject({ code: 2, stdout: '' })
    expect(server.requests).toHaveLength(0)
  })

  test('above ten cents nothing is sent without a yes', async () => {
    const args = ['compare', ...Array.from({ length: 50 }, () => photo), '--models', 'gpt-4o-mini,claude-opus-5']
    const { code, stderr } = await home.descry(args, { env: online })
    expect({ code, stderr }).toMatchObject({ code: 3, stderr: expect.stringContaining('Add --yes') as string })
    expect(server.requests).toHaveLength(0)
  })

  test('Ctrl-C aborts all requests', { tags: ['posix'] }, async () => {
    const gate = createGate()
    server.script(() => answer(bicycle, { gate }))
    const running = home.start(['compare', photo, '--models', 'one,two'], online)
    await until(() => server.requests.length === 2, { what: 'two requests' })
    running.child.kill('SIGINT')
    await until(() => running.child.exitCode !== null, { what: 'the end' })
    expect(running.child.exitCode).toBe(130)
    await until(() => server.requests.every(({ state }) => state === 'aborted'), { what: 'aborted requests' })
  })
})

test('text reads well aloud, and the page is a table that runs nothing', async () => {
  server.script((request) => answer(request.body.model === 'one' ? bicycle : `${bike} It reads "3 < 5 & 6".`))
  const page = join(home.dir, 'page.html')
  const { code, stdout } = await home.descry(
    ['compare', photo, '--models', 'one,two', '--lang', 'en', '--html', page],
    {
      env: online
    }
  )
  expect(code).toBe(0)
  expect(stdout.replace(/[\d.]+ seconds/gu, 'N seconds').replace(/\d+ received/gu, 'N received')).toBe(`${photo}

one:
${bicycle}
First word after N seconds, finished after N seconds.
36835 tokens sent, N received.
Cost: unknown.

two:
${bike} It reads "3 < 5 & 6".
First word after N seconds, finished after N seconds.
36835 tokens sent, N received.
Cost: unknown.

one and two agree on 33% of what they say.
Both say:
A bicycle leans against a wall.
Worded differently:
one: Two flowers are in the basket.
two: Three flowers are in the basket.
Only one:
A red bicycle leans against a wall.
Only two:
It reads "3 < 5 & 6".

`)
  const html = await readFile(page, 'utf8')
  expect(html).toContain('<caption>What each model says about')
  expect(html.match(/<th scope="(?:col|row)">/gu)).toHaveLength(9)
  expect(html).toContain('It reads &#34;3 &#60; 5 &#38; 6&#34;.')
  expect(html).not.toContain('<script')
})
