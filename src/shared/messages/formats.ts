const lists = new Intl.ListFormat('en', { style: 'long', type: 'conjunction' })

/** "red, green, and blue", as the user's language writes a list. */
export function formatList(items: Iterable<string>): string {
  return lists.format(items)
}
