// @module-tag pulseaudio
import { chmod, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEarconPlayer } from '#adapters/earcon-player.ts'
import type { EarconPlayer } from '#core/ports/speech.ts'
import { earcons, type Earcon } from '#shared/earcons.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { durationMs, startRecording, type Recording } from '#test/sound.ts'

// The system's own players, heard on the null sink of a private desktop.
let desktop: Desktop
let recording: Recording
let player: EarconPlayer

beforeAll(async () => {
  desktop = await startDesktop({ display: false, sound: true })
  process.env.TMPDIR = desktop.home
  recording = await startRecording(desktop)
  player = createEarconPlayer({ platform: 'linux', env: desktop.env })
})
afterAll(() => desktop.end())

const assets = join(import.meta.dirname, '../../assets/earcons')
const lengthMs: Record<Earcon, number> = { captured: 110, ready: 240, working: 60, failed: 340 }
/** A fade is too soft to be found in the recording. */
const fadesMs = 12

/** Resolves with what was heard from the call on, once it has been quiet for a while. */
async function heardOf(call: () => void): Promise<Int16Array> {
  const sinceMs = performance.now()
  call()
  await recording.sound(sinceMs)
  await recording.quiet(250)
  return recording.heard(sinceMs)
}

/** On a machine under load a recording has gaps; it is listened to again then. */
async function listenUntil(isRight: (heard: Int16Array) => boolean, call: () => void, tries = 4): Promise<Int16Array> {
  const heard = await heardOf(call)
  return isRight(heard) || tries <= 1 ? heard : listenUntil(isRight, call, tries - 1)
}

const loudest = (samples: Int16Array): number => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
const isAbout = (heard: Int16Array, expectedMs: number): boolean => Math.abs(durationMs(heard) - expectedMs) < 15

/** An environment in which only these programs are found: real ones by name, or the given scripts. */
async function withPrograms(name: string, programs: Record<string, string | null>): Promise<NodeJS.ProcessEnv> {
  const folder = join(desktop.home, name)
  await mkdir(folder)
  for (const [program, script] of Object.entries(programs)) {
    const path = join(folder, program)
    if (script === null) await symlink(`/usr/bin/${program}`, path)
    else {
      await writeFile(path, `#!/bin/sh\n${script}\n`)
      await chmod(path, 0o700)
    }
  }
  return { ...desktop.env, PATH: folder }
}

describe('the earcon player', () => {
  it.each(earcons)('plays %s from beginning to end', async (earcon) => {
    const expectedMs = lengthMs[earcon] - fadesMs
    const heard = await listenUntil(
      (samples) => isAbout(samples, expectedMs),
      () => player.play(earcon, 100)
    )
    expect(durationMs(heard)).toBeGreaterThan(expectedMs - 15)
    expect(durationMs(heard)).toBeLessThan(expectedMs + 15)
  })

  it('plays at half the level at 50 %, and nothing at 0', async () => {
    const loud = loudest(await heardOf(() => player.play('ready', 100)))
    const soft = loudest(await heardOf(() => player.play('ready', 50)))
    expect(soft / loud).toBeGreaterThan(0.45)
    expect(soft / loud).toBeLessThan(0.55)
    // What is out of range does not distort.
    expect(loudest(await heardOf(() => player.play('ready', 900))) / loud).toBeLessThan(1.05)

    // From two players, because a sound would replace an earlier one of its own player.
    const other = createEarconPlayer({ platform: 'linux', env: desktop.env })
    const heard = await heardOf(() => {
      for (const volume of [NaN, 0, -20]) other.play('failed', volume)
      player.play('working', 100)
    })
    expect(durationMs(heard)).toBeLessThan(lengthMs.working + 15)
    await other.close()
  })

  it('lets a new sound replace the one that is playing', async () => {
    const isReplaced = (heard: Int16Array): boolean => durationMs(heard) < lengthMs.failed - fadesMs - 60
    const heard = await listenUntil(isReplaced, () => {
      const sinceMs = performance.now()
      player.play('failed', 100)
      void recording.sound(sinceMs).then(() => player.play('working', 100))
    })
    expect(isReplaced(heard)).toBe(true)
    expect(durationMs(heard)).toBeGreaterThan(lengthMs.working - fadesMs)
  })

  it('plays the last of many that come at once', async () => {
    const isOne = (heard: Int16Array): boolean => isAbout(heard, lengthMs.ready - fadesMs)
    const heard = await listenUntil(isOne, () => {
      for (const earcon of ['failed', 'captured', 'failed', 'ready'] as const) player.play(earcon, 100)
    })
    expect(isOne(heard)).toBe(true)
  })

  it('tries the next program when one cannot play', async () => {
    const env = await withPrograms('failing', { paplay: 'exit 1', 'pw-play': 'exit 1', aplay: null })
    const falling = createEarconPlayer({ platform: 'linux', env })
    const expectedMs = lengthMs.ready - fadesMs
    const heard = await listenUntil(
      (samples) => isAbout(samples, expectedMs),
      () => falling.play('ready', 100)
    )
    expect(isAbout(heard, expectedMs)).toBe(true)
    await falling.close()
  })

  it('is silent without a player and without a sound server', async () => {
    const sinceMs = performance.now()
    for (const [platform, env] of [
      ['linux', { ...desktop.env, PATH: '/nonexistent' }],
      ['darwin', { ...desktop.env, PATH: '/nonexistent' }],
      ['win32', { ...desktop.env, PATH: '/nonexistent' }],
      ['linux', { ...desktop.env, PULSE_SERVER: 'unix:/nonexistent' }]
    ] as const) {
      const mute = createEarconPlayer({ platform, env })
      for (const earcon of earcons) mute.play(earcon, 100)
      await mute.close()
    }
    expect(recording.firstSoundMs(sinceMs)).toBe(null)
  })

  it('plays a file at the chosen volume on macOS', async () => {
    const kept = join(desktop.home, 'afplay.wav')
    const env = await withPrograms('macos', {
      afplay: `/bin/cat "$1" > '${kept}.new' && /bin/mv '${kept}.new' '${kept}'`
    })
    const macos = createEarconPlayer({ platform: 'darwin', env })
    macos.play('captured', 50)
    await macos.close()
    const samples = async (path: string): Promise<Int16Array> =>
      new Int16Array(new Uint8Array(await readFile(path)).buffer.slice(44))
    const [whole, half] = await Promise.all([samples(join(assets, 'captured.wav')), samples(kept)])
    expect(half.length).toBe(whole.length)
    expect(loudest(half) / loudest(whole)).toBeCloseTo(0.5, 2)
  })

  it('lets the last sound finish when closed, then is silent and leaves nothing behind', async () => {
    const heard = await listenUntil(
      (samples) => isAbout(samples, lengthMs.failed - fadesMs),
      () => {
        const closing = createEarconPlayer({ platform: 'linux', env: desktop.env })
        closing.play('failed', 100)
        void closing.close()
        closing.play('captured', 100)
      }
    )
    expect(isAbout(heard, lengthMs.failed - fadesMs)).toBe(true)
    await player.close()
    expect((await readdir(desktop.home, { recursive: true })).filter((path) => path.includes('sound-'))).toEqual([])
  })
})
