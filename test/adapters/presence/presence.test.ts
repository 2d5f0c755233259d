// @module-tag pulseaudio
// @module-tag python3
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { hasListener, recordingPids } from '#adapters/presence/mac-and-windows.ts'
import { createPresence } from '#adapters/presence/presence.ts'
import type { Presence } from '#core/ports/speech.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { until, type Running } from '#test/process.ts'

/** On a busy machine a program takes longer to start than a user would wait for. */
const timeoutMs = 10_000

let desktop: Desktop
let presence: Presence
let running: Running[] = []

beforeAll(async () => {
  desktop = await startDesktop({ display: false, sound: true })
  await desktop.run('pactl', ['load-module', 'module-null-source', 'source_name=microphone'])
  presence = createPresence('linux', desktop.env, timeoutMs)
})
afterEach(async () => {
  for (const one of running) await one.end()
  running = []
  await desktop.run('pactl', ['unload-module', 'module-loopback'])
  await until(async () => (await recordings()) === 0, { what: 'the end of recording' })
})
afterAll(() => desktop.end())

async function recordings(): Promise<number> {
  const { stdout } = await desktop.run('pactl', ['list', 'short', 'source-outputs'])
  return stdout.toString().split('\n').length - 1
}

async function record(command: string, args: string[]): Promise<Running> {
  const before = await recordings()
  const recorder = desktop.start(command, args)
  running.push(recorder)
  await until(async () => (await recordings()) > before, { what: command })
  return recorder
}

/** A program that prints or hangs in the place of a system's own. */
async function standIn(name: string, script: string): Promise<string> {
  const folder = join(desktop.home, 'stand-ins', name.replace(/\W/gu, '-'))
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`)
  await chmod(join(folder, name), 0o755)
  return folder
}

describe('the microphone on Linux', () => {
  test('is in use while a program records from it', async () => {
    expect(await presence.isShared()).toBe(false)
    const recorder = await record('parec', ['--device=microphone', '/dev/null'])
    expect(await presence.isShared()).toBe(true)
    await recorder.end()
    await until(async () => (await recordings()) === 0)
    expect(await presence.isShared()).toBe(false)
  })

  test('is not in use when a program records what the computer plays', async () => {
    await record('parec', ['--device=null.monitor', '/dev/null'])
    expect(await presence.isShared()).toBe(false)
    await record('parec', ['--device=microphone', '/dev/null'])
    expect(await presence.isShared()).toBe(true)
  })

  test.each(['corked', 'level-meter'])('is not in use for a %s stream', async (kind) => {
    const script = join(import.meta.dirname, '../../support/record.py')
    await record('/usr/bin/python3', [script, 'microphone', kind])
    expect(await presence.isShared()).toBe(false)
  })

  test("does not count for the sound server's own loopback", async () => {
    await desktop.run('pactl', ['load-module', 'module-loopback', 'source=microphone', 'sink=null'])
    await until(async () => (await recordings()) === 1)
    expect(await presence.isShared()).toBe(false)
  })
})

describe('screen sharing on Linux', () => {
  test.each<[boolean, string, object]>([
    [true, 'GNOME gives out the screen', { state: 'running', props: { 'media.class': 'Stream/Output/Video' } }],
    [true, 'Sway gives out the screen', { state: 'running', props: { 'media.class': 'Video/Source' } }],
    [false, 'it is no longer taken', { state: 'suspended', props: { 'media.class': 'Stream/Output/Video' } }],
    [
      false,
      'a camera runs',
      { state: 'running', props: { 'media.class': 'Video/Source', 'media.role': 'Camera', 'device.api': 'v4l2' } }
    ],
    [false, 'music plays', { state: 'running', props: { 'media.class': 'Stream/Output/Audio' } }]
  ])('%s where %s', async (expected, _, info) => {
    const dump = [
      { id: 0, type: 'PipeWire:Interface:Core', version: 4, info: { props: { 'core.name': 'pipewire-0' } } },
      { id: 33, type: 'PipeWire:Interface:Metadata', version: 3, props: {}, metadata: [] },
      { id: 61, type: 'PipeWire:Interface:Node', version: 3, info }
    ]
    const folder = await standIn('pw-dump', `cat <<'END'\n${JSON.stringify(dump)}\nEND`)
    const env = { ...desktop.env, PATH: `${folder}:${desktop.env.PATH ?? ''}` }
    expect(await createPresence('linux', env, timeoutMs).isShared()).toBe(expected)
  })
})

describe('without an answer', () => {
  test('does not keep Descry silent when nothing can be asked', async () => {
    expect(await createPresence('linux', { PATH: '/nowhere' }).isShared()).toBe(false)
    expect(await createPresence('darwin', { PATH: '/nowhere' }).isShared()).toBe(false)
  })

  test("does not keep Descry silent when a program hangs, and another program's answer still counts", async () => {
    const folder = await standIn('pw-dump', 'exec sleep 60')
    const env = { ...desktop.env, PATH: `${folder}:${desktop.env.PATH ?? ''}` }
    expect(await createPresence('linux', env, 200).isShared()).toBe(false)
    await record('parec', ['--device=microphone', '/dev/null'])
    expect(await createPresence('linux', env, 2000).isShared()).toBe(true)
  })
})

describe('the microphone of a Mac, by the output of pmset and ps', () => {
  const assertions = `Assertion status system-wide:
   PreventUserIdleSystemSleep     1
Listed by owning process:
   pid 406(coreaudiod): [0x0001] 00:00:03 PreventUserIdleSystemSleep named: "com.apple.audio.context"
\tCreated for PID: 821.
\tResources: audio-in audio-out BuiltInMicrophoneDevice
   pid 406(coreaudiod): [0x0002] 00:00:05 PreventUserIdleSystemSleep named: "com.apple.audio.context"
\tCreated for PID: 900.
\tResources: audio-out BuiltInSpeakerDevice
   pid 334(powerd): [0x0003] 00:44:34 PreventUserIdleSystemSleep named: "Powerd"
No kernel assertions.
`

  test('is in use when a program records, not when it plays', () => {
    expect(recordingPids(assertions)).toEqual(['821'])
    expect(recordingPids(assertions.replace('audio-in ', ''))).toEqual([])
  })

  test('is in use unless only "Hey Siri" is listening', () => {
    const siri = '/System/Library/PrivateFrameworks/CoreSpeech.framework/corespeechd\n'
    expect(hasListener(siri)).toBe(false)
    expect(hasListener(`${siri}/Applications/zoom.us.app/Contents/MacOS/zoom.us\n`)).toBe(true)
    expect(hasListener('')).toBe(false)
  })
})

describe('Windows, with a stand-in that prints like reg.exe', () => {
  const filetime = (ms: number): string => `0x${(BigInt(ms + 11_644_473_600_000) * 10_000n).toString(16)}`

  async function isSharedWith(start: string, stop: string): Promise<boolean> {
    const printed = [
      String.raw`HKEY_CURRENT_USER\Software\...\ConsentStore\microphone`,
      '    Value    REG_SZ    Allow',
      '',
      String.raw`HKEY_CURRENT_USER\Software\...\ConsentStore\microphone\NonPackaged\C:#Zoom#Zoom.exe`,
      `    LastUsedTimeStart    REG_QWORD    ${start}`,
      `    LastUsedTimeStop    REG_QWORD    ${stop}`,
      ''
    ].join('\r\n')
    const folder = await standIn(
      'win\\System32\\reg.exe',
      `case "$2" in *\\\\microphone) cat <<'END'\n${printed}\nEND\nesac`
    )
    return createPresence('win32', { ...desktop.env, SystemRoot: join(folder, 'win') }, timeoutMs).isShared()
  }

  test('counts a use from its start until its stop', async () => {
    const now = Date.now()
    expect(await isSharedWith(filetime(now - 1000), '0x0')).toBe(true)
    expect(await isSharedWith(filetime(now - 1000), filetime(now - 500))).toBe(false)
  })

  test('ignores a use that a power cut left open', async () => {
    expect(await isSharedWith(filetime(Date.UTC(2020, 0, 1)), '0x0')).toBe(false)
  })
})
