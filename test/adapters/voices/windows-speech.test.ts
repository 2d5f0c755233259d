import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWindowsSpeechVoice } from '#adapters/voices/windows-speech.ts'
import { encodedPowerShell } from '#adapters/programs/windows-programs.ts'
import { windowsSpeechScript } from '#adapters/voices/windows-speech-helper.ts'
import { hostileCaptions } from '#test/hostile-captions.ts'
import { describeVoiceContract, listen, utterance } from './voice-contract.ts'

// Windows' speech itself cannot run here: the helper is played by a script that speaks the same lines.
const script = fileURLToPath(new URL('../../support/speech-helper.mjs', import.meta.url))
let folder: string
let helper: ChildProcess
let starts = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-speech-helper-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function create() {
  return createWindowsSpeechVoice(() => {
    starts += 1
    helper = spawn(process.execPath, [script, join(folder, 'spoken')], { stdio: ['pipe', 'pipe', 'ignore'] })
    return helper
  })
}

describeVoiceContract('Windows speech', { create, killEngine: () => void helper.kill('SIGKILL'), hasVoices: true })

test('one helper takes every utterance, whole and as data', async () => {
  const voice = create()
  await rm(join(folder, 'spoken'), { force: true })
  starts = 0
  const texts = [...hostileCaptions('/canary'), 'Größe: 49,90 €, 你好。']
  for (const text of texts)
    expect(await listen(voice, utterance(text, { language: 'de-DE' })).over).toEqual({ type: 'ended' })
  const hedda = { voice: 'Microsoft Hedda Desktop', pitchPercent: 75 }
  await listen(voice, utterance('Gut.', hedda)).over
  await listen(voice, utterance('Gut.', { voice: 'a voice it does not have', pitchPercent: 0 })).over
  texts.push('Gut.', 'Gut.')
  const lines = (await readFile(join(folder, 'spoken'), 'utf8')).trim().split('\n')
  expect(lines.map((line) => (JSON.parse(line) as { text: string }).text)).toEqual(texts)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    rate: '8',
    volume: '100',
    pitch: '0',
    language: 'de-de',
    voice: null
  })
  expect(JSON.parse(lines.at(-2) ?? '')).toMatchObject({ pitch: '25', voice: 'Microsoft Hedda Desktop' })
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ pitch: '-50', voice: null })
  expect(starts).toBe(1)
  await voice.close()
  expect(helper.exitCode).toBe(0)
})

test('a missing PowerShell fails the check', async () => {
  const voice = createWindowsSpeechVoice(() =>
    spawn('descry-no-such-program', [], { stdio: ['pipe', 'pipe', 'ignore'] })
  )
  expect(await voice.check()).toBe(false)
  expect((await listen(voice, utterance('Hello.')).over).type).toBe('failed')
  await voice.close()
})

test('the script is passed to PowerShell as one constant argument that fits a command line', () => {
  const args = encodedPowerShell(windowsSpeechScript)
  expect(args.join(' ').length).toBeLessThan(32_000)
  expect(Buffer.from(args.at(-1) ?? '', 'base64').toString('utf16le')).toContain(windowsSpeechScript)
})
