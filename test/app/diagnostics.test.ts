import { describe, expect, test } from 'vitest'
import { createVoices } from '#adapters/voices/voices-for-system.ts'
import { diagnose, diagnosticsSchema, diagnosticsText, type DiagnosticsSource } from '#app/diagnostics.ts'
import { languageSchema, readLogLine, versionSchema, voiceNames } from '#core/log/log.ts'
import { defaultSettings, type Settings } from '#shared/settings.ts'
import { freeTextIn } from '#test/closed-schema.ts'

function source(changes: Partial<DiagnosticsSource> = {}): DiagnosticsSource {
  return {
    program: 'command-line',
    settings: defaultSettings,
    screenReader: null,
    isLogOn: false,
    recent: [],
    env: {},
    platform: 'linux',
    ...changes
  }
}

test('no field of the diagnostic information can hold free text', () => {
  expect(freeTextIn(diagnosticsSchema, [versionSchema, languageSchema])).toEqual([])
})

test('tells of a setting with free text only whether it is set', () => {
  const secret = 'Ada-Lovelace-4711'
  const settings: Settings = {
    ...defaultSettings,
    baseUrl: `https://${secret}.example/${secret}`,
    model: secret,
    sendingAllowedTo: `https://${secret}.example`,
    presets: [{ name: secret, prompt: secret }],
    fallback: { baseUrl: `http://${secret}.example`, model: secret },
    secondOpinion: { baseUrl: 'https://api.openai.com/v1', model: 'gpt-4o' },
    language: `en-x-${secret}`,
    engine: secret,
    voice: secret,
    screenshotFolders: [`/home/${secret}`],
    hotkeys: { [secret]: secret, watch: null, screen: `Control+${secret}` }
  }
  const env = { XDG_CURRENT_DESKTOP: secret, DISPLAY: `:${secret}`, HOME: `/home/${secret}` }
  const diagnostics = diagnose(source({ settings, env, screenReader: secret }))
  expect(diagnostics.settings).toMatchObject({
    baseUrl: 'custom',
    model: 'other',
    sendingAllowedTo: false,
    presets: 1,
    fallback: { provider: 'custom', model: 'other' },
    secondOpinion: { provider: 'openai', model: 'gpt-4o' },
    language: null,
    engine: 'other',
    voice: true,
    screenshotFolders: 1,
    hotkeys: ['pause-watching', 'screen']
  })
  expect(JSON.stringify(diagnostics)).not.toContain(secret)
  expect(diagnosticsText(diagnostics)).not.toMatch(/ada|4711/iu)
})

describe('the desktop', () => {
  test.each([
    [{ DISPLAY: ':0', XDG_CURRENT_DESKTOP: 'ubuntu:GNOME' }, { desktop: 'GNOME', display: 'x11' }, 'x11', 'x11'],
    [
      { WAYLAND_DISPLAY: 'wayland-0', XDG_CURRENT_DESKTOP: 'KDE' },
      { desktop: 'KDE', display: 'wayland' },
      'none',
      'portal'
    ],
    [{}, { desktop: 'none', display: 'none' }, 'none', 'none']
  ])('of %j', (env, system, clipboard, capture) => {
    const diagnostics = diagnose(source({ env }))
    expect(diagnostics.system).toMatchObject({ platform: 'linux', ...system })
    expect(diagnostics.choices).toMatchObject({ clipboard, capture })
  })

  test('of Windows and macOS is the system’s own', () => {
    for (const platform of ['win32', 'darwin'] as const) {
      const { system, choices } = diagnose(source({ platform }))
      expect(system).toMatchObject({ platform, distribution: 'none', desktop: 'none', display: 'native' })
      expect(choices).toMatchObject({ clipboard: 'native', capture: 'native' })
    }
  })
})

test('knows the name of every voice', () => {
  const window = { onEvent: () => () => undefined, send: () => undefined }
  for (const platform of ['linux', 'darwin', 'win32'] as const)
    for (const { name } of createVoices(platform, window as never)) expect(voiceNames).toContain(name)
})

test('reads as one fact a line, with the recent events as the log has them', () => {
  const recent = readLogLine(
    '{"time":"2026-11-30T12:00:00.000Z","event":"command","command":"screen","surface":"hotkey","code":"no-permission","durationMs":12}'
  )
  const text = diagnosticsText(diagnose(source({ isLogOn: true, recent: recent ? [recent] : [] })))
  expect(text).toMatch(/^Descry diagnostic information\nprogram: command-line\nversions:\n {2}descry: \d+\.\d+\.\d+\n/u)
  expect(text).toContain(`  node: ${process.versions.node}\n`)
  expect(text).toContain('\nisLogOn: true\n')
  expect(text).toContain('\n  hotkeys: none\n')
  expect(text).toMatch(
    /\nrecent:\n {2}\{"time":"2026-11-30T12:00:00.000Z","event":"command","command":"screen","surface":"hotkey","code":"no-permission","durationMs":12\}\n$/u
  )
})
