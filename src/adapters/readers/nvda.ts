import type { ReaderOutput } from '#core/ports/speech.ts'
import { loadNvdaClient, type NvdaClient } from './nvda-client.ts'
import { ssmlWithEndMark } from '../ssml.ts'
import { findWithin } from '../programs/time-limit.ts'
import { lineFor, readerGone } from './reader-words.ts'

type Outcome = Awaited<ReturnType<ReaderOutput['speak']>>

const answerTimeoutMs = 2000

/** Windows error numbers. NVDA may report `cancelled` for speech that was heard to its end; only the mark proves it. */
const status = { done: 0, cancelled: 1223, badSsml: 87, unknownInterface: 1717 }

/**
 * NVDA, through its controller client library. Since NVDA 2024.1 it reports whether an utterance was spoken to its end.
 *
 * @param libraryPath nvdaControllerClient.dll for this processor, or null when Descry was installed without it.
 */
export function createNvdaOutput(libraryPath: string | null): ReaderOutput {
  let client: Promise<NvdaClient> | null = null
  let lastId = 0
  let lastMarkReached = ''
  /** Utterances take turns; those still waiting when the user silences NVDA are not spoken. */
  let turns: Promise<unknown> = Promise.resolve()
  /** Goes up when everything handed over so far is canceled: after stop(), or when the user silences NVDA. */
  let generation = 0
  /** Whether NVDA may be speaking text of ours that stop() must silence. */
  let mayBeSpeaking = false

  function loaded(): Promise<NvdaClient> {
    if (libraryPath === null) return Promise.reject(new Error('The NVDA controller client is missing.'))
    if (client === null) {
      const loading = loadNvdaClient(libraryPath, (name) => (lastMarkReached = name))
      loading.catch(() => (client = null))
      client = loading
    }
    return client
  }

  async function speakNow(text: string, language: string, mine: number): Promise<Outcome> {
    const nvda = await loaded()
    lastId += 1
    const endMark = String(lastId)
    mayBeSpeaking = true
    await nvda.brailleMessage(text)
    if (mine !== generation) return 'cancelled'
    const result = await nvda.speakSsml(ssmlWithEndMark(text, language, endMark))
    if (result === status.unknownInterface || result === status.badSsml) {
      if ((await nvda.speakText(text)) !== status.done) throw new Error('NVDA did not take the text.')
      return 'handed-over'
    }
    mayBeSpeaking = false
    if (result !== status.done && result !== status.cancelled) throw new Error(`NVDA failed with ${result}.`)
    if (lastMarkReached === endMark) return 'spoken'
    // The user has silenced NVDA, and with it the utterances still waiting.
    if (mine === generation) generation += 1
    return 'cancelled'
  }

  async function silence(): Promise<void> {
    generation += 1
    if (!mayBeSpeaking) return
    mayBeSpeaking = false
    await (await loaded()).cancelSpeech()
  }

  return {
    readerName: 'NVDA',

    async check() {
      try {
        return (await inTime((await loaded()).testIfRunning())) === status.done
      } catch {
        return false
      }
    },

    speak(text, language) {
      const mine = generation
      const turn = turns.then(async (): Promise<Outcome> => {
        if (mine !== generation) return 'cancelled'
        try {
          return await speakNow(lineFor(text), language, mine)
        } catch (error) {
          mayBeSpeaking = false
          throw readerGone('NVDA', error)
        }
      })
      turns = turn.catch(() => undefined)
      return turn
    },

    stop() {
      silence().catch(() => undefined)
    },

    async close() {
      const nvda = await client?.catch(() => null)
      if (!nvda) return
      client = null
      const isOver = await inTime(Promise.all([silence(), turns]))
      // If NVDA hangs it may still call back, so the callback stays.
      if (isOver !== null) nvda.close()
    }
  }
}

/** Null when it fails or takes too long. */
function inTime<Value>(promise: Promise<Value>): Promise<Value | null> {
  return findWithin(answerTimeoutMs, () => promise)
}
