// @module-tag chromium
// @module-tag fonts-dejavu
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findChromium, isRoot } from '#preview/chromium.ts'
import { audit } from '#test/audit.ts'
import { createCliHome, type CliHome } from '#test/descry.ts'
import { answer, httpErrors, startModelServer, type ModelServer } from '#test/model-server.ts'
import { photoPicture } from '#test/pictures.ts'

let home: CliHome
let server: ModelServer
let browser: Browser
let page: Page
let complaints: string[]

beforeAll(async () => {
  ;[home, server, browser] = await Promise.all([
    createCliHome(),
    startModelServer(),
    chromium.launch({ executablePath: (await findChromium(process.env)).path, chromiumSandbox: !isRoot() })
  ])
  page = await browser.newPage()
  page.on('console', (message) => complaints.push(message.text()))
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`))
})
beforeEach(() => {
  complaints = []
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await home?.remove()
})

/** What is wrong with a page in light and dark, in forced colors, and on a narrow screen. */
async function problemsOf(path: string): Promise<string[]> {
  const problems: string[] = []
  await page.setViewportSize({ width: 1000, height: 700 })
  await page.goto(pathToFileURL(path).href)
  for (const media of [
    { colorScheme: 'light' as const },
    { colorScheme: 'dark' as const },
    { forcedColors: 'active' as const }
  ]) {
    await page.emulateMedia(media)
    problems.push(...(await audit(page)))
  }
  await page.setViewportSize({ width: 320, height: 640 })
  problems.push(...(await audit(page)))
  const beside = await page.evaluate(() =>
    [...document.body.querySelectorAll('*:not(table, table *)')]
      .filter((element) => element.getBoundingClientRect().right > 320)
      .map((element) => `beside the page: ${element.outerHTML.slice(0, 100)}`)
  )
  // Columns of a table may lie beside it, and be scrolled to; none is a letter wide.
  const thin = await page.evaluate(() =>
    [...document.querySelectorAll('th, td')]
      .filter((cell) => cell.getBoundingClientRect().width < 48)
      .map((cell) => `too thin: ${cell.textContent}`)
  )
  return [...problems, ...beside, ...thin, ...complaints]
}

const longName = `${'unbroken'.repeat(12)}.jpg`
const caption = 'A red bicycle. It reads "3 < 5 & 6".\n\nTwo flowers.'

describe('in a real browser axe-core finds nothing, and nothing is refused', () => {
  test('in the list of a batch, with a notice, a failure and a name without a break', async () => {
    const folder = join(home.dir, 'pictures')
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'a picture #1.jpg'), await photoPicture(800, 200))
    await writeFile(join(folder, longName), await photoPicture(120, 200))
    await writeFile(join(folder, 'broken.jpg'), new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 4]))
    server.script([answer(caption), answer(`Notice: graphic: blood\n${caption}`)])
    const out = join(home.dir, 'list.html')
    const env = { OPENAI_BASE_URL: server.baseUrl }
    expect((await home.descry(['batch', folder, '--out', out, '--yes', '--lang', 'en'], { env })).code).toBe(1)
    expect(await problemsOf(out)).toEqual([])
    // A broken picture aside, they are there to be seen.
    const widths = await page.evaluate(() => [...document.images].map(({ naturalWidth }) => naturalWidth))
    expect(widths.toSorted((one, other) => one - other)).toEqual([0, 120, 800])
    expect(await page.locator('h2').allTextContents()).toContain(longName)
    const warned = page.locator('li', { hasText: 'Notice:' })
    expect(await warned.locator('> *').evaluateAll((parts) => parts.map((part) => part.textContent || part.tagName)))
      // Before what it warns of.
      .toEqual([
        expect.any(String),
        'Notice: graphic: blood',
        'IMG',
        'A red bicycle. It reads "3 < 5 & 6".',
        'Two flowers.'
      ])
  })

  test('in the page of a comparison, with a failure, a difference and a picture that cannot be read', async () => {
    const photo = join(home.dir, longName)
    await writeFile(photo, await photoPicture(300, 200))
    const broken = join(home.dir, 'broken.jpg')
    await writeFile(broken, 'x')
    server.script(({ body }) => {
      if (body.model === 'three') return httpErrors.badKey
      return answer(body.model === 'one' ? caption : 'A red bicycle. Three flowers.')
    })
    const out = join(home.dir, 'compared.html')
    const env = { OPENAI_BASE_URL: server.baseUrl }
    const args = ['compare', photo, broken, '--models', 'one,two,three', '--lang', 'en', '--yes', '--html', out]
    expect((await home.descry(args, { env })).code).toBe(1)
    expect(await problemsOf(out)).toEqual([])
    expect(await page.locator('caption').count()).toBe(1)
  })
})
