import { expect, test } from 'vitest'
import { createVoices } from '#adapters/voices/voices-for-system.ts'

test('the best engine comes first and the last resort last', () => {
  const usual = createVoices('linux').map(({ name }) => name)
  expect(usual[0]).toBe('speech-dispatcher')
  expect(usual.at(-1)).toBe('silent')
})
