import type { ReaderOutput } from '#core/ports/speech.ts'
import { DescryError } from '#shared/errors.ts'
import { printableLine } from '#shared/printable.ts'

/** A screen reader controlled by the test. It passes the same contract suite as the real ones. */
export interface FakeReader {
  readonly name: string
  /** Running and taking text. */
  isThere: boolean
  /** Whether it reports when it has spoken: utterances last until `finish`. Otherwise they are only handed over. */
  isTelling: boolean
  /** Running, but refusing text until it gets a permission, like VoiceOver. */
  isForbidden: boolean
  /** Every utterance it was given, for speech and braille. */
  readonly heard: { text: string; language: string }[]
  readonly texts: string[]
  checks: number
  /** How often it was asked for silence while it had something of ours to say. */
  silenced: number
  readonly isSpeaking: boolean
  finish(): void
  /** The user silences it with a key. */
  silenceByUser(): void
  /** It ends, or crashes. */
  leave(): void
  output(): ReaderOutput
}

export function createFakeReader(name: string, { isThere = true, isTelling = false } = {}): FakeReader {
  type Settle = { done: (outcome: 'spoken' | 'cancelled') => void; gone: () => void }
  let current: Settle | null = null
  const heard: FakeReader['heard'] = []
  const take = (): Settle | null => {
    const taken = current
    current = null
    return taken
  }
  const reader: FakeReader = {
    name,
    isThere,
    isTelling,
    isForbidden: false,
    heard,
    checks: 0,
    silenced: 0,
    get texts() {
      return heard.map(({ text }) => text)
    },
    get isSpeaking() {
      return current !== null
    },
    finish: () => take()?.done('spoken'),
    silenceByUser: () => take()?.done('cancelled'),
    leave() {
      reader.isThere = false
      take()?.gone()
    },
    output() {
      let mayBeSpeaking = false
      const gone = (): DescryError =>
        new DescryError('no-voice', { message: `${name} stopped.`, next: "Using Descry's voice." })
      return {
        readerName: name,
        async check() {
          reader.checks += 1
          return reader.isThere && !reader.isForbidden
        },
        async speak(text, language) {
          if (!reader.isThere) throw gone()
          if (reader.isForbidden)
            throw new DescryError('no-permission', { message: 'It is not allowed.', next: 'Allow it.' })
          heard.push({ text: printableLine(text).toWellFormed(), language })
          mayBeSpeaking = true
          // "(hold)" keeps every reader in the contract suite busy.
          if (!reader.isTelling && !text.includes('(hold)')) return 'handed-over'
          return new Promise((resolve, reject) => {
            current = { done: resolve, gone: () => reject(gone()) }
          })
        },
        stop() {
          if (!mayBeSpeaking) return
          mayBeSpeaking = false
          reader.silenced += 1
          take()?.done('cancelled')
        },
        async close() {
          take()?.done('cancelled')
        }
      }
    }
  }
  return reader
}
