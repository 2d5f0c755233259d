// @module-tag script
// @module-tag pulseaudio
// @module-tag espeak-ng
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCliHome, type CliHome } from '#test/descry.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { answer, startModelServer, type ModelServer } from '#test/model-server.ts'
import { photoPicture } from '#test/pictures.ts'
import { startRecording, type Recording } from '#test/sound.ts'
import { ctrlC, startTalk } from '#test/terminal-talk.ts'

let desktop: Desktop
let home: CliHome
let server: ModelServer
let recording: Recording

beforeAll(async () => {
  desktop = await startDesktop({ display: false, sound: true })
  server = await startModelServer()
  server.script(() => answer('A red door stands open in a white wall. Behind it is a garden with many flowers.'))
  home = await createCliHome(desktop.env)
  const settings = { baseUrl: server.baseUrl, sendingAllowedTo: server.baseUrl, language: 'en', keepCaptions: false }
  await writeFile(join(home.dir, 'settings.json'), JSON.stringify(settings))
  recording = await startRecording(desktop)
})
afterAll(async () => {
  await recording?.end()
  await server?.close()
  await home?.remove()
  await desktop?.end()
})

test('is heard when it is asked for, stops at Ctrl-C, and is silent again', { timeout: 60_000 }, async () => {
  const photo = join(home.dir, 'door.jpg')
  await writeFile(photo, await photoPicture(100, 80))
  const from = performance.now()
  const talk = startTalk([], home.env)
  try {
    await talk.ready()
    await talk.say(photo)
    expect(await talk.say(':voice')).toBe("Descry's voice is off.")
    expect(await talk.say(':voice on')).toBe("Descry's voice is on.")
    expect(recording.firstSoundMs(from)).toBeNull()

    const asked = performance.now()
    expect(await talk.say(':repeat')).toContain('A red door stands open in a white wall.')
    await recording.sound(asked, 15_000)
    // At the prompt, while it speaks.
    talk.terminal.type(ctrlC)
    await talk.sees('Stopped')
    await recording.quiet(500)

    expect(await talk.say(':voice off')).toContain("Descry's voice is off.")
    // What was begun before may still be on its way through the engine and the sound server.
    await recording.quiet(2000)
    const off = performance.now()
    await talk.say(':more')
    expect(await talk.say(':status')).toContain('Voice: ')
    expect(recording.firstSoundMs(off)).toBeNull()
    expect(await talk.leave()).toBe(0)
  } finally {
    await talk.close()
  }
})
