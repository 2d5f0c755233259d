/**
 * A text as SSML with a mark before each word, named by the word's place in the text. Nothing of the text is markup:
 * what could be is escaped. The numeric escapes (`&#38;`) are spelled out by some versions of speech-dispatcher.
 */
export function markedSsml(text: string): string {
  const words = xmlCharacters(text).replace(/\S+/gu, (word, at: number) => `<mark name="${at}"/>${escaped(word)}`)
  return `<speak>${words}</speak>`
}

/** What XML cannot hold becomes something of the same length, so that the places stay right. */
function xmlCharacters(text: string): string {
  return text.toWellFormed().replace(/(?![\t\r\n])[\p{Cc}\uFFFE\uFFFF]/gu, ' ')
}

function escaped(word: string): string {
  return word.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
