import { expect, test } from 'vitest'
import { settingsChangeSchema } from '#shared/settings.ts'

test('a change of one setting contains no other', () => {
  expect(settingsChangeSchema.parse({ detail: 'brief' })).toEqual({ detail: 'brief' })
  expect(settingsChangeSchema.parse({})).toEqual({})
})

test('a change is validated like the settings', () => {
  expect(settingsChangeSchema.safeParse({ rateWpm: 5000 }).success).toBe(false)
  expect(settingsChangeSchema.safeParse({ unknown: 1 }).success).toBe(false)
  expect(settingsChangeSchema.safeParse({ baseUrl: 'file:///etc/passwd' }).success).toBe(false)
})
