/** Firefox hands out UTF-16, everyone else UTF-8. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder(bytes.subarray(0, 200).includes(0) ? 'utf-16le' : 'utf-8').decode(bytes)
}

/** An <img> that stands alone. */
export interface SingleImage {
  /** Where its picture is, if that is a data: or http(s) address. */
  address: string | null
}

/**
 * The <img> of HTML that is one <img> and no words: what a browser puts beside a copied picture; else null. Tags around
 * it do not matter. Runs in linear time, since the HTML comes from strangers.
 */
export function singleImage(bytes: Uint8Array): SingleImage | null {
  const html = decode(bytes)
  let words = ''
  const images: string[] = []
  let position = 0
  while (position < html.length) {
    const start = html.indexOf('<', position)
    if (start === -1) {
      words += html.slice(position)
      break
    }
    words += html.slice(position, start)
    position = tagEnd(html, start)
    if (/^<img\b/iu.test(html.slice(start, start + 5))) images.push(html.slice(start + 4, position))
    // What office programs write about the page is not shown on it.
    const unseen = /^<(style|title|script)\b/iu.exec(html.slice(start, start + 8))?.[1]
    if (unseen) position = elementEnd(html, position, unseen)
  }
  const [image] = images
  if (image === undefined || images.length > 1 || !/^(?:\s|&nbsp;|\0)*$/u.test(words)) return null
  const address = source(image)
  return { address: address !== null && /^(?:data:image\/|https?:\/\/)/iu.test(address) ? address : null }
}

/** Where the closing tag of an element begins that holds text and no other tags. */
function elementEnd(html: string, start: number, name: string): number {
  const closing = new RegExp(`</${name}`, 'giu')
  closing.lastIndex = start
  return closing.exec(html)?.index ?? html.length
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

const entities: Record<string, string> = { amp: '&', quot: '"', '#39': "'", apos: "'", lt: '<', gt: '>' }

/** The `src` among a tag's attributes. */
function source(attributes: string): string | null {
  for (const [, name, ...values] of attributes.matchAll(
    /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?/gu
  )) {
    if (name?.toLowerCase() !== 'src') continue
    const value = values.find((one) => one !== undefined)
    return value?.trim().replace(/&(amp|quot|#39|apos|lt|gt);/gu, (_, entity: string) => entities[entity] ?? '') ?? null
  }
  return null
}
