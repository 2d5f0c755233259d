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

/** "120 kB" */
export function formatBytes(bytes: number): string {
  const isSmall = bytes < 1_000_000
  const format = new Intl.NumberFormat('en', {
    style: 'unit',
    unit: isSmall ? 'kilobyte' : 'megabyte',
    maximumFractionDigits: isSmall ? 0 : 1
  })
  return format.format(bytes / (isSmall ? 1000 : 1_000_000))
}

/** "2:05 PM"; with the date "Nov 30, 2:05 PM". */
export function formatTime(time: Date, { hasDate }: { hasDate: boolean }): string {
  const date = hasDate ? ({ month: 'short', day: 'numeric' } as const) : {}
  return new Intl.DateTimeFormat('en', { ...date, hour: 'numeric', minute: '2-digit' }).format(time)
}
