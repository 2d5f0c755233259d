import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { existsSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findLanguageData } from '#adapters/ocr/language-data.ts'
import { downloadBytes } from '#adapters/ocr/language-downloads.ts'
import { textLanguages } from '#core/pictures/text-languages.ts'
import { languageName } from '#shared/messages/formats.ts'
import { createCliHome, type CliHome } from '#test/descry.ts'

let home: CliHome
let mirror: Server
let address: string
const asked: string[] = []

beforeAll(async () => {
  home = await createCliHome()
  // What it sends is not what the checksum is of.
  mirror = createServer((request, response) => {
    asked.push(request.url ?? '')
    if (request.url?.startsWith('/none')) response.writeHead(404).end()
    else response.end('no data')
  })
  await new Promise<void>((resolve) => mirror.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(mirror.address() as AddressInfo).port}`
})
afterAll(async () => {
  await home.remove()
  await new Promise((resolve) => mirror.close(resolve))
})

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

test('adding a language that is ready downloads nothing', async () => {
  const { code, stdout } = await home.descry(['languages', 'add', 'de', '--mirror', address])
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'German: ready.\n' })
  expect(asked).toEqual([])
})

// Two that neither npm nor this system has installed.
const [first, second] = textLanguages.filter(
  (language) => downloadBytes(language) !== null && findLanguageData(language) === null
)
if (!first || !second)
  throw new Error('All languages are installed: remove two packages of Tesseract to run these tests.')
const name = languageName(first.tag)

test('says how much comes from where, and downloads nothing without agreement', async () => {
  const { code, stdout, stderr } = await home.descry(['languages', 'add', first.tag, '--mirror', address])
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
  const megabytes = Math.ceil((downloadBytes(first) ?? 0) / 1_000_000)
  expect(stderr).toBe(
    `${name}: ${megabytes} MB will be downloaded from ${new URL(address).host}.\nNothing was downloaded. To agree, add --yes.\n`
  )
  expect(asked).toEqual([])
})

test('keeps nothing that is not what was expected', async () => {
  const { code, stderr } = await home.descry(['languages', 'add', first.tag, '--yes', '--mirror', address])
  expect(code).toBe(3)
  expect(stderr).toContain(`The data for ${name} is not what was expected, so it was not added.`)
  expect(asked).toContain(`/@tesseract.js-data/${first.code}@1.0.0/4.0.0_best_int/${first.code}.traineddata.gz`)
  expect(existsSync(`${home.dir}/languages`)).toBe(false)
})

test('says that the data could not be downloaded', async () => {
  const { code, stderr } = await home.descry(['languages', 'add', second.tag, '--yes', '--mirror', `${address}/none`])
  expect(code).toBe(3)
  expect(stderr).toContain(`The data could not be downloaded from ${new URL(address).host}.`)
})

test('removes only what was added', async () => {
  const { code, stdout } = await home.descry(['languages', 'remove', 'de'])
  expect(code).toBe(1)
  expect(stdout).toBe('German: nothing to remove. Its data was not added with descry languages add.\n')
})

test.each([[['add']], [['forget', 'es']], [['add', 'tlh']]])('refuses %j', async (args) => {
  expect((await home.descry(['languages', ...args])).code).toBe(2)
})
