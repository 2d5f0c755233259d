/** "red, green, and blue", as the user's language writes a list. */
export function formatList(items: Iterable<string>): string {
  return new Intl.ListFormat('en').format(items)
}
