// @module-tag dbus
// @module-tag pulseaudio
// @module-tag festival
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSayVoice } from '#adapters/voices/say.ts'
import { saySystem } from '#adapters/voices/say-systems.ts'
import type { Desktop } from '#test/desktop.ts'
import { hostileCaptions } from '#test/hostile-captions.ts'
import { desktopProcesses, killOwn, ownProcesses, startSoundDesktop } from '#test/sound-desktop.ts'
import type { Recording } from '#test/sound.ts'
import { describeVoiceContract, listen, utterance } from './voice-contract.ts'

// The real engine, heard on the null sink of a private desktop.
let desktop: Desktop
let recording: Recording

beforeAll(async () => {
  ;({ desktop, recording } = await startSoundDesktop())
})
afterAll(() => desktop.end())

describeVoiceContract('say', {
  create: createSayVoice,
  recording: () => recording,
  killEngine: () => killOwn('festival')
})

test('reads hostile captions aloud as text', async () => {
  const canary = `/tmp/c${process.pid}`
  const sinceMs = performance.now()
  // Raw on purpose: a voice must be safe by itself. All at once, to save time.
  const spokenMs = await Promise.all(
    [0, 1, 3]
      .flatMap((index) => hostileCaptions(canary)[index] ?? [])
      .map(async (caption) => {
        const voice = createSayVoice()
        expect(await listen(voice, utterance(caption)).over, caption).toEqual({ type: 'ended' })
        return performance.now() - sinceMs
      })
  )
  expect(recording.firstSoundMs(sinceMs)).not.toBe(null)
  // Each was played to its end: refused or taken for commands, it would have been over at once.
  expect(Math.min(...spokenMs)).toBeGreaterThan(200)
  expect(existsSync(canary)).toBe(false)
})

test('stopping Festival leaves no player, no sound and no sound file behind', async () => {
  const voice = createSayVoice()
  const sinceMs = performance.now()
  const { over } = listen(voice, utterance('This is a long sentence that nobody wants to hear to its very end at all.'))
  await recording.sound(sinceMs)
  const [pid] = ownProcesses('festival')
  const stoppedMs = performance.now()
  voice.stop()
  expect(await over).toEqual({ type: 'stopped' })
  expect(desktopProcesses(desktop, 'aplay')).toEqual([])
  expect(desktopProcesses(desktop, 'festival')).toEqual([])
  expect(existsSync(`/tmp/audiofile_${String(pid).padStart(5, '0')}`)).toBe(false)
  await recording.quiet(200)
  expect((recording.lastSoundMs(stoppedMs) ?? stoppedMs) - stoppedMs).toBeLessThan(500)
})

test('fails its check without a sound server', async () => {
  const { PULSE_SERVER } = process.env
  process.env.PULSE_SERVER = 'unix:/nonexistent'
  const voice = createSayVoice()
  expect(await voice.check()).toBe(false)
  await voice.close()
  process.env.PULSE_SERVER = PULSE_SERVER
})

test('a missing festival fails the check and kills no other process', async () => {
  const { PATH } = process.env
  process.env.PATH = '/nonexistent'
  const voice = createSayVoice()
  expect(await voice.check()).toBe(false)
  expect((await listen(voice, utterance('Hello.')).over).type).toBe('failed')
  await voice.close()
  process.env.PATH = PATH
})

test('text for macOS cannot become an option or a synthesizer command', () => {
  const clean = (text: string, volumePercent: number, pitchPercent = 50) =>
    saySystem('darwin')?.clean({ text, volumePercent, pitchPercent })
  expect(clean('-o /tmp/x --data [[volm 0]] "hello"\u0000', 100)).toBe('o /tmp/x --data volm 0 hello')
  expect(clean('Hello', 50)).toBe('[[volm 0.50]] Hello')
  expect(clean('Hello', 100, 0)).toBe('[[pbas -12]] Hello')
  expect(clean('Hello', 0, 9999)).toBe('[[volm 0.00]] [[pbas +12]] Hello')
  expect(clean('"\\"', 50)).toBe('')
})

test('on macOS only voices that say itself lists are passed to it', async () => {
  const folder = await mkdtemp(join(desktop.home, 'say-'))
  const spoken = join(folder, 'spoken')
  // Plays macOS' program: lists voices, and writes down what it was started with.
  const program = `#!/bin/sh
if [ "$2" = "?" ]; then
  echo "Bad News            en_US    # The light you see is the headlight of a fast approaching train."
  echo "Eddy (German (Germany)) de_DE    # Hallo! Ich heiße Eddy."
else
  printf '%s|' "$@" >> ${spoken}
fi
`
  await writeFile(join(folder, 'say'), program, { mode: 0o755 })
  const { PATH } = process.env
  process.env.PATH = `${folder}:${PATH}`
  const voice = createSayVoice('darwin')
  expect(await voice.list()).toEqual([
    { id: 'Bad News', name: 'Bad News', language: 'en-US' },
    { id: 'Eddy (German (Germany))', name: 'Eddy (German (Germany))', language: 'de-DE' }
  ])
  for (const id of ['Eddy (German (Germany))', '--file=/etc/passwd']) {
    expect(await listen(voice, utterance('Hallo.', { voice: id, rateWpm: 175 })).over).toEqual({ type: 'ended' })
  }
  process.env.PATH = PATH
  expect(await readFile(spoken, 'utf8')).toBe('-v|Eddy (German (Germany))|Hallo.|-r|175|Hallo.|-r|175|')
})
