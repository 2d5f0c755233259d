import type { ReaderOutput } from '#core/ports/speech.ts'
import { loadNvdaClient, type NvdaClient } from './nvda-client.ts'
import { ssmlWithMarks } from './nvda-ssml.ts'
import { lineFor, readerGone } from './reader-words.ts'

type Outcome = Awaited<ReturnType<ReaderOutput['speak']>>

const answerLimitMs = 2000

/** Windows error numbers. NVDA also gives `cancelled` for speech that was spoken to its end: only the marks tell. */
const status = { done: 0, cancelled: 1223, badSsml: 87, unknownInterface: 1717 }

/**
 * NVDA, through its controller client library. From NVDA 2024.1 on it tells whether an utterance was spoken to its end.
 *
 * @param libraryPath nvdaControllerClient.dll for this processor, or null when Descry came without it.
 */
export function createNvdaOutput(libraryPath: string | null): ReaderOutput {
  let client: Promise<NvdaClient> | null = null
  let lastId = 0
  let lastMarkReached = ''
  /** Utterances wait for each other here: what waits when the user silences NVDA is not spoken. */
  let turns: Promise<unknown> = Promise.resolve()
  /** Counts what ends all that was handed over until then. */
  let era = 0
  /** Whether there is something of ours to silence. */
  let mayBeSpeaking = false

  function loaded(): Promise<NvdaClient> {
    if (libraryPath === null) return Promise.reject(new Error('The NVDA controller client is not there.'))
    if (client === null) {
      const loading = loadNvdaClient(libraryPath, (name) => (lastMarkReached = name))
      loading.catch(() => (client = null))
      client = loading
    }
    return client
  }

  async function speakNow(text: string, language: string, born: number): Promise<Outcome> {
    const nvda = await loaded()
    lastId += 1
    const { ssml, lastMark } = ssmlWithMarks(text, language, String(lastId))
    mayBeSpeaking = true
    await nvda.brailleMessage(text)
    if (born !== era) return 'cancelled'
    const result = await nvda.speakSsml(ssml)
    if (result === status.unknownInterface || result === status.badSsml) {
      if ((await nvda.speakText(text)) !== status.done) throw new Error('NVDA did not take the text.')
      return 'handed-over'
    }
    mayBeSpeaking = false
    if (result !== status.done && result !== status.cancelled) throw new Error(`NVDA failed with ${result}.`)
    if (lastMarkReached === lastMark) return 'spoken'
    // Not by us: the user has silenced NVDA, and with it what waits.
    if (born === era) era += 1
    return 'cancelled'
  }

  async function silence(): Promise<void> {
    era += 1
    if (!mayBeSpeaking) return
    mayBeSpeaking = false
    await (await loaded()).cancelSpeech()
  }

  return {
    readerName: 'NVDA',

    async check() {
      try {
        return (await withinLimit((await loaded()).testIfRunning())) === status.done
      } catch {
        return false
      }
    },

    speak(text, language) {
      const born = era
      const turn = turns.then(async (): Promise<Outcome> => {
        if (born !== era) return 'cancelled'
        try {
          return await speakNow(lineFor(text), language, born)
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
      const isOver = await withinLimit(Promise.all([silence(), turns]))
      // An NVDA that hangs may still call back: then the callback stays.
      if (isOver !== null) nvda.close()
    }
  }
}

/** Null when it takes too long. */
async function withinLimit<Value>(promise: Promise<Value>): Promise<Value | null> {
  let limit: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    limit = setTimeout(() => resolve(null), answerLimitMs)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(limit)
  }
}
