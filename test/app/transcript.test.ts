// @module-tag xvfb
// @module-tag dbus
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import { withTranscript } from '#app/transcript.ts'
import { createAnnouncing } from '#test/announcing.ts'
import { appendable } from '#test/arriving-caption.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { answer, startModelServer, type ModelServer } from '#test/model-server.ts'
import { photoPicture } from '#test/pictures.ts'
import { startApp } from '#test/running-app.ts'
import { DescryError } from '#shared/errors.ts'

describe('what is said, as lines', () => {
  let lines: string[]
  let announcing: ReturnType<typeof createAnnouncing>
  let announcer: ReturnType<typeof withTranscript>

  beforeEach(() => {
    lines = []
    announcing = createAnnouncing()
    announcer = withTranscript(announcing.announcer, (line) => lines.push(line))
  })

  it('is each sentence of a caption once it is complete, also where nothing is heard', () => {
    announcing.world.settings = { speaker: 'silent' }
    const caption = appendable(announcer.caption('command'), 'en')
    caption.append('A cat sits here. It is')
    expect(lines).toEqual(['A cat sits here.'])
    caption.append(' red. It sl')
    expect(lines).toEqual(['A cat sits here.', 'It is red.'])
    caption.append('eeps')
    caption.end()
    expect(lines).toEqual(['A cat sits here.', 'It is red.', 'It sleeps'])
    expect(announcing.voice.spoken).toEqual([])
  })

  it('has a notice after the first sentence, and what is unverified and warned of at the end', () => {
    const caption = appendable(announcer.caption('command'), 'en')
    const warning = new DescryError('offline').toFailure()
    caption.warn(warning)
    caption.notice('Notice: private.')
    caption.append('A letter. It says 42.')
    caption.end()
    caption.after('Unverified: 42.')
    expect(lines).toEqual([
      'A letter.',
      'Notice: private.',
      'It says 42.',
      'Sending is off. Turn sending on for a full description.',
      'Unverified: 42.'
    ])
    const next = appendable(announcer.caption('command'), 'en')
    next.warn(warning)
    next.append('A cat.')
    next.end()
    expect(lines.slice(5)).toEqual(['A cat.', 'Sending is off.'])
  })

  it('stops with the caption', () => {
    const caption = appendable(announcer.caption('command'), 'en')
    caption.append('A cat. It')
    caption.cancel()
    caption.append(' is red. Or')
    caption.end()
    caption.after('Unverified: red.')
    expect(lines).toEqual(['A cat.'])
  })

  it('has answers and failures, each with what to do next, also again', () => {
    announcer.say('Caption copied', 'answer')
    for (let time = 0; time < 2; time += 1) announcer.fail(new DescryError('timed-out').toFailure())
    announcer.voiceFailed(new DescryError('no-voice').toFailure())
    expect(lines).toEqual([
      'Caption copied',
      'The provider took too long to respond. Try again.',
      'The provider took too long to respond. Try again.',
      'No working voice was found. Install espeak-ng, or check your sound output.'
    ])
  })
})

describe('a session', { tags: ['xvfb', 'dbus'] }, () => {
  let desktop: Desktop
  let server: ModelServer

  beforeAll(async () => {
    desktop = await startDesktop({ bus: true })
    server = await startModelServer()
  })
  afterAll(async () => {
    await server?.close()
    await desktop?.end()
  })

  test('runs beside another Descry, and is idle when the caption is complete', async () => {
    const settings = { baseUrl: server.baseUrl, sendingAllowedTo: server.baseUrl, speaker: 'silent' } as const
    const resident = await startApp(desktop, settings)
    const lines: string[] = []
    const session = await startApp(desktop, settings, { isSession: true, onLine: (line) => lines.push(line) })
    try {
      expect(session.app.status()).toMatchObject({ key: 'not-needed', watching: { clipboard: false, folders: [] } })
      server.script([answer('A red door.\nTags: door')])
      const bytes = await photoPicture(120, 80, 'png')
      await session.app.handlers['open-file']({ name: 'door.png', bytes })
      await session.app.idle()
      expect(lines).toEqual(['A red door.'])
      expect(await resident.items()).toEqual([])
    } finally {
      await session.close()
      await resident.close()
    }
  })
})
