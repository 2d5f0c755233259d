import { expect, test } from 'vitest'
import { createVoices, preferEngine } from '#adapters/voices/voices-for-system.ts'

test('the chosen engine comes first and the last resort stays last', () => {
  const voices = createVoices('linux')
  const names = (engine: string | null) => preferEngine(voices, engine).map(({ name }) => name)
  const usual = names(null)
  expect(usual[0]).toBe('speech-dispatcher')
  expect(usual.at(-1)).toBe('silent')
  expect(names('espeak-ng')).toEqual(['espeak-ng', ...usual.filter((name) => name !== 'espeak-ng')])
  for (const engine of ['silent', 'no such engine', 'speech-dispatcher']) expect(names(engine)).toEqual(usual)
})
