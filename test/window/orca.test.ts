// @module-tag xvfb
// @module-tag chromium
// @module-tag xdotool
// @module-tag python3-gi
// @module-tag fonts-dejavu
// @module-tag dbus
// @module-tag gsettings
// @module-tag at-spi2-core
// @module-tag pulseaudio
// @module-tag orca
// @module-tag speech-dispatcher
// @module-tag script
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createScreenReaderDetector } from '#adapters/screen-reader.ts'
import type { Voice } from '#core/ports/speech.ts'
import { t } from '#shared/messages/messages.ts'
import { readingNewLines } from '#test/growing-file.ts'
import { answer, createGate, httpErrors } from '#test/model-server.ts'
import { photoPicture } from '#test/pictures.ts'
import { until } from '#test/process.ts'
import { eventually, openWindow, type OpenWindow } from './open-window.ts'

let w: OpenWindow
/** What Descry's own voices have finished saying. */
const ownVoice: string[] = []

let newLogLines: () => string[]
const utterances: string[] = []

/** Everything Orca has said so far, one entry per utterance. */
function spoken(): readonly string[] {
  for (const line of newLogLines()) {
    const [, utterance] = /SPEECH OUTPUT: '(.*)' ?\{/u.exec(line) ?? []
    if (utterance !== undefined) utterances.push(utterance)
  }
  return utterances
}

/** How often Orca has said exactly this since `start`. */
function times(text: string, start: number): number {
  return spoken()
    .slice(start)
    .filter((utterance) => utterance.trim() === text).length
}

async function isSpoken(text: string, start: number): Promise<unknown> {
  return await until(() => times(text, start) > 0, { what: `Orca to say: ${text}` })
}

/** Waits until Orca has finished: it says the status, which was asked for last, after everything else. */
async function hearOut(): Promise<void> {
  const start = spoken().length
  await w.press('ctrl+i')
  await until(
    () =>
      spoken()
        .slice(start)
        .some((text) => text.startsWith('Watching')),
    {
      what: 'Orca to say the status'
    }
  )
}

function recorded(voice: Voice): Voice {
  return {
    ...voice,
    speak(utterance, listener) {
      voice.speak(utterance, (event) => {
        if (event.type === 'ended') ownVoice.push(utterance.text)
        listener(event)
      })
    }
  }
}

beforeAll(async () => {
  w = await openWindow({
    desktop: { sound: true, accessibility: true },
    settings: { rateWpm: 450 },
    dependencies: (real) => ({
      voices: real.voices.map((voice) => recorded(voice)),
      screenReader: createScreenReaderDetector()
    }),
    before: async (desktop) => {
      // Orca asks pgrep for others of the same user, and ends itself or them: those of another run, or the user's own.
      const programs = join(desktop.home, 'programs')
      await mkdir(programs)
      await writeFile(join(programs, 'pgrep'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
      // Orca buffers its log unless it writes to a terminal.
      const orca = 'orca --debug-file=/dev/tty'
      const log = join(desktop.home, 'orca.log')
      newLogLines = readingNewLines(log)
      desktop.start('script', ['--quiet', '--flush', '--command', orca, log], {
        PATH: `${programs}:${desktop.env.PATH}`
      })
      await until(() => spoken().length > 0, { what: 'Orca to speak', timeoutMs: 90_000 })
    }
  })
}, 120_000)
afterAll(() => w?.end())

const first = 'A red bicycle leans against a wall.'
const rest = 'A basket hangs from it. The wall is white.'

test('the first Tab after the start is spoken', async () => {
  const start = spoken().length
  await w.press('Tab')
  await isSpoken('Describe the screen Ctrl+E push button.', start)
})

test.each([
  ['settings-title', 340],
  ['question', 350],
  ['history-title', 360],
  ['caption-title', 370]
] as const)('a caption that arrives with focus on #%s is the only thing said', async (id, width) => {
  w.server.script([answer(`${first} ${rest}`)])
  await w.copy(await photoPicture(width, 200, 'png'))
  // The question field appears with the first picture.
  await w.page.evaluate((name) => document.getElementById(name)?.focus(), id)
  await hearOut()
  const start = spoken().length
  await w.preview.app.run('clipboard', {}, 'socket')
  await isSpoken(rest, start)
  await hearOut()
  const said = spoken()
    .slice(start)
    .map((text) => text.trim())
  expect(said.filter((text) => !/^(?:left control|i|Watching .*)$/u.test(text))).toEqual([first, rest])
  expect(await w.page.evaluate(() => document.activeElement?.id)).toBe(id)
})

test('the same command again is spoken again', async () => {
  const start = spoken().length
  for (const count of [1, 2, 3]) {
    await w.press('ctrl+i')
    await until(
      () =>
        spoken()
          .slice(start)
          .filter((text) => text.startsWith('Watching')).length === count,
      { what: `Orca to say the status for the ${count}th time` }
    )
  }
})

test('a caption is said in two utterances, each exactly once, while Descry’s own voice is silent', async () => {
  const gate = createGate()
  w.server.script([answer(`${first} ${rest}\nTags: bicycle, wall`, { gate })])
  const start = spoken().length
  await w.copy(await photoPicture(300, 200, 'png'))
  await isSpoken('Picture ready', start)
  await w.press('ctrl+p')
  // Into the second sentence: the first is complete, the rest is not.
  gate.release(12)
  await isSpoken(first, start)
  await eventually(() => w.page.locator('#caption p').count()).toBeGreaterThan(1)
  expect(spoken().slice(start).join(' ')).not.toContain('basket')
  gate.open()
  await isSpoken(rest, start)
  await hearOut()
  expect(times(first, start)).toBe(1)
  expect(times(rest, start)).toBe(1)
  expect(times('Picture ready', start)).toBe(1)
  const all = spoken().slice(start)
  expect(all.filter((text) => /bicycle|basket|white|tags/iu.test(text))).toEqual([first, rest])
  expect(ownVoice).toEqual([])
})

test('a repeated caption is said again, once', async () => {
  const start = spoken().length
  await w.press('ctrl+r')
  await isSpoken(rest, start)
  await hearOut()
  expect(times(first, start)).toBe(1)
  expect(times(rest, start)).toBe(1)
})

test('a sentence is said once when focus moves to it', async () => {
  await w.page.evaluate(() => (document.activeElement as HTMLElement).blur())
  const start = spoken().length
  await w.press('alt+Next')
  const said = (): string[] =>
    spoken()
      .slice(start)
      .filter((text) => text.includes('bicycle'))
  await eventually(() => said().length).toBeGreaterThan(0)
  await w.press('Escape')
  // Nothing had focus before, so the heading takes it: a newer picture may then be shown, and Escape is heard.
  expect(await w.page.locator('.sentence:focus').count()).toBe(0)
  await until(
    () =>
      spoken()
        .slice(start)
        .some((text) => text.startsWith('Clipboard picture heading')),
    {
      what: 'Orca to say the heading'
    }
  )
  const [utterance = '', ...more] = said()
  expect(utterance.split(first)).toHaveLength(2)
  expect(more).toEqual([])
})

test('a failure is said once', async () => {
  w.server.script([httpErrors.noCredit])
  const start = spoken().length
  await w.copy(await photoPicture(310, 200, 'png'))
  await w.press('ctrl+p')
  const said = await until(
    () =>
      spoken()
        .slice(start)
        .find((text) => text.includes('credit')),
    {
      what: 'Orca to say that the credit is used up'
    }
  )
  await hearOut()
  expect(said).toContain('Your credit with the provider is used up.')
  expect(
    spoken()
      .slice(start)
      .filter((text) => text.includes('credit'))
  ).toHaveLength(1)
  expect(ownVoice).toEqual([])
})

test('controls are said with name, role and state', async () => {
  const start = spoken().length
  await w.press('ctrl+k')
  await until(
    () =>
      spoken()
        .slice(start)
        .some((text) => /Filter.*entry/u.test(text)),
    {
      what: 'Orca to say the filter'
    }
  )
  await w.press('Escape')
  await w.page.getByRole('dialog').waitFor({ state: 'detached' })
  await w.page.getByRole('switch', { name: /^Send pictures/u }).focus()
  await until(
    () =>
      spoken()
        .slice(start)
        .some((text) => /^Send pictures to 127.*switch on/iu.test(text)),
    { what: 'Orca to say the switch' }
  )
  await w.press('space')
  await until(
    () =>
      spoken()
        .slice(start)
        .some((text) => text === 'off'),
    { what: 'Orca to say: off' }
  )
  await hearOut()
  // Only the new state: the control never jumps back and forth.
  const after = spoken().slice(start)
  const off = after.indexOf('off')
  expect(after.slice(off + 1).filter((text) => /^(?:on|off)$/u.test(text))).toEqual([])
  await w.press('space')
})

test('Tab says each setting once, and no list is read out when it is filled', async () => {
  await w.press('ctrl+comma')
  await eventually(() => w.page.evaluate(() => document.activeElement?.id)).toBe('settings-title')
  const names = await w.page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.settings :is(button, input, select)')].map((element) => {
      const labels = (element as HTMLInputElement).labels
      return (labels?.[0] ?? element).textContent.trim()
    })
  )
  expect(names.length).toBeGreaterThan(20)
  await hearOut()
  const start = spoken().length
  const said = (name: string): string[] =>
    spoken()
      .slice(start)
      .filter((text) => text.startsWith(`${name} `) && /button|entry|text|box|switch/u.test(text.slice(name.length)))
  for (const name of names) {
    await w.press('Tab')
    await until(() => said(name).length > 0, { what: `Orca to say: ${name}` })
  }
  await hearOut()
  for (const name of names) expect(said(name), name).toHaveLength(1)
  expect(times('Automatic.', start)).toBe(1)
  // Orca adds a period after a letter only.
  expect(times(t('settings.voice.automatic'), start)).toBe(1)
  const options = w.page.getByLabel('Voice', { exact: true }).locator('option')
  // Asking every engine takes longer than walking past.
  await eventually(() => options.count()).toBeGreaterThan(10)
  await hearOut()
  const voices = await options.allInnerTexts()
  const unasked = new Set(voices.slice(1).map((voice) => `${voice}.`))
  expect(
    spoken()
      .slice(start)
      .filter((text) => unasked.has(text.trim()))
  ).toEqual([])
}, 60_000)

test.each([
  ['Change provider', 'Provider combo box.'],
  ['Add prompt', 'Name entry required.']
])('the form behind “%s” is said once when it opens, and Escape says where focus goes back to', async (name, field) => {
  let start = spoken().length
  await w.page.getByRole('button', { name }).focus()
  await isSpoken(`${name} collapsed push button.`, start)
  await hearOut()
  start = spoken().length
  await w.press('Return')
  await isSpoken(field, start)
  await hearOut()
  expect(times(field, start)).toBe(1)
  expect(
    spoken()
      .slice(start)
      .filter((text) => text.startsWith('form '))
  ).toHaveLength(1)
  await w.press('Tab')
  start = spoken().length
  await w.press('Escape')
  await isSpoken(`${name} collapsed push button.`, start)
})

test('each key in the grid is answered once, by the selected area', async () => {
  let start = spoken().length
  await w.press('ctrl+shift+r')
  await until(
    () =>
      spoken()
        .slice(start)
        .some((text) => text.includes(t('capture.grid-help'))),
    {
      what: 'Orca to say the keys'
    }
  )
  start = spoken().length
  const steps = [
    ['6', 'middle right, 533 by 300'],
    ['Escape', 'Whole picture, 1600 by 900'],
    ['5', 'center, 533 by 300']
  ] as const
  for (const [key, words] of steps) {
    await w.press(key)
    await isSpoken(words, start)
  }
  await hearOut()
  const said = spoken()
    .slice(start)
    .map((text) => text.trim())
  expect(said.filter((text) => /\d by \d/u.test(text))).toEqual(steps.map(([, words]) => words))
  await w.press('Escape', 'Escape')
})

test('while another window is active, Descry’s own voice says the caption, once', async () => {
  w.server.script([answer(`${first} ${rest}`)])
  const start = spoken().length
  await w.copy(await photoPicture(320, 200, 'png'))
  await w.desktop.run('xdotool', ['getactivewindow', 'windowminimize'])
  const { isChromiumActive } = await import('#preview/active-window.ts')
  await until(async () => !(await isChromiumActive(w.preview.userDataDir)), { what: 'the window to be away' })
  await w.preview.app.run('clipboard', {}, 'socket')
  await until(() => ownVoice.some((text) => text.includes('white')), {
    what: 'Descry’s own voice',
    timeoutMs: 40_000
  })
  expect(ownVoice.join(' ').split(first)).toHaveLength(2)
  expect(
    spoken()
      .slice(start)
      .filter((text) => /bicycle|basket/u.test(text))
  ).toEqual([])
}, 60_000)
