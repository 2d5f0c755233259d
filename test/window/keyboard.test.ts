import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandEntry, type CommandId } from '#shared/commands.ts'
import { answer } from '#test/model-server.ts'
import { photoPicture } from '#test/pictures.ts'
import { audit, focusedText, eventually, openWindow, type OpenWindow } from './open-window.ts'

let w: OpenWindow

beforeAll(async () => {
  w = await openWindow({ desktop: { keyring: true } })
})
afterAll(() => w?.end())

const focused = (): Promise<string> => focusedText(w.page)
const focusedId = (): Promise<string> => w.page.evaluate(() => document.activeElement?.id ?? '')
const status = (): ReturnType<OpenWindow['preview']['app']['status']> => w.preview.app.status()
/** A command's own key inside the window, in xdotool's names. */
const keyOf = (command: CommandId): string =>
  (commandEntry(command).windowKey ?? '').replace('CommandOrControl', 'ctrl').replace(',', 'comma').toLowerCase()
const caption = 'A red bicycle. It leans against a wall. The wall is white.'

describe('commands', () => {
  test('Ctrl+P describes the waiting picture instead of printing, and focus stays', async () => {
    w.server.script([answer(caption)])
    await w.copy(await photoPicture(300, 200, 'png'))
    await w.press('Tab')
    expect(await focused()).toContain('Describe the screen')
    await w.press('ctrl+p')
    await eventually(() => w.page.locator('#caption p').count()).toBe(3)
    expect(await focused()).toContain('Describe the screen')
  })

  test('Ctrl+K opens the list; typing filters, arrows move, Escape goes back', async () => {
    await w.press('Tab', 'Tab')
    const before = await focused()
    await w.press('ctrl+k')
    await eventually(focused).toBe('Filter')
    expect(await audit(w.page)).toEqual([])
    const entries = w.page.getByRole('dialog').getByRole('listitem')
    const all = await entries.count()
    await w.type('copy')
    await eventually(() => entries.count()).toBeLessThan(all)
    await eventually(() => w.page.getByRole('status').innerText()).toBe('1 command: Copy the caption')
    await w.press('Down')
    expect(await focused()).toContain('Copy the caption')
    await w.press('Up')
    expect(await focused()).toBe('Filter')
    await w.press('Escape')
    await eventually(focused).toBe(before)
    expect(await w.page.getByRole('dialog').count()).toBe(0)
  })

  test('Enter says so when no command fits', async () => {
    await w.press('ctrl+k')
    await eventually(focused).toBe('Filter')
    await w.type('zzz')
    await w.press('Return')
    await eventually(() => w.page.getByRole('status').innerText()).toContain('No command fits.')
    await w.press('Escape')
  })

  test('Tab stays in the list of commands while it is open', async () => {
    await w.press('ctrl+k')
    await eventually(focused).toBe('Filter')
    const stops = await w.page.getByRole('dialog').locator('input, button').count()
    for (let stop = 0; stop < stops + 2; stop += 1) {
      await w.press('Tab')
      expect(await w.page.evaluate(() => document.activeElement?.closest('.window') ?? null)).toBeNull()
    }
    await w.press('Escape')
  })

  test('Enter runs the first that fits: the caption is copied as text', async () => {
    await w.press('ctrl+k')
    await eventually(focused).toBe('Filter')
    await w.type('copy')
    await w.press('Return')
    await eventually(async () =>
      (await w.desktop.run('xclip', ['-selection', 'clipboard', '-o'])).stdout.toString()
    ).toBe(caption)
  })

  test('Ctrl+R repeats instead of loading the page again', async () => {
    await w.page.evaluate(() => Object.assign(globalThis, { isSamePage: true }))
    await w.press('ctrl+r')
    await w.press('ctrl+i')
    expect(await w.page.evaluate(() => 'isSamePage' in globalThis)).toBe(true)
  })

  test.each([
    ['history', 'earlier-title'],
    ['settings', 'settings-title'],
    ['ask', 'question']
  ] as const)('the key of %s goes to #%s', async (command, id) => {
    await w.press(keyOf(command))
    await eventually(focusedId).toBe(id)
  })

  test('a command from elsewhere moves focus where it says', async () => {
    await w.preview.app.run('settings', {}, 'socket')
    await eventually(focusedId).toBe('settings-title')
  })
})

describe('reading', () => {
  test('Alt+PageDown and Alt+PageUp go by sentence, Escape goes back', async () => {
    await w.press('ctrl+shift+a')
    await eventually(focusedId).toBe('question')
    await w.press('alt+Next')
    expect(await focused()).toBe('A red bicycle.')
    await w.press('alt+Next', 'alt+Next', 'alt+Next')
    expect(await focused()).toBe('The wall is white.')
    await w.press('alt+Prior')
    expect(await focused()).toBe('It leans against a wall.')
    await w.press('Escape')
    expect(await focusedId()).toBe('question')
  })

  test('what is being read is not replaced by a newer picture', async () => {
    await w.press('alt+Next', 'alt+Next')
    const { ownClipboard } = await import('#test/clipboard-owner.ts')
    await ownClipboard(w.desktop, { 'image/png': await photoPicture(310, 200, 'png') })
    await w.page.getByRole('button', { name: /^Show the newest/u }).waitFor()
    expect(await focused()).toBe('It leans against a wall.')
    await w.press('Escape')
    await eventually(() => w.page.locator('#caption p').count()).toBe(0)
  })

  test('F6 goes round the regions, Shift+F6 back', async () => {
    await w.press('ctrl+comma')
    await eventually(focusedId).toBe('settings-title')
    const seen: string[] = []
    for (let step = 0; step < 5; step += 1) {
      await w.press('F6')
      seen.push((await focused()).replace(/\s+/gu, ' '))
    }
    expect(seen).toEqual([
      'Describe the screen Ctrl+E',
      'Clipboard picture',
      'Ask about this picture',
      'Earlier pictures',
      'Settings'
    ])
    await w.press('shift+F6')
    expect(await focused()).toBe('Earlier pictures')
  })

  test('Tab reaches every control in reading order and never gets stuck', async () => {
    const controls = await w.page.locator('button, input, select, .earlier ul[tabindex]').count()
    await w.page.evaluate(() => {
      document.querySelector<HTMLElement>('.toolbar button')?.focus()
    })
    const seen = new Set<string>()
    for (let stop = 0; stop < controls; stop += 1) {
      seen.add(
        await w.page.evaluate(() => {
          const all = [...document.querySelectorAll('button, input, select')]
          const { activeElement } = document
          const style = activeElement ? getComputedStyle(activeElement) : null
          return `${activeElement ? all.indexOf(activeElement) : -1} ${style?.outlineStyle}`
        })
      )
      await w.press('Tab')
    }
    expect([...seen]).toEqual(Array.from({ length: controls }, (_, index) => `${index} solid`))
  })
})

describe('the picture', () => {
  const image = (): Locator => w.page.locator('.picture')
  const widthOf = (locator: Locator): Promise<number> => locator.evaluate((element) => element.clientWidth)
  const frame = (): Locator => w.page.locator('.picture-frame')

  test('grows to eight times its size and back by key, and the size is said', async () => {
    await w.page.getByRole('button', { name: /^Zoom in/u }).focus()
    const whole = await widthOf(image())
    await w.press('space')
    await eventually(() => w.page.getByRole('status').innerText()).toContain('150 percent')
    for (let step = 0; step < 7; step += 1) await w.press('plus')
    expect(Math.round((await widthOf(image())) / whole)).toBe(8)
    expect(await audit(w.page)).toEqual([])
    await w.press('minus')
    expect(Math.round((await widthOf(image())) / whole)).toBe(6)
    await w.press('0')
    expect(await widthOf(image())).toBe(whole)
    expect(await frame().getAttribute('tabindex')).toBeNull()
  })

  test('enlarged, is moved by the arrow keys', async () => {
    await w.press('plus', 'plus', 'plus', 'shift+Tab')
    expect(await frame().evaluate((element) => element === document.activeElement)).toBe(true)
    const before = await frame().evaluate((element) => element.scrollLeft)
    await w.press('Right')
    await eventually(() => frame().evaluate((element) => element.scrollLeft)).toBeGreaterThan(before)
    await w.press('0')
  })

  test('is inverted by a toggle that says its state', async () => {
    const invert = w.page.getByRole('button', { name: 'Invert colours' })
    await invert.focus()
    await w.press('space')
    expect(await invert.getAttribute('aria-pressed')).toBe('true')
    expect(await image().evaluate((element) => getComputedStyle(element).filter)).toBe('invert(1)')
    expect(await audit(w.page)).toEqual([])
    await w.press('space')
    expect(await image().evaluate((element) => getComputedStyle(element).filter)).toBe('none')
  })
})

describe('settings by keyboard', () => {
  test('Space switches sending off and on; where it goes is said', async () => {
    const sending = w.page.getByRole('switch', { name: /^Send pictures to 127\.0\.0\.1/u })
    await sending.focus()
    await w.press('space')
    await eventually(() => status().sendingOn).toBe(false)
    await eventually(() => w.page.locator('footer').innerText()).toContain('No picture leaves this computer')
    await w.press('space')
    await eventually(() => status().settings.sendingAllowedTo).toBe(w.server.baseUrl)
    const hint = await sending.getAttribute('aria-describedby')
    await eventually(() => w.page.evaluate((id) => document.getElementById(id ?? '')?.textContent, hint)).toMatch(
      /^Pictures go to 127\.0\.0\.1:\d+ when you describe them/u
    )
  })

  test('a key goes in, is stored in the keychain, and nothing gives it back', async () => {
    await w.page.getByLabel(/^Key for/u).focus()
    await w.type('sk-test-0123456789')
    await w.press('Return')
    await eventually(() => status().key).toBe('stored')
    await eventually(() => w.page.getByRole('status').innerText()).toMatch(/^Key for 127\.0\.0\.1:\d+ stored$/u)
    expect(await w.page.getByLabel(/^Key for/u).inputValue()).toBe('')
    expect(JSON.stringify(await w.preview.app.handlers.snapshot(null))).not.toContain('sk-test')
    expect(await w.page.content()).not.toContain('sk-test')
    await w.press('Tab', 'Tab')
    expect(await focused()).toBe('Remove key')
    await w.press('Return')
    await eventually(() => status().key).not.toBe('stored')
    expect(await focusedId()).toBe('key')
  })

  test('a number holds on Enter; what is not valid is not taken', async () => {
    const rate = w.page.getByLabel('Speed of Descry’s voice')
    await rate.focus()
    await w.press('ctrl+a')
    await w.type('300')
    await w.press('Return')
    await eventually(() => status().settings.rateWpm).toBe(300)
    await w.press('ctrl+a')
    await w.type('9000')
    await w.press('Tab')
    expect(await rate.inputValue()).toBe('300')
    expect(status().settings.rateWpm).toBe(300)
  })

  test('a choice holds at once, and no other setting changes with it', async () => {
    const before = status().settings
    await w.page.getByLabel('Detail').focus()
    await w.press('Down')
    await eventually(() => status().settings).toEqual({ ...before, detail: 'detailed' })
  })

  test('what cannot be done is shown and announced once', async () => {
    const address = w.page.getByLabel('Address')
    await address.focus()
    await w.press('ctrl+a')
    await w.type('ftp://example.org')
    await w.press('Return')
    await w.page.locator('main > .failure').waitFor()
    // No screen reader runs here: Descry's own voice says it, and the live region stays empty.
    await eventually(() => w.voice.texts.filter((text) => text.includes('not allowed here')).length).toBe(1)
    expect(status().settings.baseUrl).toBe(w.server.baseUrl)
    expect(await audit(w.page)).toEqual([])
  })
})

test('the hotkey for all commands opens the list; Escape goes back', async () => {
  const before = await focused()
  await w.preview.app.run('commands', {}, 'hotkey')
  await eventually(focused).toBe('Filter')
  await w.press('Escape')
  await eventually(focused).toBe(before)
})
