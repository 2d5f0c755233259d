// @module-tag xvfb
// @module-tag chromium
// @module-tag xdotool
// @module-tag python3-gi
// @module-tag fonts-dejavu
// @module-tag xclip
// @module-tag libxcb
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Item } from '#shared/bridge.ts'
import { commandEntry, type CommandId } from '#shared/commands.ts'
import { splitSentences } from '#core/text/sentences.ts'
import { readPictureHeader } from '#adapters/pictures/picture-header.ts'
import { receiveFunction } from '#preview/electron-shim.ts'
import { audit } from '#test/audit.ts'
import { ownClipboard } from '#test/clipboard-owner.ts'
import { answer } from '#test/model-server.ts'
import { photoPicture } from '#test/pictures.ts'
import { until } from '#test/process.ts'
import { focusedText, eventually, openWindow, type OpenWindow } from './open-window.ts'

let w: OpenWindow

beforeAll(async () => {
  w = await openWindow({
    desktop: { keyring: true },
    async before(desktop) {
      // Something to capture: our own window is never captured.
      const wallpaper = join(desktop.home, 'wallpaper.png')
      await writeFile(wallpaper, await photoPicture(1600, 900, 'png'))
      await desktop.run('display', ['-window', 'root', wallpaper])
    }
  })
})
afterAll(() => w?.end())

const focused = (): Promise<string> => focusedText(w.page)
const focusedId = (): Promise<string> => w.page.evaluate(() => document.activeElement?.id ?? '')
const status = (): ReturnType<OpenWindow['preview']['app']['status']> => w.preview.app.status()
/** A command's own key inside the window, in xdotool's names. */
const keyOf = (command: CommandId): string =>
  (commandEntry(command).windowKey ?? '').replace('CommandOrControl', 'ctrl').replace(',', 'comma').toLowerCase()
const isOver = ({ state }: Item): boolean => state !== 'describing'
const caption = 'A red bicycle. It leans against a wall. The wall is white.'

describe('commands', () => {
  test('asking without a picture says that there is none', async () => {
    await w.press('ctrl+shift+a')
    await eventually(() => w.page.getByRole('status').innerText()).toBe('There is no picture to ask about yet.')
  })

  test('Ctrl+P describes the copied picture instead of printing, and focus stays where it is', async () => {
    w.server.script([answer(caption)])
    await w.copy(await photoPicture(300, 200, 'png'))
    await w.press('Tab')
    expect(await focused()).toContain('Describe the screen')
    await w.press('ctrl+p')
    await eventually(() => w.page.locator('#caption p').count()).toBe(3)
    expect(await focused()).toContain('Describe the screen')
  })

  test('Ctrl+K opens the command list; typing filters it, arrow keys move in it, Escape goes back', async () => {
    await w.press('Tab', 'Tab')
    const before = await focused()
    await w.press('ctrl+k')
    await eventually(focused).toBe('Filter')
    expect(await audit(w.page)).toEqual([])
    const entries = w.page.getByRole('dialog').getByRole('listitem')
    const all = await entries.count()
    await w.type('copy the')
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

  test('Enter says when no command matches', async () => {
    await w.press('ctrl+k')
    await eventually(focused).toBe('Filter')
    await w.type('zzz')
    await w.press('Return')
    await eventually(() => w.page.getByRole('status').innerText()).toContain('No matching command')
    await w.press('Escape')
  })

  test('Tab stays in the command list while it is open', async () => {
    await w.press('ctrl+k')
    await eventually(focused).toBe('Filter')
    const stops = await w.page.getByRole('dialog').locator('input, button').count()
    for (let stop = 0; stop < stops + 2; stop += 1) {
      await w.press('Tab')
      expect(await w.page.evaluate(() => document.activeElement?.closest('.window') ?? null)).toBeNull()
    }
    await w.press('Escape')
  })

  test('Enter runs the first matching command, here copying the caption as text', async () => {
    await w.press('ctrl+k')
    await eventually(focused).toBe('Filter')
    await w.type('copy the')
    await w.press('Return')
    await eventually(async () =>
      (await w.desktop.run('xclip', ['-selection', 'clipboard', '-o'])).stdout.toString()
    ).toBe(caption)
  })

  test('Ctrl+R repeats the caption instead of reloading the page', async () => {
    await w.page.evaluate(() => Object.assign(globalThis, { isSamePage: true }))
    await w.press('ctrl+r')
    await w.press('ctrl+i')
    expect(await w.page.evaluate(() => 'isSamePage' in globalThis)).toBe(true)
  })

  test.each([
    ['history', 'history-title'],
    ['settings', 'settings-title'],
    ['ask', 'question']
  ] as const)('the key for %s moves focus to #%s', async (command, id) => {
    await w.press(keyOf(command))
    await eventually(focusedId).toBe(id)
  })

  test.each(['pause-watching', 'stop', 'more', 'repeat', 'copy', 'status', 'spent'] as const)(
    '%s leaves focus where it was, by key and from the list',
    async (command) => {
      w.server.script(() => answer(caption))
      await w.page.getByRole('button', { name: /^Open pictures/u }).focus()
      const ran = async (): Promise<void> => {
        await until(async () => (await w.preview.app.handlers.snapshot(null)).items.every(isOver), { what: 'the end' })
        await eventually(focused).toContain('Open pictures')
      }
      await w.press(keyOf(command).replace('.', 'period'))
      await ran()
      await w.press('ctrl+k')
      await eventually(focused).toBe('Filter')
      await w.type(commandEntry(command).title)
      await w.press('Return')
      await w.page.getByRole('dialog').waitFor({ state: 'detached' })
      await ran()
    }
  )

  test('a command from outside the window moves focus in it', async () => {
    await w.preview.app.run('settings', {}, 'socket')
    await eventually(focusedId).toBe('settings-title')
  })
})

describe('reading by sentence', () => {
  test('Alt+PageDown and Alt+PageUp move by sentence, Escape goes back', async () => {
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

  test('a new picture does not replace the caption being read', async () => {
    await w.press('alt+Next', 'alt+Next')
    await ownClipboard(w.desktop, { 'image/png': await photoPicture(310, 200, 'png') })
    await w.page.getByRole('button', { name: /^Show the newest/u }).waitFor()
    expect(await focused()).toBe('It leans against a wall.')
    await w.press('Escape')
    await eventually(() => w.page.locator('#caption p').count()).toBe(0)
  })

  test('F6 goes around the regions, Shift+F6 goes back', async () => {
    await w.press('ctrl+comma')
    await eventually(focusedId).toBe('settings-title')
    const seen: string[] = []
    for (let step = 0; step < 6; step += 1) {
      await w.press('F6')
      seen.push((await focused()).replace(/\s+/gu, ' '))
    }
    expect(seen).toEqual([
      'Describe the screen Ctrl+E',
      'Clipboard picture',
      'Ask about this picture',
      'Open pictures or PDF files Ctrl+O',
      'History',
      'Settings'
    ])
    await w.press('shift+F6')
    expect(await focused()).toBe('History')
  })

  test('Tab reaches every control in reading order and never gets stuck', async () => {
    const controls = await w.page.locator('button, input:not([hidden]), select, .history ul[tabindex]').count()
    await w.page.evaluate(() => {
      document.querySelector<HTMLElement>('.toolbar button')?.focus()
    })
    const seen = new Set<string>()
    for (let stop = 0; stop < controls; stop += 1) {
      seen.add(
        await w.page.evaluate(() => {
          const all = [...document.querySelectorAll('button, input:not([hidden]), select')]
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

  test('zooms to 800 % and back by key, and the zoom is announced', async () => {
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

  test('loads a larger copy of a large picture when zoomed in', async () => {
    await ownClipboard(w.desktop, { 'image/png': await photoPicture(2400, 1200, 'png') })
    const sharpness = (): Promise<number> => image().evaluate((element: HTMLImageElement) => element.naturalWidth)
    await eventually(sharpness).toBe(1600)
    await w.page.getByRole('button', { name: /^Zoom in/u }).focus()
    await w.press('plus', 'plus', 'plus')
    await eventually(sharpness).toBe(2400)
    await w.press('0')
  })

  test('moves with the arrow keys while it is enlarged', async () => {
    await w.press('plus', 'plus', 'plus', 'shift+Tab')
    expect(await frame().evaluate((element) => element === document.activeElement)).toBe(true)
    const before = await frame().evaluate((element) => element.scrollLeft)
    await w.press('Right')
    await eventually(() => frame().evaluate((element) => element.scrollLeft)).toBeGreaterThan(before)
    await w.press('0')
  })

  test('is inverted by a button that says whether it is pressed', async () => {
    const invert = w.page.getByRole('button', { name: 'Invert colors' })
    await invert.focus()
    await w.press('space')
    expect(await invert.getAttribute('aria-pressed')).toBe('true')
    expect(await image().evaluate((element) => getComputedStyle(element).filter)).toBe('invert(1)')
    expect(await audit(w.page)).toEqual([])
    await w.press('space')
    expect(await image().evaluate((element) => getComputedStyle(element).filter)).toBe('none')
  })
})

describe('a caption in parts', () => {
  const words = 'A receipt for 49.90 euros.\n\nMüller. Total 49.90.\n\nAt the bottom a bar code.'
  const place = (text: string, from = 0): { start: number; end: number } => {
    const start = words.indexOf(text, from)
    return { start, end: start + text.length }
  }

  test('is read by part with Ctrl and a digit; unverified text is marked, and copied without the mark', async () => {
    const { items, revision } = await w.preview.app.handlers.snapshot(null)
    const item = {
      ...items.findLast(({ caption }) => caption !== ''),
      caption: words,
      sentences: [...splitSentences(words)],
      steps: [
        { step: 'summary', ...place('A receipt for 49.90 euros.') },
        { step: 'text', ...place('Müller. Total 49.90.') },
        { step: 'parts', ...place('At the bottom a bar code.') }
      ],
      unconfirmed: [
        { text: '49.90', nearest: '49.96', ...place('49.90') },
        { text: 'Müller', nearest: null, ...place('Müller') }
      ]
    }
    await w.page.evaluate(
      ([name, event]) =>
        (globalThis as unknown as Record<string, (name: string, event: unknown) => void>)[name]?.('item', event),
      [receiveFunction, { revision: revision + 1, item, gone: [] }] as const
    )
    await w.page.getByRole('navigation', { name: 'History' }).getByText('A receipt').click()
    expect(await w.page.locator('#caption h3').allInnerTexts()).toEqual(['Text', 'Parts'])
    expect(await w.page.getByText('Unverified: 49.90, Müller.').count()).toBe(1)
    expect(await w.page.locator('.unverified').allInnerTexts()).toEqual(['49.90', 'Müller'])
    const tree = await w.page.locator('#caption').ariaSnapshot()
    expect(tree).toContain('49.90 (unverified) euros.')
    expect(await audit(w.page)).toEqual([])
    await w.press('ctrl+2')
    expect(await focused()).toBe('Müller.')
    await w.press('ctrl+3')
    expect(await focused()).toBe('At the bottom a bar code.')
    await w.press('ctrl+4')
    await eventually(() => w.page.getByRole('status').innerText()).toContain('Controls: nothing there.')
    expect(await focused()).toBe('At the bottom a bar code.')
    await w.press('ctrl+1')
    expect(await focused()).toBe('A receipt for 49.90 euros.')
    await w.page.evaluate(() => getSelection()?.selectAllChildren(document.querySelector('.sentence') as Element))
    await w.press('ctrl+c')
    await eventually(async () =>
      (await w.desktop.run('xclip', ['-selection', 'clipboard', '-o'])).stdout.toString()
    ).toBe('A receipt for 49.90 euros.')
    await w.press('Escape')
    await w.page.reload()
  })

  test('is described again at another level of detail', async () => {
    let asked = ''
    w.server.script((request) => {
      asked = JSON.stringify(request.body)
      return answer('Only text.')
    })
    await w.page.getByRole('navigation', { name: 'History' }).getByText('A red bicycle').click()
    const again = w.page.getByLabel('Describe again as')
    // It is inert when it appears.
    await eventually(() => again.getAttribute('inert')).toBeNull()
    await again.focus()
    await w.type('Text')
    await w.press('Tab', 'Return')
    expect(await focusedId()).toBe('caption-title')
    await eventually(() => w.page.locator('#caption').innerText()).toBe('Only text.')
    expect(asked).not.toBe('')
    expect((await w.preview.app.handlers.snapshot(null)).items.some(({ caption }) => caption === 'Only text.')).toBe(
      true
    )
  })
})

describe('part of the screen', () => {
  test('is chosen by key and described at full resolution; Escape goes back to where the user was', async () => {
    let sent: Buffer | undefined
    w.server.script((request) => {
      sent = request.images[0]?.bytes
      return answer('A corner of the window.')
    })
    await w.page.getByRole('button', { name: /^Stop/u }).focus()
    await w.press('ctrl+shift+r')
    await eventually(focused).toContain('Selected area')
    await w.page.locator('.grid-picture img').waitFor()
    expect(await audit(w.page)).toEqual([])
    const viewport = w.page.viewportSize()
    await w.page.setViewportSize({ width: 320, height: 640 })
    expect(await rightOf(w.page.getByRole('dialog'))).toBeLessThanOrEqual(320)
    expect(await w.page.locator('.backdrop').evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0)
    if (viewport) await w.page.setViewportSize(viewport)
    await w.press('Escape')
    await eventually(focused).toContain('Stop')
    await w.press('ctrl+shift+r')
    await eventually(focused).toContain('Selected area')
    await w.press('6')
    const screen = await sizeOfScreen()
    const [width, height] = [Math.round(screen.width / 3), Math.round(screen.height / 3)]
    const chosen = w.page.getByLabel('Selected area')
    await eventually(() => chosen.inputValue()).toBe(`middle right, ${width} by ${height}`)
    await w.press('Left', 'Right', 'plus', 'Escape', 'x')
    await eventually(() => chosen.inputValue()).toBe(`middle right, ${width} by ${height}`)
    await w.press('Return')
    await eventually(() => w.page.locator('#caption').innerText()).toBe('A corner of the window.')
    expect(await focusedId()).toBe('caption-title')
    expect(readPictureHeader(sent ?? new Uint8Array())).toMatchObject({ width, height })
  })

  const rightOf = (locator: Locator): Promise<number> =>
    locator.evaluate((element) => element.getBoundingClientRect().right)

  async function sizeOfScreen(): Promise<{ width: number; height: number }> {
    const { stdout } = await w.desktop.run('xdotool', ['getdisplaygeometry'])
    const [width = 0, height = 0] = stdout.toString().split(' ').map(Number)
    return { width, height }
  }
})

describe('files', () => {
  const labels = async (): Promise<string[]> =>
    (await w.preview.app.handlers.snapshot(null)).items.map(({ label }) => label)

  /** Drops files on the window as a file manager does; a number stands for so many zero bytes. */
  async function drop(files: { name: string; bytes: Uint8Array | number }[]): Promise<void> {
    await w.page.evaluate(
      (dropped) => {
        const dataTransfer = new DataTransfer()
        for (const { name, bytes } of dropped)
          dataTransfer.items.add(new File([typeof bytes === 'number' ? new Uint8Array(bytes) : bytes], name))
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
      },
      files.map(({ name, bytes }) => ({ name, bytes: typeof bytes === 'number' ? bytes : new Uint8Array(bytes) }))
    )
  }

  test('opens every dropped picture, one after the other, and says which files it refused', async () => {
    w.server.script(() => answer('A dropped picture.'))
    const [one, two] = [await photoPicture(120, 80, 'png'), await photoPicture(130, 80, 'jpeg')]
    await drop([
      { name: 'one.png', bytes: one },
      { name: 'notes.docx', bytes: Buffer.from('PK\u0003\u0004 word/document.xml') },
      { name: 'large.png', bytes: 101 * 1024 * 1024 }
    ])
    await drop([{ name: 'two.jpg', bytes: two }])
    await eventually(labels).toEqual(expect.arrayContaining(['one.png', 'two.jpg']))
    const files = w.page.getByRole('region', { name: 'Files' })
    await eventually(() => files.innerText()).toContain('large.png: This file is over 100 MB.')
    // The file name is shown, whether the app or the window refused it.
    expect(await files.innerText()).toMatch(/notes\.docx: Word files/u)
    expect(await files.locator('.failure').count()).toBe(2)
    await eventually(() => w.page.getByRole('alert').innerText()).toContain('large.png: This file is over 100 MB.')
    expect(await audit(w.page)).toEqual([])
  })

  test('opens a file of 20 MB', async () => {
    w.server.script(() => answer('A large picture.'))
    await w.page.evaluate(() => {
      const [width, height, head] = [2600, 2688, 54]
      const bytes = new Uint8Array(head + width * height * 3)
      const view = new DataView(bytes.buffer)
      bytes.set([0x42, 0x4d]) // A bitmap: nothing of it is compressed.
      for (const [offset, value] of Object.entries({ 2: bytes.length, 10: head, 14: 40, 18: width, 22: height }))
        view.setUint32(Number(offset), value, true)
      view.setUint16(26, 1, true)
      view.setUint16(28, 24, true)
      // Its last row in the file is the top: white.
      bytes.fill(0xff, bytes.length - width * 3 * 600)
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([bytes], 'large.bmp'))
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    })
    const large = async (): Promise<unknown> =>
      (await w.preview.app.handlers.snapshot(null)).items.find(({ label }) => label === 'large.bmp')
    await eventually(large).toMatchObject({
      state: 'done',
      facts: { width: 2600, height: 2688, mime: 'image/bmp', isBlank: false }
    })
  })

  test('pastes text into a field, and a picture into the window', async () => {
    await w.press('ctrl+shift+a')
    await eventually(focusedId).toBe('question')
    const picture = await photoPicture(140, 80, 'png')
    // Office programs copy text together with a picture of it.
    await ownClipboard(w.desktop, { UTF8_STRING: 'How much is it?', 'image/png': picture })
    await w.press('ctrl+v')
    await eventually(() => w.page.getByLabel('Ask about this picture').inputValue()).toBe('How much is it?')
    await w.page.getByLabel('Ask about this picture').fill('')
    const before = (await labels()).length
    await w.page.getByRole('button', { name: /^Stop/u }).focus()
    await w.press('ctrl+v')
    await eventually(async () => (await labels()).length).toBeGreaterThan(before)
    expect((await labels()).at(-1)).toMatch(/\.png$/u)
  })
})

describe('settings by keyboard', () => {
  test('Space turns sending off and on, and the window says where pictures go', async () => {
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

  test('a key is saved in the keychain, and nothing gives it back', async () => {
    await w.page.getByLabel(/^API key for/u).focus()
    await w.type('sk-test-0123456789')
    await w.press('Return')
    await eventually(() => status().key).toBe('stored')
    await eventually(() => w.page.getByRole('status').innerText()).toMatch(/^API key for 127\.0\.0\.1:\d+ saved$/u)
    expect(await w.page.getByLabel(/^API key for/u).inputValue()).toBe('')
    expect(JSON.stringify(await w.preview.app.handlers.snapshot(null))).not.toContain('sk-test')
    expect(await w.page.content()).not.toContain('sk-test')
    await w.press('Tab', 'Tab')
    expect(await focused()).toBe('Remove key')
    await w.press('Return')
    await eventually(() => status().key).not.toBe('stored')
    expect(await focusedId()).toBe('key')
  })

  test('a number takes effect on Enter, and an invalid one is refused', async () => {
    const rate = w.page.getByLabel('Speaking rate')
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

  test('a choice takes effect immediately, and no other setting changes with it', async () => {
    const before = status().settings
    await w.page.getByLabel('Level of detail').focus()
    await w.press('Down')
    await eventually(() => status().settings).toEqual({ ...before, detail: 'detailed' })
  })

  test('another provider is chosen in a form, a wrong address is refused, and sending is off until it is allowed', async () => {
    await w.page.getByRole('button', { name: 'Change provider' }).focus()
    await w.press('Return')
    await eventually(focused).toBe('Provider')
    expect(await audit(w.page)).toEqual([])
    await w.type('Azure')
    await eventually(() => w.page.getByRole('status').innerText()).toContain('your Azure resource')
    await w.press('Tab')
    expect(await focused()).toBe('Resource name')
    await w.type('my-resource')
    await w.press('Return')
    await eventually(focused).toBe('Change provider')
    expect(status()).toMatchObject({
      settings: { baseUrl: 'https://my-resource.openai.azure.com/openai/v1', model: 'gpt-4o-mini' },
      sendingOn: false
    })
    await w.press('Return')
    await eventually(focused).toBe('Provider')
    expect(await w.page.getByLabel('Resource name').inputValue()).toBe('my-resource')
    await w.type('Another')
    await w.press('Tab')
    expect(await focused()).toBe('Server address')
    await w.type('ftp://example.org')
    await w.press('Return')
    expect(await focused()).toBe('Server address')
    expect(status().settings.baseUrl).toContain('azure')
    await w.press('ctrl+a')
    await w.type(`${w.server.baseUrl}/`)
    await w.press('Tab')
    await w.type('gpt-4o-mini')
    await w.press('Return')
    await eventually(() => status().settings.baseUrl).toBe(w.server.baseUrl)
    await eventually(() => status().sendingOn).toBe(true)
    // The form closes after that, and gives the focus back.
    await eventually(focused).toBe('Change provider')
  })

  test('a second opinion and a prompt of your own are added and removed', async () => {
    await w.page.getByRole('button', { name: 'Set up second opinion' }).focus()
    await w.press('Return')
    await eventually(focused).toBe('Provider')
    await w.type('Anthropic')
    await w.press('Tab', 'Return')
    await eventually(focused).toBe('Change second opinion')
    expect(status().settings.secondOpinion?.model).toBe('claude-haiku-4-5')
    await w.press('Tab')
    expect(await focused()).toBe('Turn off second opinion')
    await w.press('Return')
    await eventually(() => status().settings.secondOpinion).toBeNull()
    await eventually(focused).toBe('Set up second opinion')

    await w.page.getByRole('button', { name: 'Add prompt' }).focus()
    await w.press('Return')
    await eventually(focused).toBe('Name')
    await w.type('screen')
    await w.press('Tab')
    await w.type('The title of {window}')
    expect(await audit(w.page)).toEqual([])
    // A built-in one has that name.
    await w.press('Tab', 'Return')
    expect(await focused()).toBe('Name')
    await w.press('ctrl+a')
    await w.type('Title')
    await w.press('Return')
    await eventually(() => status().settings.presets).toEqual([{ name: 'Title', prompt: 'The title of {window}' }])
    await eventually(focused).toBe('Add prompt')
    await w.page.getByRole('button', { name: 'Remove Title' }).press('Enter')
    await eventually(() => status().settings.presets).toEqual([])
    await eventually(focused).toBe('Add prompt')
  })

  test('Escape goes from the prompt form back to the button that opened it', async () => {
    await w.preview.app.handlers['change-settings']({ presets: [{ name: 'Title', prompt: 'The title' }] })
    const edit = w.page.getByRole('button', { name: 'Edit Title' })
    await edit.focus()
    await w.press('Return')
    await eventually(focused).toBe('Name')
    expect(await edit.getAttribute('aria-expanded')).toBe('true')
    await w.press('Escape')
    expect(await edit.evaluate((element) => element === document.activeElement)).toBe(true)
    await w.preview.app.handlers['change-settings']({ presets: [] })
  })

  test('invalid input is explained next to its field, and announced', async () => {
    const limit = w.page.getByLabel('Monthly limit')
    await limit.focus()
    await w.type('much')
    await w.press('Return')
    await eventually(() => w.page.getByRole('status').innerText()).toContain("This value isn't valid.")
    expect(await limit.getAttribute('aria-invalid')).toBe('true')
    expect(await limit.inputValue()).toBe('much')
    expect(await audit(w.page)).toEqual([])
    await w.press('ctrl+a')
    await w.type('2,50')
    await w.press('Return')
    await eventually(() => status().settings.monthlyLimitUsd).toBe(2.5)
    expect(await limit.getAttribute('aria-invalid')).toBeNull()
  })
})

test('the hotkey opens the command list, Escape goes back, and what was captured for it is forgotten', async () => {
  const { handlers } = w.preview.app
  const forget = vi.spyOn(handlers, 'commands-left')
  const before = await focused()
  await w.preview.app.run('commands', {}, 'hotkey')
  await eventually(focused).toBe('Filter')
  await w.press('Escape')
  await eventually(focused).toBe(before)
  await eventually(() => forget.mock.calls.length).toBe(1)
  await w.preview.app.run('commands', {}, 'hotkey')
  await eventually(focused).toBe('Filter')
  await w.type('settings')
  await w.press('Return')
  await eventually(() => forget.mock.calls.length).toBe(2)
  forget.mockRestore()
})
