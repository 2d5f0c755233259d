import { expect, it } from 'vitest'
import { previewSentence } from '#app/commands/preview-sentence.ts'
import { buildPrompt } from '#core/describing/prompts/prompts.ts'
import { failure } from '#shared/errors.ts'
import type { PrivateKind } from '#shared/privacy.ts'
import { visionRequest } from '#test/vision-contract.ts'

const baseUrl = 'https://api.openai.com/v1'
const hiddenKinds: ReadonlySet<PrivateKind> = new Set(['card-number'])
const window = { windowTitle: 'Card 4111 1111 1111 1111, call 202-555-0143', applicationName: 'firefox' }

/** What is said of a request that took along this title, or null for none. */
function said(
  windowTitle: string | null,
  { applicationName = null as string | null, estimateUsd = 0.003 } = {}
): string {
  const prompt = buildPrompt({
    detail: 'standard',
    preset: null,
    probablePreset: null,
    question: null,
    earlier: [],
    part: null,
    language: 'en',
    windowTitle,
    applicationName,
    text: null,
    isPartlyHidden: false
  })
  const hidden = [{ kind: 'iban', count: 1 } as const]
  return previewSentence(
    { request: { ...visionRequest, ...prompt, hidden }, baseUrl, estimateUsd },
    window,
    hiddenKinds
  )
}

it('names the title and the program only as they are in the request', () => {
  const start = 'To OpenAI (api.openai.com), with gpt-4o-mini: the picture, 2 by 1 pixels, 0 kB, without metadata. '
  const end = 'IBAN hidden. Price: about 0.3 cents.'
  expect(said(null)).toBe(start + end)
  expect(said('Card [card number hidden], call 202-555-0143', { applicationName: 'firefox' })).toBe(
    `${start}Also the window title, "Card [card number hidden], call 202-555-0143". Also the name of the program, firefox. ${end}`
  )
  expect(said(window.windowTitle)).toContain('Also the window title, "Card 4111 1111 1111 1111, call 202-555-0143".')
})

it('says why nothing would be sent', () => {
  expect(previewSentence({ failure: failure('offline') }, window, hiddenKinds)).toContain('Sending is off.')
  expect(previewSentence({ failure: null }, window, hiddenKinds)).toBe('Nothing would be sent.')
})
