import { expect, test } from 'vitest'
import { createReaderOutputs } from '#adapters/readers/readers-for-system.ts'

test.each([
  ['linux', ['Orca']],
  ['darwin', ['VoiceOver']],
  ['win32', ['NVDA', 'JAWS']]
] as const)('on %s these readers are spoken through', (system, names) => {
  expect(createReaderOutputs(system).map(({ readerName }) => readerName)).toEqual(names)
})
