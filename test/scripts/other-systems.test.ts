import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, test } from 'vitest'
import { outsidePackage } from '../../scripts/build.ts'

const root = join(import.meta.dirname, '../..')

/** `file:line` of every line that matches, in the files of these patterns. */
function linesWith(wrong: RegExp, patterns: string[]): string[] {
  return globSync(patterns, { cwd: root }).flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, index) => (wrong.test(line) ? [`${file}:${index + 1}`] : []))
  )
}

// On Windows it is "/C:/…", and a space in it is "%20" everywhere.
test('no path is taken from the URL of a module as it stands', () => {
  const sources = ['{src,scripts,test,bin}/**/*.{ts,tsx,js,mjs}', '*.ts']
  expect(linesWith(/import\.meta\.url\)\.pathname/u, sources)).toEqual([])
})

// On a computer without fonts, text in another font is not drawn at all. The sets for measuring need several fonts.
test('tests draw text with the font that npm brings', () => {
  const files = globSync('test/**/*.ts', { cwd: root }).filter(
    (file) => !/^test.(?:grounding-sets|kind-set)/u.test(file)
  )
  const wrong = files.filter((file) => {
    const text = readFileSync(join(root, file), 'utf8')
    const fonts = text.match(/\w\.font = .+/gu) ?? []
    return (/\w\.fillText\(/u.test(text) && fonts.length === 0) || fonts.some((line) => !/\bfont\(/u.test(line))
  })
  expect(wrong).toEqual([])
})

test('the scripts of package.json mean the same in every shell', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  // Programs and words, joined by &&. No quotes, variables, globs, pipes or programs of one system.
  const portable = /^(?:node|tsc|oxlint|prettier|vitest|npm run|electron-builder)(?: [\w./=:-]+)*$/u
  const wrong = Object.entries(scripts).filter(([, line]) => !line.split(' && ').every((part) => portable.test(part)))
  expect(wrong).toEqual([])
})

it.each([
  ['node:fs', true],
  ['@napi-rs/canvas', true],
  ['zod', true],
  ['./messages.ts', false],
  ['#shared/settings.ts', false],
  ['/home/me/descry/src/main/main.ts', false],
  [String.raw`C:\descry\src\main\main.ts`, false],
  ['d:/descry/src/main/main.ts', false]
])('%s is left to Node by the build: %s', (id, isOutside) => {
  expect(outsidePackage.test(id)).toBe(isOutside)
})
