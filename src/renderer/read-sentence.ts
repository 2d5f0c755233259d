import { useEffect, useState } from 'react'
import type { Bridge } from '#shared/bridge.ts'

/** Letters and digits alone: what is spoken differs from what is shown in signs ("&" and "and") and Markdown. */
function bare(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()
}

/** The sentence that Descry's own voice is reading now, or null. */
export function useReadSentence(bridge: Bridge): string | null {
  const [sentence, setSentence] = useState<string | null>(null)
  useEffect(() => bridge.on('reading', (event) => setSentence(event.sentence)), [bridge])
  return sentence
}

/** Whether a shown sentence is the one being read: a long one may be read in parts, and short ones be joined. */
export function isBeingRead(shown: string, read: string | null): boolean {
  if (read === null) return false
  const [one, other] = [bare(shown), bare(read)]
  return one !== '' && other !== '' && (one.includes(other) || other.includes(one))
}
