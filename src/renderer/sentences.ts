export interface Sentence {
  text: string
  /** Offset in the caption. */
  start: number
}

/** A caption as its sentences, in reading order, for display: one paragraph each. Line breaks end a sentence too. */
export function sentences(caption: string, language: string | null): Sentence[] {
  const segmenter = new Intl.Segmenter(language ?? undefined, { granularity: 'sentence' })
  return [...caption.matchAll(/[^\n]+/gu)]
    .flatMap((line) =>
      [...segmenter.segment(line[0])].map(({ segment, index }) => ({
        text: segment.trim(),
        start: line.index + index + segment.length - segment.trimStart().length
      }))
    )
    .filter(({ text }) => text !== '')
}
