/**
 * Text as SSML with a mark after each sentence. What is markup in it becomes text.
 *
 * @param text Without control characters.
 * @param name What the names of its marks begin with.
 */
export function ssmlWithMarks(text: string, language: string, name: string): { ssml: string; lastMark: string } {
  const segments = new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(text)
  const sentences = text === '' ? [''] : [...segments].map(({ segment }) => segment)
  const marked = sentences.map((sentence, index) => `${escaped(sentence)}<mark name="${name}-${index + 1}"/>`)
  const isTag = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u.test(language)
  const spoken = isTag ? `<voice xml:lang="${language}">${marked.join('')}</voice>` : marked.join('')
  return { ssml: `<speak>${spoken}</speak>`, lastMark: `${name}-${marked.length}` }
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

function escaped(text: string): string {
  // U+FFFE and U+FFFF are no characters of XML: the parser would refuse the whole text.
  return text.replace(/[\ufffe\uffff]/gu, '').replace(/[&<>"']/gu, (character) => entities[character] ?? '')
}
