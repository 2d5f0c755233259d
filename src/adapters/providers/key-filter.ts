/** Shorter ones are words that servers without keys are given, such as "ollama", and may stand in a caption. */
const minKeyCharacters = 8

/** The text with the key cut out: some servers repeat it. */
export function withoutKey(text: string, apiKey: string | null): string {
  return isSecret(apiKey) ? text.replaceAll(apiKey, '[key]') : text
}

/** Cuts the key out of a text that arrives in pieces. */
export interface KeyFilter {
  /** What can be passed on: all but a possible beginning of the key at the end. */
  pass(piece: string): string
  /** What was held back, once the text has ended. */
  rest(): string
}

export function createKeyFilter(apiKey: string | null): KeyFilter {
  let held = ''
  return {
    pass(piece) {
      if (!isSecret(apiKey)) return piece
      const text = withoutKey(held + piece, apiKey)
      const kept = beginningAtEnd(text, apiKey)
      held = text.slice(text.length - kept)
      return text.slice(0, text.length - kept)
    },
    rest() {
      const last = held
      held = ''
      return last
    }
  }
}

function isSecret(apiKey: string | null): apiKey is string {
  return apiKey !== null && apiKey.length >= minKeyCharacters
}

/** How many characters at the end of the text are the beginning of the key. */
function beginningAtEnd(text: string, apiKey: string): number {
  for (let length = Math.min(text.length, apiKey.length - 1); length > 0; length -= 1)
    if (apiKey.startsWith(text.slice(-length))) return length
  return 0
}
