import { expect, test } from 'vitest'
import { z } from 'zod'
import {
  createLog,
  knownModel,
  knownName,
  knownProvider,
  logEventSchema,
  readLogLine,
  screenReaderNames,
  type LogEvent
} from '#core/log/log.ts'
import { freeTextIn } from '#test/closed-schema.ts'

function createMemoryStore() {
  const lines: string[] = []
  const store = { isEnabled: true, lines, isOn: () => store.isEnabled, append: (line: string) => void lines.push(line) }
  return store
}

test('no field of the log can hold free text', () => {
  expect(freeTextIn(logEventSchema, [])).toEqual([])
})

test('the check for free text finds a string, wherever it is', () => {
  const leaky = z.object({ a: z.array(z.object({ b: z.string().nullable() })), c: z.union([z.number(), z.url()]) })
  expect(freeTextIn(leaky, [])).toEqual(['.a[].b', '.c'])
})

test('drops what the schema does not know', () => {
  const store = createMemoryStore()
  const log = createLog(store)
  log.write({ event: 'voice-failure', code: 'internal', message: '/home/ada/secret.png' } as LogEvent)
  log.write({ event: 'voice-failure', code: 'The caption' } as unknown as LogEvent)
  expect(store.lines).toHaveLength(1)
  expect(JSON.parse(store.lines[0] ?? '')).toEqual({
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/u) as string,
    event: 'voice-failure',
    code: 'internal'
  })
})

test('remembers the newest 30 events, also while the log file is off', () => {
  const store = createMemoryStore()
  store.isEnabled = false
  const log = createLog(store)
  for (let i = 0; i < 40; i += 1)
    log.write({ event: 'command', command: 'status', surface: 'cli', code: null, durationMs: i })
  expect(store.lines).toEqual([])
  expect(log.recent().map(({ event }) => event.event === 'command' && event.durationMs)).toEqual(
    Array.from({ length: 30 }, (_, i) => i + 10)
  )
})

test('names only what is known', () => {
  expect(knownName(screenReaderNames, 'Orca')).toBe('Orca')
  expect(knownName(screenReaderNames, 'Ada’s reader')).toBe('other')
  expect(knownName(screenReaderNames, null)).toBe('none')
  expect(knownProvider('https://api.openai.com/v1')).toBe('openai')
  expect(knownProvider('https://ada-lovelace.example/v1')).toBe('custom')
  expect(knownModel('gpt-4o-mini')).toBe('gpt-4o-mini')
  expect(knownModel('ada/private-model')).toBe('other')
})

test('reads its own lines back, and nothing else', () => {
  const store = createMemoryStore()
  const log = createLog(store)
  log.write({ event: 'voice', voice: 'espeak-ng' })
  expect(readLogLine(store.lines[0] ?? '')).toEqual(log.recent()[0])
  for (const line of ['', 'null', '{"event":"voice"}', '{"time":"now","event":"voice","voice":"piper"}'])
    expect(readLogLine(line)).toBeNull()
})
