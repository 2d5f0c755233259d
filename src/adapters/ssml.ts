/** SSML for speech engines. Nothing in a text becomes markup. */

/**
 * Text with a mark before each word, named after the word's offset in the text. Quotes are not escaped, because some
 * versions of speech-dispatcher spell numeric escapes out.
 */
export function ssmlWithWordMarks(text: string): string {
  // Characters that XML cannot contain are replaced by others of the same length, so that the offsets stay right.
  const characters = text.toWellFormed().replace(/(?![\t\r\n])[\p{Cc}\uFFFE\uFFFF]/gu, ' ')
  const words = characters.replace(/\S+/gu, (word, at: number) => `<mark name="${at}"/>${escaped(word)}`)
  return `<speak>${words}</speak>`
}

/**
 * Text with a mark at its end.
 *
 * @param text Without control characters.
 * @param language BCP 47; anything else is left out.
 */
export function ssmlWithEndMark(text: string, language: string, mark: string): string {
  const isTag = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u.test(language)
  // U+FFFE and U+FFFF are not XML characters: the parser would refuse the whole text.
  const content = `${escaped(text.replace(/[\uFFFE\uFFFF]/gu, ''))}<mark name="${mark}"/>`
  return `<speak>${isTag ? `<voice xml:lang="${language}">${content}</voice>` : content}</speak>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
