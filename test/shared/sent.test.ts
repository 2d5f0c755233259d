import { expect, it } from 'vitest'
import { sentSentence, type SentPicture } from '#shared/sent.ts'

const now = new Date(2026, 10, 30, 18)
const picture = (changes: Partial<SentPicture> = {}): SentPicture => ({
  at: new Date(2026, 10, 30, 14, 5).toISOString(),
  provider: 'api.openai.com',
  model: 'gpt-4o-mini',
  widthPx: 1024,
  heightPx: 768,
  bytes: 120_400,
  hidden: [],
  costUsd: 0.003,
  ...changes
})
/** Which space stands before PM depends on the version of the system's data. */
const said = (sent: SentPicture[]): string => sentSentence(sent, now).replace(/\s/gu, ' ')
const hidden = [{ kind: 'card-number', count: 1 } as const]

it('says how many were sent today, and where the last one went', () => {
  expect(sentSentence([], now)).toBe('No picture was sent.')
  expect(said([picture({ hidden }), picture()])).toBe(
    '2 pictures were sent today. In one of them, parts were hidden. The last at 2:05 PM: 1,024 by 768 pixels, 120 kB, ' +
      'to api.openai.com with gpt-4o-mini, for 0.3 cents. Card number hidden.'
  )
})

it('gives the date of one that was not sent today, and no price that is not known', () => {
  const at = new Date(2026, 10, 28, 9).toISOString()
  expect(said([picture({ at, costUsd: null, bytes: 2_340_000 })])).toBe(
    'No picture was sent today. The last at Nov 28, 9:00 AM: 1,024 by 768 pixels, 2.3 MB, to api.openai.com with gpt-4o-mini.'
  )
})
