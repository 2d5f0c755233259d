import { afterAll, beforeAll, expect, test } from 'vitest'
import { textLanguages } from '#core/pictures/text-languages.ts'
import { createCliHome, type CliHome } from '#test/descry.ts'

let home: CliHome
beforeAll(async () => {
  home = await createCliHome()
})
afterAll(() => home.remove())

test('lists each language, and says of each that is not ready what to do', async () => {
  const { code, stdout, stderr } = await home.descry(['languages'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const lines = stdout.trim().split('\n')
  expect(lines).toHaveLength(textLanguages.length)
  expect(lines).toEqual(
    expect.arrayContaining(['English: ready.', 'German: ready.', 'French: ready.', 'Chinese: ready.'])
  )
  for (const line of lines) expect(line).toMatch(/^[A-Z][a-z]+: (?:ready\.|not installed\. Add .+)$/u)
})

test('gives the same as JSON', async () => {
  const { code, stdout } = await home.descry(['languages', '--json'])
  expect(code).toBe(0)
  const listed = JSON.parse(stdout) as { language: string }[]
  expect(listed.map(({ language }) => language)).toEqual(textLanguages.map(({ tag }) => tag))
  expect(listed[0]).toEqual({ language: 'en', name: 'English', code: 'eng', isReady: true, command: null })
})

test('takes nothing more', async () => {
  expect((await home.descry(['languages', 'add'])).code).toBe(2)
})
