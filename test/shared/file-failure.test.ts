import { expect, test } from 'vitest'
import { failure } from '#shared/errors.ts'
import { failureOfFile } from '#shared/file-failure.ts'

test('names the file first, shortens a long name in the middle, and removes invisible characters', () => {
  const { message } = failure('bad-image')
  expect(failureOfFile('a\u001b[31m.png', failure('bad-image')).message).toBe(`a[31m.png: ${message}`)
  expect(failureOfFile(`${'x'.repeat(500)}.docx`, failure('bad-image')).message).toBe(
    `${'x'.repeat(27)}…${'x'.repeat(7)}.docx: ${message}`
  )
})
