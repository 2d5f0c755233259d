// @module-tag xvfb
// @module-tag chromium
// @module-tag xdotool
// @module-tag python3-gi
// @module-tag fonts-dejavu
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { audit } from '#test/audit.ts'
import { answer, createGate, httpErrors, type ReceivedRequest } from '#test/model-server.ts'
import { blankPicture, cornerPicture, photoPicture } from '#test/pictures.ts'
import { until } from '#test/process.ts'
import { textPicture } from '../app/captions/trust-world.ts'
import { eventually, focusedText, openWindow, type OpenWindow } from './open-window.ts'

let w: OpenWindow

beforeAll(async () => {
  w = await openWindow({ settings: { isSetUp: false, sendingAllowedTo: null } })
})
afterAll(() => w?.end())

const caption = 'A red bicycle leans against a white wall. A basket with yellow flowers hangs from the handlebar.'
const shown = (): Promise<string[]> => w.page.locator('#caption p').allInnerTexts()
const heading = (): Promise<string> => w.page.locator('#caption-title').innerText()
const isOver = (state = 'done'): Promise<unknown> =>
  until(
    async () => {
      const reply = await w.preview.app.handlers.snapshot(null)
      return reply.items.at(-1)?.state === state
    },
    { what: `the newest item to be ${state}` }
  )

describe('the first run', () => {
  test('starts on a heading, says that nothing leaves the computer, and axe-core finds nothing', async () => {
    await eventually(() => w.page.evaluate(() => document.activeElement?.id)).toBe('first-run-title')
    expect(await w.page.locator('.first-run').innerText()).toContain('Nothing leaves this computer')
    // No control is there twice.
    expect(await w.page.locator('#settings-title').count()).toBe(0)
    expect(await w.page.getByRole('switch').count()).toBe(2)
    const isChecking = w.page.getByRole('switch', { name: 'Check pictures before sending' })
    expect(await isChecking.isChecked()).toBe(true)
    expect(await w.page.getByLabel(/^API key for 127\.0\.0\.1/u).count()).toBe(1)
    await w.page.getByRole('button', { name: 'Change provider' }).click()
    await eventually(() => focusedText(w.page)).toBe('Provider')
    expect(await audit(w.page)).toEqual([])
    await w.press('Escape')
    await eventually(() => focusedText(w.page)).toBe('Change provider')
  })

  test('a picture is not described before the questions are answered, and focus stays on its heading', async () => {
    await w.page.evaluate(() => document.getElementById('caption-title')?.focus())
    await w.copy(await cornerPicture('png'))
    expect(await focusedText(w.page)).toBe('Clipboard picture')
    expect(await heading()).toBe('Clipboard picture')
    expect(await w.page.locator('img').getAttribute('alt')).toBe('Picture not described yet')
    expect(w.server.requests).toEqual([])
    expect(await audit(w.page)).toEqual([])
  })

  test('describes the picture on this computer while sending is off', async () => {
    await w.page.getByRole('button', { name: 'Describe this picture' }).click()
    await isOver()
    expect((await shown()).join(' ')).not.toBe('')
    expect(await w.page.locator('.byline').innerText()).toContain('described on this computer')
    expect(w.server.requests).toEqual([])
    expect(await audit(w.page)).toEqual([])
  })

  test('ends with Done, for good', async () => {
    const first = w.page.locator('.first-run')
    await first.getByRole('switch', { name: /^Send pictures to/u }).check()
    await eventually(() => first.innerText()).toContain('when you describe them')
    await first.getByRole('button', { name: 'Done' }).click()
    await first.waitFor({ state: 'detached' })
    expect(await w.page.evaluate(() => document.activeElement?.id)).toBe('caption-title')
    expect(await w.page.locator('#settings-title').count()).toBe(1)
    // The command line checks pictures from now on too.
    expect(w.preview.app.status().settings.privacyCheck).toBe(true)
    await w.page.reload()
    await w.page.locator('#caption-title').waitFor()
    expect(await first.count()).toBe(0)
  })
})

describe('a caption', () => {
  beforeAll(async () => {
    await w.preview.app.handlers['change-settings']({ isSetUp: true, sendingAllowedTo: w.server.baseUrl })
  })

  test('arrives sentence by sentence and becomes the alt text, without notice and tags', async () => {
    const gate = createGate()
    w.server.script([answer(`Notice: private: a street\n${caption}\nTags: bicycle, wall, flowers`, { gate })])
    await w.copy(await photoPicture(300, 200, 'png'))
    await w.press('ctrl+p')
    await w.page.getByText('Describing…').waitFor()
    expect(await w.page.locator('img').getAttribute('alt')).toBe('Picture being described')
    expect(await audit(w.page)).toEqual([])
    const seen: string[] = []
    for (let step = 0; step < 60; step += 1) {
      gate.release()
      seen.push((await w.page.locator('#caption, article .state').allInnerTexts()).join('\n'))
    }
    gate.open()
    await isOver()
    await eventually(shown).toEqual(caption.split(/(?<=\.) /u))
    const midStream = seen.filter((text) => text.includes('Describing…'))
    expect(midStream.some((text) => text.includes('A red bicycle'))).toBe(true)
    for (const text of midStream) expect(text).not.toMatch(/Notice:|Tags|private/u)
    expect(await w.page.locator('.facts').innerText()).toMatch(/private: a street[\s\S]*bicycle, wall, flowers/u)
    expect(await audit(w.page)).toEqual([])
    // It is the alt text of the picture, which came over the bridge.
    const picture = w.page.locator('img')
    expect(await picture.getAttribute('alt')).toBe(caption)
    expect(await picture.getAttribute('src')).toMatch(/^blob:/u)
    await eventually(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(300)
  })

  test('with graphic content is hidden until the user asks for it', async () => {
    w.server.script([answer('Notice: graphic: blood\nA wound on an arm bleeds. Two people help.')])
    await w.copy(await photoPicture(306, 200, 'png'))
    await w.press('ctrl+p')
    await isOver()
    await w.page.locator('article').getByText('The caption is hidden until you ask for it.').waitFor()
    expect(await w.page.locator('.window').innerText()).not.toContain('bleeds')
    expect(await w.page.locator('img').getAttribute('alt')).toBe('The caption is hidden until you ask for it.')
    expect(await audit(w.page)).toEqual([])
    await w.page.getByRole('button', { name: /^Read the caption/u }).focus()
    await w.press('Return')
    await eventually(shown).toEqual(['A wound on an arm bleeds.', 'Two people help.'])
    expect(await w.page.evaluate(() => document.activeElement?.id)).toBe('caption-title')
    await until(() => w.voice.texts.includes('Two people help.'), { what: 'the caption to be read' })
  })

  test('of a picture with a card number says that it was hidden, and offers to read or send it', async () => {
    await w.preview.app.handlers['change-settings']({ checkForLocalModels: true })
    const sent = w.server.requests.length
    w.server.script([answer('A payment form.')])
    await w.copy(await textPicture(['Guest payment', 'Card number 4111 1111 1111 1111']))
    await w.press('ctrl+p')
    await isOver()
    const remark = w.page.locator('.remark', { hasText: 'Card number hidden.' })
    expect(await remark.getByRole('button').allInnerTexts()).toEqual(['Read hidden parts', 'Send everything'])
    expect(await audit(w.page)).toEqual([])
    await remark.getByRole('button', { name: 'Read hidden parts' }).focus()
    await w.press('Return')
    await until(() => w.voice.texts.some((text) => text.startsWith('Card number: 4111')), {
      what: 'the number to be read'
    })
    expect(await focusedText(w.page)).toBe('Read hidden parts')
    expect(w.server.requests).toHaveLength(sent + 1)
    w.server.script([answer('A payment form with a card number.')])
    await remark.getByRole('button', { name: 'Send everything' }).focus()
    await w.press('Return')
    await eventually(shown).toEqual(['A payment form with a card number.'])
    expect(await remark.count()).toBe(0)
    expect(await w.page.evaluate(() => document.activeElement?.id)).toBe('caption-title')
    await w.preview.app.handlers['change-settings']({ checkForLocalModels: false })
  })

  test('from an attacker is shown as text', async () => {
    const hostile =
      '<img src=x onerror="document.title=1"><script>document.title=2</script> &amp; {{7*7}} \u202egnp.exe'
    w.server.script([answer(hostile)])
    await w.copy(await photoPicture(310, 200, 'png'))
    await w.press('ctrl+p')
    await isOver()
    await eventually(async () => (await shown()).join(' ')).toContain('onerror="document.title=1"')
    expect(await w.page.title()).toBe('Descry')
    expect(await w.page.locator('article img').count()).toBe(1)
    expect(await w.page.locator('article').innerText()).not.toContain('\u202e')
  })

  test('that failed keeps the picture, says what to do, and can be tried again', async () => {
    w.server.script([httpErrors.noCredit, answer(caption)])
    await w.copy(await photoPicture(320, 200, 'png'))
    await w.press('ctrl+p')
    await isOver('failed')
    await w.page.locator('article .failure').waitFor()
    expect(await w.page.locator('img').count()).toBe(1)
    expect(await audit(w.page)).toEqual([])
    await w.page.getByRole('button', { name: 'Try again' }).click()
    await isOver()
    await eventually(shown).toHaveLength(2)
    expect(await w.page.locator('.failure').count()).toBe(0)
  })

  test('that was cut short says so below the text that arrived', async () => {
    w.server.script([answer('A red bicycle leans', { ending: 'cut' })])
    await w.copy(await photoPicture(330, 200, 'png'))
    await w.press('ctrl+p')
    await isOver()
    await eventually(shown).toEqual(['A red bicycle leans'])
    expect(await w.page.locator('article .failure').innerText()).toBe('The description was cut short. Try again.')
    expect(await audit(w.page)).toEqual([])
  })

  test('of a blank picture says that it is blank', async () => {
    w.server.script([])
    await w.copy(await blankPicture([0, 0, 0]))
    await eventually(() => w.page.locator('.facts').innerText()).toContain('Blank, black')
    expect(await audit(w.page)).toEqual([])
  })
})

describe('history', () => {
  test('is a plain list, newest first, and choosing an entry shows it', async () => {
    const entries = w.page.getByRole('navigation', { name: 'History' }).getByRole('button')
    const { items } = await w.preview.app.handlers.snapshot(null)
    expect(await entries.count()).toBe(items.length)
    expect(await w.page.locator('ul [role], ul[role], [aria-live]').count()).toBe(0)
    await entries.nth(2).click()
    await eventually(shown).toEqual(caption.split(/(?<=\.) /u))
    expect(await entries.nth(2).getAttribute('aria-current')).toBe('true')
    await w.page.getByRole('button', { name: /^Show the newest/u }).click()
    expect(await entries.nth(0).getAttribute('aria-current')).toBe('true')
  })

  test('a chosen picture stays when another arrives, and focus stays on it', async () => {
    const entries = w.page.getByRole('navigation', { name: 'History' }).getByRole('button')
    await entries.nth(2).click()
    const before = (await w.preview.app.handlers.snapshot(null)).items.length
    const { ownClipboard } = await import('#test/clipboard-owner.ts')
    await ownClipboard(w.desktop, { 'image/png': await photoPicture(340, 200, 'png') })
    await eventually(() => entries.count()).toBe(before + 1)
    expect(await shown()).toEqual(caption.split(/(?<=\.) /u))
    expect(await w.page.evaluate(() => document.activeElement?.getAttribute('aria-current'))).toBe('true')
  })

  test('a question is sent with its picture and answered as a new entry', async () => {
    let asked: ReceivedRequest | null = null
    w.server.script((request) => {
      asked = request
      return answer('The basket is brown.')
    })
    await w.page.getByLabel('Ask about this picture').fill('What color is the basket?')
    await w.press('Return')
    await isOver()
    await eventually(heading).toBe('What color is the basket?')
    await eventually(shown).toEqual(['The basket is brown.'])
    expect(JSON.stringify((asked as ReceivedRequest | null)?.body)).toContain('What color is the basket?')
    expect((asked as ReceivedRequest | null)?.images).toHaveLength(1)
    expect(await w.page.getByLabel('Ask about this picture').inputValue()).toBe('')
    expect(await audit(w.page)).toEqual([])
  })
})

describe('display settings', () => {
  test.each([
    ['dark', { colorScheme: 'dark' }],
    ['forced colors', { forcedColors: 'active' }],
    ['more contrast', { contrast: 'more' }],
    ['reduced motion', { reducedMotion: 'reduce' }]
  ] as const)('%s: axe-core finds nothing', async (_name, media) => {
    await w.page.emulateMedia(media)
    expect(await audit(w.page)).toEqual([])
    await w.page.emulateMedia({ colorScheme: null, forcedColors: null, contrast: null, reducedMotion: null })
  })

  test('at 320 pixels nothing is outside the page, and every target is large enough', async () => {
    await w.page.setViewportSize({ width: 320, height: 640 })
    const [within, inner] = await w.page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement
      return [scrollWidth, clientWidth]
    })
    expect(within).toBeLessThanOrEqual(inner)
    const small = await w.page.evaluate(() =>
      [...document.querySelectorAll('button, input:not([hidden]), select')]
        .map((element) => ({ box: element.getBoundingClientRect(), html: element.outerHTML }))
        .filter(({ box }) => box.width < 24 || box.height < 24 || box.right > 320)
        .map(({ html }) => html)
    )
    expect(small).toEqual([])
    expect(await audit(w.page)).toEqual([])
  })
})

test('the page never broke its policy or contacted anything else', () => {
  expect(w.complaints).toEqual([])
})
