// @module-tag dbus
// @module-tag pulseaudio
// @module-tag espeak-ng
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEspeakVoice } from '#adapters/voices/espeak-ng.ts'
import { speakable } from '#core/speaking/speakable.ts'
import type { Desktop } from '#test/desktop.ts'
import { hostileCaptions } from '#test/hostile-captions.ts'
import { startSoundDesktop } from '#test/sound-desktop.ts'
import { espeakRendering, likeness, type Recording } from '#test/sound.ts'
import { listen, utterance } from './voice-contract.ts'

/**
 * What was said is what was to be said: each caption is heard on the null sink and compared with the engine's own
 * rendering of the expected text, and with that of the caption after it. (The engine makes a longer pause before a
 * quotation when it plays than when it renders, so few of them have one.)
 */
const ordinary = [
  'A brown dog sleeps on a red sofa.',
  'The dialog asks: “Delete 3 files?”',
  'Total: $49.90, due on 12 May.',
  'A bar chart of visitors from January to June.',
  'Two women in raincoats wait for a bus.',
  'A menu lists soup, salad and grilled fish.',
  'A street sign points to the harbour.',
  'A blue button says “Save changes”.',
  'The password in the field is too short.',
  'Snow covers the roofs of a small village.'
]

let desktop: Desktop
let recording: Recording
let canary: string

beforeAll(async () => {
  ;({ desktop, recording } = await startSoundDesktop())
  canary = join(desktop.home, 'canary')
})
afterAll(() => desktop.end())

test.each(['ordinary', 'hostile'])('ten %s captions are heard word for word', { timeout: 120_000 }, async (kind) => {
  const captions = (kind === 'hostile' ? hostileCaptions(canary) : ordinary).map((caption) => speakable(caption, 'en'))
  const expected = await Promise.all(captions.map((caption) => espeakRendering(desktop, caption, { rateWpm: 450 })))
  const voice = createEspeakVoice()
  await voice.check()
  for (const [index, caption] of captions.entries()) {
    const [own, next] = [expected[index]!, expected[(index + 1) % captions.length]!]
    let heard: Int16Array = new Int16Array(0)
    // On a machine under load the sound stutters; it is listened to again then.
    for (let tries = 0; tries < 6 && likeness(heard, own) < 0.85; tries += 1) {
      const sinceMs = performance.now()
      await listen(voice, utterance(caption, { rateWpm: 450 })).over
      // The engine is done before the sound card is.
      await recording.quiet(250)
      const again = recording.heard(sinceMs)
      if (likeness(again, own) > likeness(heard, own)) heard = again
    }
    expect(likeness(heard, own), caption).toBeGreaterThan(0.8)
    expect(likeness(heard, next), `${caption} taken for another`).toBeLessThan(likeness(heard, own) - 0.1)
  }
  await voice.close()
  expect(existsSync(canary)).toBe(false)
})
