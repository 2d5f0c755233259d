import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run, until } from '#test/process.ts'
import { startInTerminal } from '#test/typing.ts'

/** `npm start` in a fresh copy of Descry, in a container or a build: no display, no terminal, nothing built. */

const root = join(import.meta.dirname, '../..')
let copy: string
let home: string

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'descry-copy-'))
  home = await mkdtemp(join(tmpdir(), 'descry-home-'))
  for (const name of ['package.json', 'bin', 'src', 'scripts', 'assets']) {
    await cp(join(root, name), join(copy, name), { recursive: true })
  }
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
})
afterAll(async () => {
  await rm(copy, { recursive: true, force: true })
  await rm(home, { recursive: true, force: true })
})

/** Without a display, sound, or settings. */
function bareEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8', OPENAI_API_KEY: 'sk-unused' }
}

async function npmStart(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const env = bareEnvironment()
  const { code, stdout, stderr } = await run('npm', ['--silent', 'start', ...args], { cwd: copy, env })
  return { code, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') }
}

test('describes the sample pictures on this computer and says what to do next', { timeout: 60_000 }, async () => {
  const from = performance.now()
  const { code, stdout, stderr } = await npmStart()
  expect(performance.now() - from).toBeLessThan(40_000)
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: [
      'There is no display that Descry can use, so it opens without its window. To have the window, start it on a desktop.',
      'Describing the sample pictures on this computer. Nothing is sent.',
      'To describe pictures of your own, run: npm start -- photo.jpg. For descriptions by a model, set OPENAI_API_KEY and run: npm run -s descry -- describe photo.jpg',
      ''
    ].join('\n')
  })
  // The paragraphs of the letter are lines of their own.
  expect(stdout).toContain(
    '\nDear Ms. Novak,\nThank you for your order of 3 May. The two lamps left our warehouse today'
  )
  expect(stdout).toContain('on Thursday, 9 May.\nThe invoice of 84.50 euros is due within 30 days. If you have')
  // Where other lines are broken is for the reading engine to choose; the words and their order are not.
  const captions = stdout.split('\n\n').map((caption) => caption.replaceAll(/\s+/gu, ' ').trim())
  expect(captions).toEqual([
    `${join('assets/samples/dialog.png')}: Text, 19 words. Text Editor Save changes to report.txt? If you do not save, your changes will be lost. Discard Cancel Save. Probably a screen, 760 by 340 pixels.`,
    `${join('assets/samples/chart.png')}: Text, 19 words. Library visitors per month 500 400 300 200 100 January February March April May June Source: Elm Street Library. Probably a chart, 900 by 560 pixels.`,
    `${join('assets/samples/letter.png')}: Text, 62 words. Bright Lamps Ltd. 12 Harbor Road, Springfield 6 May 2026 Dear Ms. Novak, Thank you for your order of 3 May. The two lamps left our warehouse today and should reach you on Thursday, 9 May. The invoice of 84.50 euros is due within 30 days. If you have any questions, call us at 555 0142. Kind regards, Peter Hill Customer Service. Probably a document, 850 by 900 pixels.`,
    `${join('assets/samples/product.jpg')}: Text: MEADOW TEA Peppermint 20 tea bags Best before 08/2027 2012345678903. A barcode says: 2012345678903 Probably a photo, 1000 by 760 pixels.`
  ])
})

test('describes the picture that was given, and tells when it cannot', { timeout: 60_000 }, async () => {
  const described = await npmStart('--', 'assets/samples/product.jpg')
  expect(described.code).toBe(0)
  expect(described.stdout).toContain('A barcode says: 2012345678903')
  expect(described.stderr).toContain('Describing your pictures on this computer. Nothing is sent.')
  const missing = await npmStart('--', 'no-such.jpg')
  expect(missing.code).toBe(3)
  expect(missing.stderr).toContain('The picture was not found. Check the name or address.')
})

test.each([
  { type: 'xterm-256color', exitCode: 0 },
  // Here Ctrl-C is a signal to everything in the terminal; the shell in which npm runs the script counts it.
  { type: 'dumb', exitCode: 130 }
])(
  'opens the terminal app in a terminal ($type)',
  { timeout: 60_000, tags: ['script'] },
  async ({ type, exitCode }) => {
    const env = { ...bareEnvironment(), TERM: type }
    const terminal = startInTerminal(
      ['npm', '--silent', '--prefix', copy, 'start', '--', 'assets/samples/letter.png'],
      env
    )
    const sees = (text: string): Promise<unknown> =>
      until(() => terminal.seen().includes(text), { what: `"${text}" in: ${terminal.seen()}`, timeoutMs: 30_000 })
    try {
      await sees('There is no display that Descry can use, so it opens without its window.')
      await sees('Send pictures to api.openai.com to have them described?')
      terminal.type('n\r')
      await sees('Bright Lamps Ltd.')
      await sees('descry> ')
      for (let time = 1; time <= 2; time += 1) {
        terminal.type('\u0003')
        await until(() => terminal.seen().split('To quit, press Ctrl+D').length > time, { what: 'what Ctrl-C says' })
      }
      terminal.type(':history\r')
      await sees('1. letter.png: ')
      terminal.type('\u0004')
      expect(await terminal.ended).toBe(exitCode)
    } finally {
      await terminal.running.end()
    }
  }
)
