import type { VoiceInfo } from '#shared/speech.ts'

/** An engine's list of voices, requested when first needed and then kept. */
export interface VoiceList {
  /** Empty if the engine cannot be asked; then it is asked again the next time. */
  all(): Promise<VoiceInfo[]>
  /** The voice with this id, or null. Only ids from the engine's own list may go onto its command line or into its protocol. */
  find(id: string | null): Promise<VoiceInfo | null>
}

export function createVoiceList(ask: () => Promise<VoiceInfo[]>): VoiceList {
  let asked: Promise<VoiceInfo[]> | null = null
  const all = async (): Promise<VoiceInfo[]> => {
    asked ??= ask().catch(() => [])
    const voices = await asked
    if (voices.length === 0) asked = null
    return voices
  }
  return {
    all,
    find: async (id) => (id === null ? null : ((await all()).find((voice) => voice.id === id) ?? null))
  }
}

/** An engine's name for a language as a BCP 47 tag, without invalid subtags ("en-us-nyc" is "en-US"); "und" if none is valid. */
export function languageTag(word: string): string {
  const subtags = word.replaceAll('_', '-').split('-')
  for (; subtags.length > 0; subtags.pop()) {
    try {
      return Intl.getCanonicalLocales(subtags.join('-'))[0] ?? 'und'
    } catch {
      // The last subtag is not valid; the part before it may be.
    }
  }
  return 'und'
}

/** A language tag that is safe to pass to an engine; anything that could be an option, a path or a command becomes "en". */
export function safeTag(language: string): string {
  return /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u.test(language) ? language : 'en'
}
