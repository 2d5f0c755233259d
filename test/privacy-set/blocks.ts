import { Page, type Part, type TextStyle } from './page.ts'

// Parts of screens and papers.

/** Splits "Your code is {}." at its gaps. */
export function fill(text: string, ...values: Part[]): Part[] {
  const pieces = text.split('{}')
  return pieces.flatMap((piece, index): Part[] => {
    const value = values[index]
    return index < pieces.length - 1 && value !== undefined ? [piece, value] : [piece]
  })
}

export function button(page: Page, text: string, x: number, y: number, isMain = false): number {
  const width = page.measure(text).width + 36
  page.box(x, y, width, 34, isMain ? { fill: page.look.accent, radius: 6 } : { stroke: page.look.line, radius: 6 })
  page.text(text, x + 18, y + 23, { color: isMain ? page.look.onAccent : page.look.ink })
  return width + 12
}

/** An input: its label above, to the left, or inside the frame. Returns the height it takes. */
export function field(
  page: Page,
  label: string,
  value: Part,
  {
    x,
    y,
    width,
    place,
    style = {}
  }: { x: number; y: number; width: number; place: 'above' | 'left' | 'inside'; style?: TextStyle }
): number {
  const { look } = page
  if (place === 'above') {
    page.text(label, x, y, { sizePx: 14, color: look.soft })
    page.box(x, y + 10, width, 38, { fill: look.paper, stroke: look.line, radius: 5 })
    page.text(value, x + 14, y + 35, style)
    return 84
  }
  if (place === 'inside') {
    page.box(x, y - 12, width, 58, { fill: look.paper, stroke: look.line, radius: 8 })
    page.text(label, x + 14, y + 8, { sizePx: 12, color: look.soft })
    page.text(value, x + 14, y + 34, { sizePx: 16, ...style })
    return 74
  }
  const labelWidth = Math.max(150, width * 0.36)
  page.text(label, x, y + 6, { color: look.soft })
  page.box(x + labelWidth, y - 18, width - labelWidth, 36, { fill: look.paper, stroke: look.line, radius: 3 })
  page.text(value, x + labelWidth + 12, y + 6, style)
  return 52
}

/** Rows of a label and a value without frames, in a table or a list. Returns the baseline below. */
export function rows(
  page: Page,
  entries: [label: string, value: Part | Part[]][],
  x: number,
  y: number,
  {
    column = 220,
    stepPx = 34,
    isRuled = false,
    style = {}
  }: { column?: number; stepPx?: number; isRuled?: boolean; style?: TextStyle } = {}
): number {
  for (const [index, [label, value]] of entries.entries()) {
    const at = y + index * stepPx
    page.text(label, x, at, { color: page.look.soft, ...style })
    page.text(value, x + column, at, style)
    if (isRuled) page.line(x, at + stepPx * 0.35, column * 2.6)
  }
  return y + entries.length * stepPx
}

/** Bubbles of a chat; `mine` stands at the right. Returns the y below. */
export function chat(
  page: Page,
  messages: { text: Part | Part[]; mine?: boolean }[],
  y: number,
  width: number
): number {
  const { look } = page
  let at = y
  for (const { text, mine = false } of messages) {
    const inner = Math.min(width * 0.74, 420)
    const x = mine ? width - inner - 12 : 24
    // Measured on a page of its own, because the bubble lies behind its text.
    const below = new Page(look, { width, height: 100 }, page.style).wrapped(text, 0, 0, inner - 28)
    page.box(x, at, inner, below + 18, { fill: mine ? look.accent : look.panel, radius: 16 })
    page.wrapped(text, x + 14, at + 26, inner - 28, { color: mine ? look.onAccent : look.ink })
    at += below + 34
  }
  return at
}

/** A table with a head. `columns` are shares of the width. */
export function table(
  page: Page,
  head: string[],
  body: Part[][],
  {
    x,
    y,
    width,
    columns,
    stepPx = 40,
    style = {}
  }: { x: number; y: number; width: number; columns: number[]; stepPx?: number; style?: TextStyle }
): number {
  const { look } = page
  page.box(x, y - 26, width, stepPx, { fill: look.panel })
  const lefts = columns.map((_, index) => x + 12 + width * columns.slice(0, index).reduce((sum, one) => sum + one, 0))
  for (const [index, text] of head.entries()) page.text(text, lefts[index] ?? x, y, { ...style, bold: true })
  for (const [row, cells] of body.entries()) {
    const baseline = y + (row + 1) * stepPx
    page.line(x, baseline - 26, width)
    for (const [index, cell] of cells.entries()) page.text(cell, lefts[index] ?? x, baseline, style)
  }
  page.line(x, y + (body.length + 1) * stepPx - 26, width)
  return y + (body.length + 1) * stepPx + 20
}

/** Lines of a terminal or an editor, in a monospaced font. A line may be long and wraps at the edge. */
export function codeLines(
  page: Page,
  lines: (Part | Part[])[],
  {
    x,
    y,
    width,
    sizePx = 14,
    numbers = false
  }: { x: number; y: number; width: number; sizePx?: number; numbers?: boolean }
): number {
  let at = y
  for (const [index, line] of lines.entries()) {
    if (numbers) page.text(String(index + 1), x, at, { family: 'Sans Mono', sizePx, color: page.look.soft })
    const left = numbers ? x + 44 : x
    at = line === '' ? at + sizePx * 1.5 : page.wrapped(line, left, at, width - (left - x), { family: 'Sans Mono', sizePx }) // prettier-ignore
  }
  return at
}
