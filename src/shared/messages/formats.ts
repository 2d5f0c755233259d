/** "red, green, and blue", as the user's language writes a list. */
export function formatList(items: Iterable<string>): string {
  return new Intl.ListFormat('en').format(items)
}

/** 0.5 is "50%". @param share from 0 to 1. */
export function formatPercent(share: number): string {
  return new Intl.NumberFormat('en', { style: 'percent' }).format(share)
}

/** "Spanish". @param tag BCP 47. */
export function languageName(tag: string): string {
  return new Intl.DisplayNames(['en'], { type: 'language' }).of(tag) ?? tag
}
