import { describe, expect, it, vi } from 'vitest'
import { clearToSend, type Clearance, type GateOptions } from '#core/privacy/gate.ts'
import { isGivenAway } from '#core/privacy/hiding.ts'
import type { PrivacyRules } from '#shared/privacy-rules.ts'
import { defaultSettings, privacyRulesOf } from '#shared/settings.ts'
import { createFakeClock, settle } from '#test/clock.ts'
import { lineOf, pageCodes, pageOf, pageReader, type PagePicture } from '#test/page-picture.ts'

const cardLine = lineOf('Card 4111 1111 1111 1111', 100)
const card = pageOf([...lineOf('Your order', 40), ...cardLine])
const wifi = {
  format: 'QRCode',
  text: 'WIFI:T:WPA;S:Home;P:correct horse;;',
  area: { x: 300, y: 300, width: 120, height: 120 }
}
const defaults = privacyRulesOf({ ...defaultSettings, privacyCheck: true }, true) as PrivacyRules

function clear(
  picture: PagePicture,
  { rules = {}, ...options }: { rules?: Partial<PrivacyRules> } & Partial<Omit<GateOptions, 'rules'>> = {},
  signal = new AbortController().signal
): Promise<Clearance> {
  return clearToSend(
    {
      picture,
      area: null,
      window: { windowTitle: null, applicationName: null },
      passwordFields: [],
      rules: { ...defaults, ...rules },
      knownText: null,
      languages: ['en'],
      mayAsk: false,
      readText: () => pageReader.read(picture),
      readCodes: () => pageCodes.read(picture),
      reader: pageReader,
      codes: pageCodes,
      clock: createFakeClock(),
      onSlow: () => undefined,
      ...options
    },
    signal
  )
}

const textOf = (clearance: Clearance): string =>
  clearance.isCleared ? (clearance.picture as PagePicture).words.map(({ text }) => text).join(' ') : 'not sent'
const for_ = (action: PrivacyRules['actions']['iban']): Partial<PrivacyRules> => ({
  actions: { ...defaults.actions, 'card-number': action }
})

describe('before a picture is sent', () => {
  it('one with nothing private goes as it is', async () => {
    const picture = pageOf(lineOf('Good morning, everyone', 40))
    expect(await clear(picture)).toEqual({
      isCleared: true,
      picture,
      privacy: { action: 'sent', found: [], hidden: [] },
      hidden: []
    })
  })

  it('a card number is hidden, and nothing else', async () => {
    const clearance = await clear(card)
    expect(textOf(clearance)).toBe('Your order Card')
    const counted = [{ kind: 'card-number', count: 1 }]
    expect(clearance.privacy).toEqual({ action: 'hidden', found: counted, hidden: counted })
  })

  it('a phone number is found, and stays', async () => {
    const clearance = await clear(pageOf([...lineOf('Call +1 202-555-0143 now', 40), ...cardLine]))
    expect(textOf(clearance)).toContain('202-555-0143')
    expect(clearance.privacy.found).toContainEqual({ kind: 'phone-number', count: 1 })
    expect(clearance.privacy.hidden).toEqual([{ kind: 'card-number', count: 1 }])
  })

  it('a code with a Wi-Fi key is hidden', async () => {
    const clearance = await clear(pageOf(lineOf('Guest network', 40), { codes: [wifi] }))
    expect(clearance).toMatchObject({ isCleared: true, privacy: { hidden: [{ kind: 'login-code', count: 1 }] } })
    expect(clearance.isCleared && (clearance.picture as PagePicture).codes).toEqual([])
  })

  it('a box grows until nothing of the value can be read', async () => {
    const last = cardLine.at(-1)
    if (!last) throw new Error('No words.')
    const wide = { ...last, ink: { ...last.box, width: last.box.width + 18 } }
    const clearance = await clear(pageOf([...cardLine.slice(0, -1), wide]))
    expect(textOf(clearance)).toBe('Card')
  })

  it('one whose value cannot be covered is not sent', async () => {
    const stubborn = cardLine.map(({ text, box }) => ({
      text,
      box,
      ink: { x: box.x, y: box.y, width: 900, height: 20 }
    }))
    expect(await clear(pageOf(stubborn))).toMatchObject({
      isCleared: false,
      failure: { code: 'private', message: 'Not sent: card number.' },
      isAsking: false
    })
  })

  it('one whose words have no places is not sent', async () => {
    const readText = (): ReturnType<typeof pageReader.read> =>
      Promise.resolve({ text: 'Card 4111 1111 1111 1111', words: [] })
    expect(await clear(card, { readText })).toMatchObject({
      isCleared: false,
      privacy: { found: [{ kind: 'card-number', count: 1 }] }
    })
  })

  it('a page whose own text holds a number that was not found in its picture is not sent', async () => {
    const page = pageOf(lineOf('Statement', 40))
    const clearance = await clear(page, { knownText: 'Statement\nCard 4111 1111 1111 1111' })
    expect(clearance).toMatchObject({ isCleared: false, privacy: { found: [{ kind: 'card-number', count: 1 }] } })
  })

  it.each([
    [{ windowTitle: 'Vault', applicationName: 'KeePassXC' }],
    [{ windowTitle: 'Payroll 2026 - Sheets', applicationName: 'firefox' }]
  ])('a private window is not sent, whatever it shows: %o', async (window) => {
    const readText = vi.fn<() => ReturnType<typeof pageReader.read>>()
    const clearance = await clear(card, { window, rules: { privateWindows: ['*payroll*'] }, readText })
    expect(clearance).toMatchObject({
      isCleared: false,
      failure: { code: 'private', message: 'Not sent: this window shows passwords.' }
    })
    expect(readText).not.toHaveBeenCalled()
  })

  it('a password field is asked about, and covered when nobody can be asked, even if nothing is read', async () => {
    const passwordFields = [{ x: 40, y: 95, width: 500, height: 30 }]
    const asked = await clear(card, { passwordFields, mayAsk: true })
    expect(asked).toMatchObject({ isCleared: false, isAsking: true, failure: { message: 'Not sent: password field.' } })
    const clearance = await clear(card, { passwordFields, rules: { reads: false } })
    expect(textOf(clearance)).toBe('Your order')
    expect(clearance.privacy.hidden).toEqual([{ kind: 'password-field', count: 1 }])
  })

  it('without reading, and with nothing known at once, it goes unchecked', async () => {
    const clearance = await clear(card, { rules: { reads: false } })
    expect(clearance.privacy).toEqual({ action: 'unchecked', found: [], hidden: [] })
    expect(textOf(clearance)).toContain('1111')
  })

  it('what lies outside the part that is sent does not count', async () => {
    const clearance = await clear(card, { area: { x: 0, y: 0, width: 1000, height: 80 } })
    expect(clearance.privacy).toEqual({ action: 'sent', found: [], hidden: [] })
  })

  it.each([
    ['send', 'Your order Card 4111 1111 1111 1111', 'sent'],
    ['local', 'not sent', 'local'],
    ['ask', 'Your order Card', 'hidden']
  ] as const)('the rule %s is followed when nobody can be asked', async (action, text, done) => {
    const clearance = await clear(card, { rules: for_(action) })
    expect(textOf(clearance)).toBe(text)
    expect(clearance.privacy.action).toBe(done)
  })

  it('the user is asked where that is the rule', async () => {
    expect(await clear(card, { rules: for_('ask'), mayAsk: true })).toMatchObject({ isCleared: false, isAsking: true })
  })
})

describe('a check that is slow or fails', () => {
  it.each([
    ['wait', true],
    ['local', false],
    ['send', true]
  ] as const)('after 1.5 seconds, the rule %s applies', async (whenSlow, isCleared) => {
    const clock = createFakeClock()
    const reading = Promise.withResolvers<Awaited<ReturnType<typeof pageReader.read>>>()
    const onSlow = vi.fn<() => void>()
    const done = clear(card, { rules: { whenSlow }, clock, onSlow, readText: () => reading.promise })
    await settle()
    await clock.advance(1500)
    await settle()
    expect(onSlow).toHaveBeenCalledTimes(whenSlow === 'wait' ? 1 : 0)
    if (whenSlow === 'wait') reading.resolve(await pageReader.read(card))
    const clearance = await done
    expect(clearance.isCleared).toBe(isCleared)
    expect(clearance.privacy.action).toBe({ wait: 'hidden', local: 'local', send: 'unchecked' }[whenSlow])
  })

  it('one that never ends is given up after half a minute, and nothing is sent', async () => {
    const clock = createFakeClock()
    const done = clear(card, { clock, readText: () => new Promise(() => undefined) })
    await settle()
    await clock.advance(30_000)
    expect(await done).toMatchObject({
      isCleared: false,
      failure: { message: 'Not sent: the picture could not be checked for private text.' }
    })
  })

  it.each(['readText', 'readCodes'] as const)('nothing is sent when %s fails', async (name) => {
    const clearance = await clear(card, { [name]: () => Promise.reject(new Error('broken')) })
    expect(clearance).toMatchObject({ isCleared: false, failure: { code: 'private' } })
  })

  it('a stop ends it at once', async () => {
    const stop = new AbortController()
    const done = clear(card, { readText: () => new Promise(() => undefined) }, stop.signal)
    stop.abort()
    await expect(done).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('what gives a value away', () => {
  it.each([
    ['4111 1111 1111 1234', '1234', true],
    ['4111 1111 1111 1234', '123', false],
    ['4111 1111 1111 1234', 'I234', true],
    ['482913', 'code 482', true],
    ['482913', 'code 48', false],
    ['hunter2', 'hunt', true],
    ['', 'anything', false]
  ])('of %s, %j: %s', (value, read, isGiven) => {
    expect(isGivenAway(value, read)).toBe(isGiven)
  })
})
