// @module-tag gcc
// @module-tag python3
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import koffi from 'koffi'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createNvdaOutput } from '#adapters/readers/nvda.ts'
import { ssmlWithEndMark } from '#adapters/ssml.ts'
import { printableLine } from '#shared/printable.ts'
import { run, until } from '#test/process.ts'
import { describeReaderContract, hostileTexts } from './reader-contract.ts'

// A real shared library with the functions of NVDA's, called through koffi; only NVDA behind it is missing.
const source = fileURLToPath(new URL('../../support/fake-nvda.c', import.meta.url))
let folder: string
let library: string
let journal: string
let nvda: {
  start: (journal: string, isOld: number, statusAtEnd: number) => void
  leave: () => void
  silence: () => void
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-nvda-'))
  library = join(folder, 'nvdaControllerClient.so')
  journal = join(folder, 'journal')
  const { code, stderr } = await run('gcc', ['-shared', '-fPIC', '-Wall', '-Werror', '-pthread', '-o', library, source])
  expect(stderr.toString()).toBe('')
  expect(code).toBe(0)
  const loaded = koffi.load(library)
  nvda = {
    start: loaded.func('fake_start', 'void', ['str', 'int', 'uint32']),
    leave: loaded.func('fake_leave', 'void', []),
    silence: loaded.func('fake_silence', 'void', [])
  }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function arrive({ isOld = 0, statusAtEnd = 0 } = {}): Promise<void> {
  await rm(journal, { force: true })
  nvda.start(journal, isOld, statusAtEnd)
}

function given(kind: 'S' | 'T' | 'B' | 'C'): string[] {
  if (!existsSync(journal)) return []
  const lines = readFileSync(journal, 'utf8').split('\n').slice(0, -1)
  return lines
    .filter((line) => line.startsWith(kind))
    .map((line) => Buffer.from(line.slice(2), 'hex').toString('utf16le'))
}

/** The text of SSML as an XML parser sees it. */
function textOf(ssml: string): string {
  const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
  return ssml.replace(/<[^>]*>/gu, '').replace(/&(\w+);/gu, (_, name: string) => characters[name] ?? '?')
}

const create = () => createNvdaOutput(library)

describeReaderContract('NVDA', {
  create,
  arrive: () => arrive(),
  leave: () => Promise.resolve(nvda.leave()),
  heard: () => given('S').map(textOf),
  brailled: () => given('B'),
  silenced: () => given('C').length,
  outcome: 'spoken',
  helpers: () => []
})

test('the mark at the end proves that it was spoken, whatever number NVDA returns', async () => {
  await arrive({ statusAtEnd: 1223 })
  const output = create()
  expect(await output.speak('One. Two.', 'de-DE')).toBe('spoken')
  expect(given('S')[0]).toBe('<speak><voice xml:lang="de-DE">One. Two.<mark name="1"/></voice></speak>')
  expect(await output.speak('\u202e', 'en')).toBe('spoken')
  await output.close()
  nvda.leave()
})

test('silencing NVDA drops everything handed over so far', async () => {
  await arrive()
  const output = create()
  const first = output.speak('One. Two (hold).', 'en')
  const second = output.speak('All the rest.', 'en')
  await until(() => given('S').length === 1)
  nvda.silence()
  expect(await first).toBe('cancelled')
  expect(await second).toBe('cancelled')
  expect(given('S')).toHaveLength(1)
  expect(await output.speak('Something new.', 'en')).toBe('spoken')
  await output.close()
  nvda.leave()
})

test('text handed over after a stop is spoken', async () => {
  await arrive()
  const output = create()
  const first = output.speak('One (hold).', 'en')
  await until(() => given('S').length === 1)
  output.stop()
  const second = output.speak('Something new.', 'en')
  expect(await first).toBe('cancelled')
  expect(await second).toBe('spoken')
  await output.close()
  nvda.leave()
})

test('an NVDA before 2024.1 gets plain text', async () => {
  await arrive({ isOld: 1 })
  const output = create()
  expect(await output.speak('Fish & chips.', 'en')).toBe('handed-over')
  expect(given('T')).toEqual(['Fish & chips.'])
  output.stop()
  await until(() => given('C').length === 1)
  await output.close()
  nvda.leave()
})

test('NVDA is not available without its library', async () => {
  for (const path of [null, '/nonexistent/nvdaControllerClient.so', source]) {
    const output = createNvdaOutput(path)
    expect(await output.check()).toBe(false)
    await expect(output.speak('Hello.', 'en')).rejects.toMatchObject({ code: 'no-voice' })
    output.stop()
    await output.close()
  }
})

test('hostile text is well-formed SSML for the parser that NVDA uses', async () => {
  const texts = [...hostileTexts, '\ufffe\uffff', ''].map((text) => printableLine(text).toWellFormed())
  const documents = texts.map((text) => ssmlWithEndMark(text, 'en', '1'))
  const script = `
import json, sys
from xml.dom.minidom import parseString
def text(node): return node.data if node.nodeType == node.TEXT_NODE else "".join(map(text, node.childNodes))
print(json.dumps([text(parseString(one)) for one in json.load(sys.stdin)]))`
  const { stdout, code } = await run('/usr/bin/python3', ['-c', script], { input: JSON.stringify(documents) })
  expect(code).toBe(0)
  expect(JSON.parse(stdout.toString())).toEqual(texts.map((text) => text.replace(/[\ufffe\uffff]/gu, '')))
})
