/** Firefox hands out UTF-16, everyone else UTF-8. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder(bytes.subarray(0, 200).includes(0) ? 'utf-16le' : 'utf-8').decode(bytes)
}

/**
 * True for HTML that is one <img> and no words: what a browser puts beside a copied picture. Tags around it do not
 * matter. Runs in linear time, since the HTML comes from strangers.
 */
export function isSingleImage(bytes: Uint8Array): boolean {
  const html = decode(bytes)
  let words = ''
  let images = 0
  let position = 0
  while (position < html.length) {
    const start = html.indexOf('<', position)
    if (start === -1) {
      words += html.slice(position)
      break
    }
    words += html.slice(position, start)
    position = tagEnd(html, start)
    if (/^<img\b/iu.test(html.slice(start, start + 5))) images += 1
  }
  return images === 1 && /^(?:\s|&nbsp;|\0)*$/u.test(words)
}

/** Where the text after a tag or comment begins; a `>` inside quotes does not end a tag. */
function tagEnd(html: string, start: number): number {
  if (html.startsWith('<!--', start)) {
    const end = html.indexOf('-->', start)
    return end === -1 ? html.length : end + 3
  }
  let quote = ''
  for (let index = start + 1; index < html.length; index += 1) {
    const character = html.charAt(index)
    if (quote !== '') quote = character === quote ? '' : quote
    else if (character === '"' || character === "'") quote = character
    else if (character === '>') return index + 1
  }
  return html.length
}
