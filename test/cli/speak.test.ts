// @module-tag pulseaudio
// @module-tag espeak-ng
import { once } from 'node:events'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCliHome, type CliHome } from '#test/descry.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { answer, createGate, httpErrors, startModelServer, type ModelServer } from '#test/model-server.ts'
import { photoPicture } from '#test/pictures.ts'
import { until } from '#test/process.ts'
import { startRecording, type Recording } from '#test/sound.ts'

let desktop: Desktop
let home: CliHome
let server: ModelServer
let recording: Recording
let picture: string

beforeAll(async () => {
  desktop = await startDesktop({ display: false, sound: true })
  server = await startModelServer()
  home = await createCliHome({ ...desktop.env, OPENAI_BASE_URL: server.baseUrl })
  picture = join(home.dir, 'door.jpg')
  await writeFile(picture, await photoPicture(100, 80))
  // Fast speech keeps the tests short.
  await writeFile(join(home.dir, 'settings.json'), JSON.stringify({ rateWpm: 400 }))
  recording = await startRecording(desktop)
})
afterAll(async () => {
  await recording?.end()
  await server?.close()
  await home?.remove()
  await desktop?.end()
})

describe('--speak', () => {
  test('speaks the first sentence while the rest is still to come, and returns when speech has ended', async () => {
    const gate = createGate()
    const first = 'A red door stands open in a white wall.'
    server.script([{ type: 'answer', chunks: [first, ' Behind it', ' is a garden.\nTags: door'], gate }])
    const from = performance.now()
    const running = home.start(['describe', '--speak', '--lang', 'en', picture])
    let stdout = ''
    running.child.stdout?.on('data', (chunk) => (stdout += String(chunk)))
    const ended = once(running.child, 'close')
    // The second chunk shows that the first sentence is over; the third is held back.
    gate.release(2)
    await recording.sound(from, 15_000)
    expect(stdout).not.toContain('garden')
    await recording.quiet(300)
    // Half a second at least: a sentence, not a click.
    expect(recording.heard(from).length).toBeGreaterThan(11_000)
    gate.open()
    const garden = performance.now()
    expect(await ended).toEqual([0, null])
    const endedAt = performance.now()
    expect(stdout).toBe(`${first} Behind it is a garden.\n`)
    // Not before the second sentence was heard to its end.
    expect(recording.firstSoundMs(garden)).toBeLessThan(endedAt)
    expect(recording.lastSoundMs(garden)).toBeLessThan(endedAt + 150)
  })

  test('Ctrl-C silences and ends it within a fraction of a second', async () => {
    const sentences = Array.from({ length: 20 }, (_, number) => `Word ${number} comes out of here. `)
    server.script([answer(`${sentences.join('')}\nTags: none`)])
    const from = performance.now()
    const running = home.start(['describe', '--speak', picture])
    const ended = once(running.child, 'close')
    await recording.sound(from, 15_000)
    const pressed = performance.now()
    running.child.kill('SIGINT')
    expect(await ended).toEqual([130, null])
    const silentSince = await recording.quiet(500)
    expect(silentSince - pressed).toBeLessThan(500)
  })

  test('a voice that fails prints a warning and does not change the exit code', async () => {
    // No sound server, no speech-dispatcher and no engine to be found.
    const mute = await createCliHome({ OPENAI_BASE_URL: server.baseUrl, PATH: '/nonexistent' })
    const { code, stdout, stderr } = await mute.descry(['describe', '--speak', picture])
    expect({ code, stdout: stdout !== '', stderr }).toEqual({
      code: 0,
      stdout: true,
      stderr: 'No working voice was found. Install espeak-ng, or check your sound output.\n'
    })
    await mute.remove()
  })

  test('a batch says at once that it waits for the provider for more than a minute', async () => {
    server.script(() => httpErrors.rateLimited('120'))
    const folder = join(home.dir, 'pictures')
    await mkdir(folder, { recursive: true })
    await copyFile(picture, join(folder, 'door.jpg'))
    const asked = server.requests.length
    const running = home.start(['batch', folder, '--out', join(home.dir, 'list.json'), '--yes', '--speak'])
    let stderr = ''
    running.child.stderr?.on('data', (chunk) => (stderr += String(chunk)))
    const ended = once(running.child, 'close')
    await until(() => stderr.includes('Waiting 2 minutes for the provider.'), { what: 'the wait' })
    // Sound left over from the previous test does not count.
    await recording.sound(performance.now(), 15_000)
    expect(server.requests).toHaveLength(asked + 1)
    running.child.kill('SIGINT')
    expect(await ended).toEqual([130, null])
  })

  test('failures are heard as well as shown', async () => {
    const from = performance.now()
    expect(await home.descry(['describe', '--speak', '--lang', 'en', join(home.dir, 'none.png')])).toMatchObject({
      code: 3
    })
    expect(recording.heard(from).length).toBeGreaterThan(11_000)
  })
})
