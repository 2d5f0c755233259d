import { expect, test } from 'vitest'
import { ssmlWithWordMarks } from '#adapters/ssml.ts'
import { languageTag } from '#adapters/voices/voice-list.ts'

test('each word has a mark with its place, and nothing of the text is markup', () => {
  expect(ssmlWithWordMarks('A <b> &amp;\nend')).toBe(
    '<speak><mark name="0"/>A <mark name="2"/>&lt;b&gt; <mark name="6"/>&amp;amp;\n<mark name="12"/>end</speak>'
  )
  expect(ssmlWithWordMarks(']]> --> <?x?>')).not.toMatch(/<(?!speak>|\/speak>|mark name="\d+"\/>)/u)
})

test('what XML cannot hold is left out and moves nothing', () => {
  expect(ssmlWithWordMarks('\u0000\u001b[2J \ud800x')).toBe(
    '<speak>  <mark name="2"/>[2J <mark name="6"/>\ufffdx</speak>'
  )
})

test("an engine's words for languages become tags", () => {
  const words = ['en_US', 'en-us-nyc', 'en-gb-x-rp', 'cmn-latn-pinyin', 'es-419', '???', '']
  const tags = ['en-US', 'en-US', 'en-GB-x-rp', 'zh-Latn-pinyin', 'es-419', 'und', 'und']
  expect(words.map(languageTag)).toEqual(tags)
})
