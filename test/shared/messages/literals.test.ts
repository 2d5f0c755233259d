import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { shownLiterals } from './shown-literals.ts'

/** Literals that look like something shown and are not, by file, with the reason. */
const exceptions: { files: RegExp; why: string; text?: RegExp }[] = [
  { files: /^src\/shared\/messages\/en\//u, why: 'the catalog itself' },
  { files: /^src\/core\/describing\/prompts\//u, why: 'written for the model' },
  { files: /^src\/adapters\/folders\/screenshot-folder/u, why: 'names of folders and registry keys' },
  {
    files: /^src\/adapters\/voices\/speech-dispatcher\.ts$/u,
    why: 'commands of its protocol',
    text: /^[A-Z_]+ [A-Z_]+/u
  },
  { files: /^src\/core\/privacy\/private-windows\.ts$/u, why: 'names of programs, and titles of their windows' },
  { files: /^src\/core\/speaking\/speakable\//u, why: 'words for signs and units, by the language of the caption' },
  { files: /^src\/adapters\/clipboard\/formats\.ts$/u, why: 'a clipboard format', text: /^Clipboard Viewer Ignore$/u },
  {
    files: /^src\/adapters\/pictures\/svg-fonts\.ts$/u,
    why: 'the name of a font',
    text: /^Liberation Sans$/u
  },
  { files: /^src\/adapters\/pictures\/signatures\.ts$/u, why: 'a name', text: /^JPEG XL$/u },
  {
    files: /^src\/preview\/chromium\.ts$/u,
    why: 'names of browsers',
    text: /^(?:Google Chrome|Microsoft Edge|Brave Browser)$/u
  },
  { files: /^src\/adapters\/helper\//u, why: 'the name of a process, and an error for the log' },
  { files: /^src\/app\/renderer-assets\.ts$/u, why: 'the body of a 404 response' },
  { files: /^src\/core\/describing\/models\/providers\.ts$/u, why: 'names of products', text: /^[\w.]+ [\w.]+$/u },
  {
    files: /^src\/app\/doctor\//u,
    why: 'a test picture and its prompt',
    text: /^(?:You describe|Describe this|Descry works)/u
  },
  { files: /^src\/main\//u, why: 'the name of the program', text: /^Descry$/u },
  {
    files: /^src\/(?:adapters\/voices\/(?:piper|web-speech)|renderer\/web-speech)\.ts$/u,
    why: 'why a voice failed, for the log'
  },
  {
    files: /^src\/adapters\/linux\/system-parts\.ts$/u,
    why: 'what tests use a part for: only contributors read it'
  },
  { files: /^src\/adapters\/paths\.ts$/u, why: 'a folder of macOS', text: /^Application Support$/u }
]

function isException(file: string, text: string): boolean {
  return exceptions.some((one) => one.files.test(file) && (one.text?.test(text) ?? true))
}

test('everything shown or spoken comes from the message catalog', () => {
  const found = globSync('src/**/*.{ts,tsx}', { exclude: ['**/*.d.ts'] })
    .map((file) => file.replaceAll('\\', '/'))
    .flatMap((file) =>
      shownLiterals(file)
        .filter(({ text }) => !isException(file, text))
        .map(({ line, text }) => `${file}:${line}: ${text}`)
    )
  expect(found).toEqual([])
})

describe('the search for literals', () => {
  function found(source: string): string[] {
    const folder = mkdtempSync(join(tmpdir(), 'descry-literals-'))
    try {
      writeFileSync(join(folder, 'a.tsx'), source)
      return shownLiterals(join(folder, 'a.tsx')).map(({ text }) => text)
    } finally {
      rmSync(folder, { recursive: true })
    }
  }

  it('finds sentences, messages of errors, and text in JSX', () => {
    expect(found("say('Picture ready, press Enter.')")).toEqual(['Picture ready, press Enter.'])
    expect(found('say(`Page ${n} of ${total}`)')).toEqual(['Page … of …'])
    expect(found("throw new DescryError('no-key', { message: 'Key?' })")).toEqual(['Key?'])
    expect(found('<p>Hidden</p>')).toEqual(['Hidden'])
    expect(found('<button aria-label="Close" />')).toEqual(['Close'])
  })

  it('leaves types, imports, keys and errors for programmers alone', () => {
    expect(found("import x from './A file name.ts'; type A = 'Some words here.'")).toEqual([])
    expect(found("throw new Error('This cannot happen.')")).toEqual([])
    expect(found("t('speech.stopped'); const a = { 'Some words here.': 1 }")).toEqual([])
  })
})
