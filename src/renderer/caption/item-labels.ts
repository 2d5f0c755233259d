import type { Item } from '#shared/bridge.ts'
import type { Detail, Preset } from '#shared/caption.ts'

/** Names of what the contract calls by one word. */
export const detailNames: Record<Detail, string> = {
  brief: 'Brief: one sentence',
  standard: 'Standard: up to 60 words',
  detailed: 'Detailed: everything',
  text: 'Only the text'
}

export const presetNames: Record<Preset, string> = {
  screen: 'Screen',
  photo: 'Photo',
  people: 'People and scene',
  chart: 'Chart',
  document: 'Document',
  product: 'Product',
  meme: 'Comic or meme',
  art: 'Art',
  next: 'What would I press next?'
}

/** What a picture, or a question about one, is called. */
export function titleOf(item: Item): string {
  return item.question ?? item.label
}

/** "09:29 PM", as the system writes it, in one piece. */
export function timeOf(item: Item): string {
  return new Date(item.at)
    .toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
    .replace(/\s/gu, '\u00a0')
}
