/** A caption as its sentences, in reading order, for display: one paragraph each. Line breaks end a sentence too. */
export function sentences(caption: string, language: string | null): string[] {
  const segmenter = new Intl.Segmenter(language ?? undefined, { granularity: 'sentence' })
  return caption
    .split('\n')
    .flatMap((line) => [...segmenter.segment(line)].map(({ segment }) => segment.trim()))
    .filter((sentence) => sentence !== '')
}
