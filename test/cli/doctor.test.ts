// @module-tag xvfb
// @module-tag dbus
// @module-tag pulseaudio
// @module-tag espeak-ng
// @module-tag libxcb
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Finding } from '#app/doctor/checks.ts'
import { createCliHome, type CliHome } from '#test/descry.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { startModelServer, type ModelServer } from '#test/model-server.ts'

const key = 'sk-proj-0123456789'
let desktop: Desktop
let home: CliHome
let server: ModelServer
beforeAll(async () => {
  ;[desktop, server] = await Promise.all([startDesktop({ sound: true, bus: true }), startModelServer()])
  home = await createCliHome(desktop.env)
  await mkdir(join(home.dir, 'Shots'))
  await writeFile(join(home.dir, 'settings.json'), JSON.stringify({ screenshotFolders: [join(home.dir, 'Shots')] }))
  // An empty screen is all of one color, as behind a screen curtain.
  await desktop.run('xsetroot', ['-mod', '5', '7', '-fg', 'white', '-bg', 'navy'])
})
afterAll(async () => {
  await home.remove()
  await server.close()
  await desktop.end()
})

test('on a whole desktop, with a provider, all is well', async () => {
  const { code, stdout, stderr } = await home.descry(['doctor', '--send', '--json', '--base-url', server.baseUrl], {
    env: { OPENAI_API_KEY: key }
  })
  const { findings } = JSON.parse(stdout) as { findings: Finding[] }
  // An Orca of another test, on a desktop of its own, runs beside it at times.
  const toDo = findings.filter(({ check, state }) => state === 'to-do' && check !== 'Screen reader')
  expect({ toDo, stderr }).toEqual({ toDo: [], stderr: '' })
  expect(code).toBe(findings.some(({ state }) => state === 'to-do') ? 1 : 0)
  const messages = findings.map(({ check, message }) => `${check}: ${message}`)
  expect(messages).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^Provider: A test picture was described word by word\. /u),
      expect.stringMatching(/^Voices: These voices can be heard: .*espeak-ng/u),
      expect.stringMatching(/^Screen: Screen can be captured, 1600 by 900 pixels\.$/u),
      'Clipboard: The clipboard can be read. It holds no picture.',
      `Screenshot folders: ${join(home.dir, 'Shots')} can be watched.`,
      'Reading text: Text in pictures can be read on this computer.',
      'Reading codes: Codes in pictures can be read on this computer.'
    ])
  )
  expect(stdout).not.toContain(key)
})

test('without a screen it says what to do, a line each, and sends no picture', async () => {
  const before = server.requests.length
  const { code, stdout } = await home.descry(['doctor', '--base-url', server.baseUrl], { env: { DISPLAY: '' } })
  expect(code).toBe(1)
  const lines = stdout.trimEnd().split('\n')
  expect(lines.at(-1)).toMatch(/^(?:One thing|\d things) to do\.$/u)
  for (const line of lines.slice(0, -1)) expect(line).toMatch(/^(?:OK|To do|Skipped)\. [A-Z][A-Za-z ]+: .+\.$/u)
  expect(stdout).toContain('To do. Screen: There is no screen here. Run Descry inside your desktop session.')
  expect(stdout).toContain('Skipped. Provider: No picture was sent, because that may cost a little.')
  expect(server.requests.slice(before).map(({ method }) => method)).toEqual(['GET'])
})

test.each([
  ['doctor', 'now'],
  ['doctor', '--send', '--offline']
])('%j is a usage error', async (...args) => {
  expect(await home.descry(args)).toMatchObject({ code: 2, stdout: '' })
})
