import type { VoiceInfo } from '#shared/speech.ts'

/** An engine's own list of voices, asked for when first needed and then kept. */
export interface VoiceList {
  /** Empty where the engine cannot be asked; then it is asked again the next time. */
  all(): Promise<VoiceInfo[]>
  /** The voice of this id, or null. Only what an engine listed itself may go on its command line or into its protocol. */
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

/** An engine's word for a language as a BCP 47 tag, less what is not one ("en-us-nyc" is "en-US"); "und" if nothing is. */
export function languageTag(word: string): string {
  const subtags = word.replaceAll('_', '-').split('-')
  for (; subtags.length > 0; subtags.pop()) {
    try {
      return Intl.getCanonicalLocales(subtags.join('-'))[0] ?? 'und'
    } catch {
      // The last subtag is not one; what stands before it may be.
    }
  }
  return 'und'
}

/** A language for an engine: a tag of odd shape could be an option, a path or a command to it, and becomes "en". */
export function safeTag(language: string): string {
  return /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u.test(language) ? language : 'en'
}
