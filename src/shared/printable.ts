// C0 and C1 controls, DEL, soft hyphen, bidirectional controls, zero-width and line/paragraph separators.
const unprintable =
  // oxlint-disable-next-line no-control-regex -- stripping exactly these is the point
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu

/**
 * Text that is safe on a terminal: no control, bidirectional-control or invisible characters. Captions, file names and
 * error texts come from strangers; an escape sequence must not reach the terminal. Newlines and tabs stay.
 */
export function printable(text: string): string {
  return text.replace(unprintable, '')
}

/** The same on one line: newlines and tabs become spaces. */
export function printableLine(text: string): string {
  return printable(text).replace(/\s+/gu, ' ').trim()
}
