import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createOpenAiModel } from '#adapters/providers/openai.ts'
import { openDatabase, type Database } from '#adapters/database.ts'
import { paths } from '#adapters/paths.ts'
import { serveControlSocket } from '#app/control-socket.ts'
import { leftOut, ok, runChecks, toDo, type Check, type Finding, type Observation } from '#app/doctor/checks.ts'
import { moneyChecks } from '#app/doctor/money-checks.ts'
import { localServersCheck, providerCheck } from '#app/doctor/provider-checks.ts'
import { senseChecks } from '#app/doctor/sense-checks.ts'
import { systemChecks } from '#app/doctor/system-checks.ts'
import { DescryError } from '#shared/errors.ts'
import { defaultSettings, type Settings } from '#shared/settings.ts'
import { createSystemClock } from '#adapters/clock.ts'
import { createFakeVoice } from '#test/fake-voice.ts'
import { startLoopbackServer } from '#test/loopback-server.ts'
import { createMemoryKeyStore } from '#test/memory-key-store.ts'
import { answer, httpErrors, startModelServer, type ModelServer } from '#test/model-server.ts'

const signal = new AbortController().signal
const check = (name: string, run: Check['run'], limitMs = 1000): Check => ({ name, limitMs, run })
async function* seen(...observations: Observation[]): AsyncGenerator<Observation> {
  yield* observations
}
const run = (checks: Check[]): Promise<Finding[]> => runChecks(checks, () => undefined, signal)
const states = (findings: Finding[]): string[] => findings.map(({ state, message }) => `${state}: ${message}`)

describe('the checks', () => {
  it('run one after the other, and report each finding at once', async () => {
    const told: string[] = []
    await runChecks(
      [
        check('first', async function* () {
          yield ok('Well.')
          expect(told).toEqual(['first: Well.'])
        }),
        check('second', () => seen(leftOut('Not now.'), toDo('Broken.', 'Mend it.')))
      ],
      ({ check, message }) => told.push(`${check}: ${message}`),
      signal
    )
    expect(told).toEqual(['first: Well.', 'second: Not now.', 'second: Broken.'])
  })

  it('that fail or hang keep what they found, become something to do, and do not stop the others', async () => {
    const findings = await run([
      check('ours', () => {
        throw new DescryError('no-voice')
      }),
      check('foreign', async function* () {
        yield ok('Half.')
        throw new TypeError('x is not a function')
      }),
      check(
        'hangs',
        async function* () {
          yield ok('Half.')
          await new Promise(() => undefined)
        },
        20
      ),
      check('well', () => seen(ok('Fine.')))
    ])
    expect(findings.map(({ check, state, message }) => [check, state, message])).toEqual([
      ['ours', 'to-do', 'No working voice was found.'],
      ['foreign', 'ok', 'Half.'],
      ['foreign', 'to-do', 'Something went wrong in Descry.'],
      ['hangs', 'ok', 'Half.'],
      ['hangs', 'to-do', 'There was no answer in 0.02 seconds.'],
      ['well', 'ok', 'Fine.']
    ])
  })

  it('end at once when the user stops', async () => {
    const controller = new AbortController()
    const hanging = check('hangs', async function* () {
      controller.abort()
      await new Promise(() => undefined)
      yield ok('Never.')
    })
    await expect(runChecks([hanging], () => undefined, controller.signal)).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('the provider', () => {
  let server: ModelServer
  let folder: string
  let database: Database
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'descry-doctor-'))
    database = openDatabase(join(folder, 'descry.sqlite'))
    server = await startModelServer({
      models: [{ id: 'gpt-4o-mini' }, { id: 'leaving', shutdown_date: '2020-01-01' }, { id: 'gpt-6-luna' }]
    })
  })
  afterAll(async () => {
    await server.close()
    database.close()
    await rm(folder, { recursive: true })
  })

  function tools(baseUrl = server.baseUrl, key: string | null = 'sk-secret') {
    return {
      keys: createMemoryKeyStore(),
      environmentKey: key === null ? null : { key, baseUrl },
      connectVision: (baseUrl: string, apiKey: string | null) => createOpenAiModel({ baseUrl, apiKey }),
      decoder: createCanvasDecoder(),
      clock: createSystemClock(),
      spending: database.spending
    }
  }
  const look = (model: string, maySend = false, baseUrl = server.baseUrl): Promise<Finding[]> =>
    run([providerCheck(tools(baseUrl), { name: 'Provider', baseUrl, model }, { isOffline: false, maySend })])

  it('reports a provider that works, and sends no picture', async () => {
    const before = server.requests.length
    const findings = await look('gpt-6-luna')
    const host = new URL(server.baseUrl).host
    expect(states(findings)).toEqual([
      `ok: OPENAI_API_KEY is used for ${server.baseUrl}.`,
      `ok: ${host} can be reached.`,
      `ok: ${host} offers gpt-6-luna.`,
      'left-out: No picture was sent, because that may cost a little.'
    ])
    expect(server.requests.slice(before).map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v1/models'])
    expect(JSON.stringify(findings)).not.toContain('sk-secret')
  })

  it('reports when the model will be shut down, and what replaces it', async () => {
    expect(states(await look('gpt-4o-mini'))).toContain(
      'ok: gpt-4o-mini will be shut down on 2027-01-14. Descry then uses gpt-6-luna.'
    )
    expect(states(await look('leaving'))).toContain('to-do: leaving will be shut down on 2020-01-01.')
  })

  it('describes the test picture, if the user allows it', async () => {
    server.script([answer('The words Descry 247 and a code.')])
    const findings = await look('gpt-4o-mini', true)
    expect(findings.at(-1)).toMatchObject({
      state: 'ok',
      message: expect.stringMatching(
        /^A test picture was described word by word\. The first word came after [\d.]+ seconds, the last after [\d.]+\. It cost 0\.6 cents\.$/u
      )
    })
    const request = server.requests.at(-1)
    expect(request?.images).toHaveLength(1)
    expect(database.spending.spent().todayUsd).toBeCloseTo(0.0055, 4)
    expect(request?.body).toMatchObject({ model: 'gpt-4o-mini', max_tokens: 300 })
  })

  it('says what to do when the picture is declined', async () => {
    server.script([httpErrors.noCredit])
    expect((await look('gpt-4o-mini', true)).at(-1)).toMatchObject({
      state: 'to-do',
      message: 'Your credit with the provider is used up.',
      next: 'Add credit on its billing page.'
    })
  })

  it('stops when the provider cannot be reached', async () => {
    const gone = await startModelServer()
    await gone.close()
    const findings = await look('gpt-4o-mini', true, gone.baseUrl)
    expect(findings.slice(1)).toMatchObject([
      { state: 'to-do', message: `${new URL(gone.baseUrl).host} cannot be reached.` }
    ])
  })

  it('says where to get a missing key, and mentions a key for another provider', async () => {
    const target = { name: 'Provider', baseUrl: 'https://openrouter.ai/api/v1', model: 'openai/gpt-4o-mini' }
    const options = { isOffline: false, maySend: true }
    const findings = await run([providerCheck(tools('https://api.openai.com/v1'), target, options)])
    expect(findings).toEqual([
      {
        check: 'Provider',
        state: 'to-do',
        message: 'No key for https://openrouter.ai/api/v1 is stored. OPENAI_API_KEY is for https://api.openai.com/v1.',
        next: expect.stringMatching(/openrouter\.ai\/keys.* Then run descry key set\.$/u)
      }
    ])
  })

  it('never sends the key over plain http', async () => {
    expect(states(await look('gpt-4o-mini', true, 'http://provider.example/v1'))).toEqual([
      'ok: OPENAI_API_KEY is used for http://provider.example/v1.',
      'to-do: This address is not encrypted, so the key was not sent.'
    ])
  })

  it('reports a provider that needs a key and got none', async () => {
    const guarded = await startLoopbackServer((_, response) => response.writeHead(401).end('{"error":"unauthorized"}'))
    const baseUrl = `http://127.0.0.1:${guarded.port}/v1`
    const target = { name: 'Provider', baseUrl, model: 'm' }
    const findings = await run([providerCheck(tools('', null), target, { isOffline: false, maySend: false })])
    await guarded.close()
    expect(findings.at(-1)).toMatchObject({
      message: `127.0.0.1:${guarded.port} answers: A key is needed.`,
      next: 'Add it in Settings.'
    })
  })

  it('asks an unusable keychain once, and says what to do', async () => {
    const get = vi.fn(() => Promise.reject(new DescryError('no-permission', { message: 'No keychain.' })))
    const broken = { ...tools('', null), keys: { ...createMemoryKeyStore(), get } }
    const target = { name: 'Provider', baseUrl: 'https://api.openai.com/v1', model: 'gpt-4o-mini' }
    const findings = await run([providerCheck(broken, target, { isOffline: false, maySend: false })])
    expect(states(findings)).toEqual(['to-do: No keychain.'])
    // A locked one takes a minute to give up.
    expect(get).toHaveBeenCalledOnce()
  })

  it('asks only servers on this computer when offline', async () => {
    const asked = async (baseUrl: string): Promise<string[]> => {
      const options = { isOffline: true, maySend: false }
      return states(await run([providerCheck(tools(baseUrl), { name: 'P', baseUrl, model: 'm' }, options)]))
    }
    expect(await asked('https://api.openai.com/v1')).toEqual(['left-out: Not contacted, because of --offline.'])
    expect(await asked(server.baseUrl)).toContain(`ok: ${new URL(server.baseUrl).host} can be reached.`)
  })
})

it('names the servers on this computer with the models that may see pictures', async () => {
  const found = [
    {
      provider: 'ollama' as const,
      baseUrl: 'http://127.0.0.1:11434/v1',
      models: [
        { id: 'gemma3', seesPictures: true },
        { id: 'llama3', seesPictures: false },
        { id: 'new', seesPictures: null }
      ]
    },
    {
      provider: 'ollama' as const,
      baseUrl: 'http://127.0.0.1:11500/v1',
      models: [{ id: 'llava', seesPictures: true }]
    },
    { provider: 'lm-studio' as const, baseUrl: 'http://127.0.0.1:1234/v1', models: [] }
  ]
  expect(states(await run([localServersCheck(() => Promise.resolve(found))]))).toEqual([
    'ok: Ollama is running on this computer at http://127.0.0.1:11434/v1 and offers gemma3 and new.',
    'ok: Ollama is running on this computer at http://127.0.0.1:11500/v1 and offers llava.',
    'ok: LM Studio is running on this computer, but has no model with vision.'
  ])
})

describe('the system', () => {
  let home: string
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'descry-doctor-'))
  })
  afterEach(() => chmod(home, 0o700))
  afterAll(() => rm(home, { recursive: true, force: true }))
  const look = (warning: string | null = null, env: NodeJS.ProcessEnv = {}): Promise<Finding[]> =>
    run(systemChecks({ paths: paths({ DESCRY_HOME: home }) }, warning, env))

  it('is well in a home of its own, and need not run', async () => {
    const findings = await look()
    expect(findings.map(({ check, state }) => `${check}: ${state}`)).toEqual([
      'Program: ok',
      'Settings: ok',
      'Paths: ok',
      'Running Descry: left-out'
    ])
  })

  it('reports damaged settings, and a folder in which others can write', { tags: ['posix'] }, async () => {
    await chmod(home, 0o777)
    expect(states(await look('The settings were damaged.'))).toEqual(
      expect.arrayContaining(['to-do: The settings were damaged.', `to-do: Other users can write to ${home}.`])
    )
  })

  it('asks the running Descry for its status, and warns of Wayland', async () => {
    const { socketPath: path, tokenFile } = paths({ DESCRY_HOME: home })
    await mkdir(home, { recursive: true })
    const socket = await serveControlSocket({
      path,
      tokenFile,
      run: (command) => Promise.resolve({ ok: true, value: { text: `This is ${command}.` } })
    })
    const findings = await look(null, { WAYLAND_DISPLAY: 'wayland-0' })
    await socket.close()
    expect(findings.slice(-2)).toMatchObject([
      { state: 'ok', message: 'Descry is running. This is status.' },
      { state: 'left-out', next: expect.stringContaining('descry screen') }
    ])
  })
})

describe('sending and money', () => {
  const spent = { todayUsd: 0.25, monthUsd: 2, unpricedThisMonth: 1 }
  async function look(settings: Partial<Settings>, home = '/nonexistent'): Promise<Finding[]> {
    const ledger = { expect: vi.fn(), settle: vi.fn(), spent: () => spent }
    const parts = { spending: ledger, paths: paths({ DESCRY_HOME: home }) }
    return run(moneyChecks(parts, { ...defaultSettings, ...settings }))
  }

  it('reports where the app sends, what was spent, and when the limit is reached', async () => {
    expect(states(await look({ sendingAllowedTo: defaultSettings.baseUrl, monthlyLimitUsd: 5 }))).toEqual([
      'ok: The app may send pictures to OpenAI.',
      'ok: Spent 25 cents today and 2 dollars this month, of 5 dollars. The price of 1 answer is not known.'
    ])
    expect(await look({ monthlyLimitUsd: 2 })).toMatchObject([
      { check: 'Sending', state: 'left-out', next: expect.stringContaining('turn sending on') },
      { check: 'Spending', state: 'to-do', next: expect.stringContaining('Raise the limit') }
    ])
  })

  it('reports a damaged database that was set aside', async () => {
    const home = await mkdtemp(join(tmpdir(), 'descry-doctor-'))
    await writeFile(`${paths({ DESCRY_HOME: home }).databaseFile}.damaged`, '')
    expect((await look({}, home)).at(-1)).toMatchObject({ state: 'left-out', next: expect.stringContaining('forget') })
    await rm(home, { recursive: true })
  })
})

describe('voice and reader', () => {
  type Parts = Parameters<typeof senseChecks>[0]
  async function look(name: string, parts: Partial<Parts>, speaker: 'auto' | 'silent' = 'auto'): Promise<Finding[]> {
    const checks = senseChecks(parts as Parts, { speaker, screenshotFolders: null })
    return run(checks.filter((one) => one.name === name))
  }

  it('reports voices that can be heard, none, and none chosen', async () => {
    const voice = createFakeVoice('fake', { isHandDriven: false })
    expect(states(await look('Voices', { voices: [voice] }))).toEqual(['ok: These voices can be heard: fake.'])
    expect((await look('Voices', { voices: [] }))[0]).toMatchObject({
      state: 'to-do',
      message: 'No working voice was found.'
    })
    expect((await look('Voices', { voices: [] }, 'silent'))[0]).toMatchObject({ state: 'left-out' })
  })

  it('reports a screen reader that Descry cannot speak through', async () => {
    const running = (name: string | null) => ({ screenReader: { running: () => Promise.resolve(name) }, readers: [] })
    expect((await look('Screen reader', running(null)))[0]).toMatchObject({ state: 'ok' })
    expect((await look('Screen reader', running('Narrator')))[0]).toMatchObject({
      state: 'to-do',
      message: expect.stringContaining('Narrator')
    })
  })
  it('a shared room is named as the reason for silence; any other needs no words', async () => {
    const silence = (isShared: boolean) =>
      look('Announcements', { presence: { isShared: () => Promise.resolve(isShared) } })
    expect(await silence(false)).toEqual([])
    expect((await silence(true))[0]).toMatchObject({
      state: 'left-out',
      message: 'A microphone or screen sharing is in use, or the screen is locked.'
    })
  })
})
