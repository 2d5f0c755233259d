import { failure, type Failure } from '#shared/errors.ts'
import type { Settings } from '#shared/settings.ts'
import type { Clock, Utterance, Voice } from '../ports.ts'
import { createSentenceSplitter, splitSentences } from './sentences.ts'
import { speakable } from './speakable.ts'
import { createVoiceChoice } from './voice-choice.ts'

/**
 * now: a user's own action; silences and drops all that was said or waited before. next: after the sentence that is
 * being spoken. normal: after everything that waits.
 */
export type Priority = 'now' | 'next' | 'normal'

/** Text that is spoken while it arrives, sentence by sentence. Calls after end, cancel or an interruption do nothing. */
export interface SpeechStream {
  append(delta: string): void
  end(): void
  /** Silences what this stream is saying and drops the rest. */
  cancel(): void
}

export interface SpeechQueueOptions {
  /** In order of preference; the last one is the last resort. */
  voices: Voice[]
  settings: () => Settings
  clock: Clock
  /** A sentence could not be spoken aloud by any voice; told once until a voice sounds again. */
  onFailure?: (failure: Failure) => void
}

export interface SpeechQueue {
  /** Tries the voices until one proves to sound; resolves with its name. Called by the first utterance if not before. */
  open(): Promise<string>
  /** The voice in use, or "none" before one was tried. */
  readonly voiceName: string
  /** `language` is BCP 47; without it the caption language of the settings. */
  say(text: string, priority: Priority, language?: string): void
  /** A text to come; with priority `now` (the default) it interrupts at once. */
  stream(priority?: Priority, language?: string): SpeechStream
  /** Silence now; drops everything. */
  stop(): void
  /** Resolves when nothing is being spoken, waits or is still to come. */
  idle(): Promise<void>
  close(): Promise<void>
}

/** What belongs together: one message or one stream. */
interface Job {
  priority: Priority
  language: string | undefined
  waiting: string[]
  /** More may come. */
  isOpen: boolean
}

/** An engine that does not report its silence within this time is taken for dead. */
const stopLimitMs = 1000

export function createSpeechQueue({ voices, settings, clock, onFailure }: SpeechQueueOptions): SpeechQueue {
  let wasFailureTold = false
  const choice = createVoiceChoice(voices, clock, (voice) => {
    if (voice !== null && voice.name !== 'silent') wasFailureTold = false
    else if (voices.some((one) => one.name !== 'silent') && !wasFailureTold) {
      wasFailureTold = true
      onFailure?.(failure('no-voice'))
    }
  })
  let jobs: Job[] = []
  /** The sentence that is on its way to, or in, an engine. */
  let current: { job: Job; isDropped: boolean; stop: () => void } | null = null
  let isClosed = false
  const sleepers: (() => void)[] = []

  /** The job whose turn it is: what is `next` first, else in order of arrival; an open stream keeps its turn. */
  const turn = (): Job | undefined =>
    jobs.find((job) => job.priority === 'next' && job.waiting.length > 0) ?? jobs.find((job) => job.priority !== 'next')

  function advance(): void {
    if (current !== null) return
    jobs = jobs.filter((job) => job.isOpen || job.waiting.length > 0)
    const job = turn()
    const sentence = job?.waiting.shift()
    if (job !== undefined && sentence !== undefined) {
      void speakSentence(job, sentence)
      return
    }
    if (jobs.length === 0) for (const wake of sleepers.splice(0)) wake()
  }

  async function speakSentence(job: Job, text: string): Promise<void> {
    const mine = { job, isDropped: false, stop: () => undefined as void }
    current = mine
    const attempts = new Map<Voice, number>()
    for (;;) {
      const voice = await choice.pick(attempts)
      if (mine.isDropped || voice === null) break
      const { rateWpm, volumePercent, pitchPercent, voice: chosen, language } = settings()
      const utterance = {
        text,
        language: job.language ?? language ?? systemLanguage(),
        rateWpm,
        volumePercent,
        pitchPercent,
        voice: chosen
      }
      const outcome = await speakOnce(voice, utterance, mine)
      if (outcome === 'stopped' && !mine.isDropped) abandon(job)
      if (outcome !== 'failed') break
      attempts.set(voice, (attempts.get(voice) ?? 0) + 1)
      choice.failed(voice)
      if (mine.isDropped) break
    }
    current = null
    advance()
  }

  /** Resolves when the engine is done with the utterance; an engine that hangs counts as failed. */
  function speakOnce(
    voice: Voice,
    utterance: Utterance,
    handle: { stop: () => void }
  ): Promise<'ended' | 'stopped' | 'failed'> {
    return new Promise((resolve) => {
      const settle = (outcome: 'ended' | 'stopped' | 'failed'): void => {
        cancelWatch()
        resolve(outcome)
      }
      // Far more than the slowest engine needs: this is for one that hangs, such as on a suspended sound server.
      let cancelWatch = clock.after(10_000 + utterance.text.length * 300, () => {
        voice.stop()
        settle('failed')
      })
      handle.stop = () => {
        voice.stop()
        cancelWatch()
        cancelWatch = clock.after(stopLimitMs, () => settle('failed'))
      }
      voice.speak(utterance, (event) => {
        if (event.type !== 'began' && event.type !== 'mark') settle(event.type)
      })
    })
  }

  function silence(): void {
    jobs = []
    drop()
  }

  /** The user silenced the engine itself, by a key of the desktop for instance: going on would be talking back. */
  function abandon(job: Job): void {
    job.isOpen = false
    job.waiting = []
  }

  function drop(): void {
    if (current === null || current.isDropped) return
    current.isDropped = true
    current.stop()
  }

  function add(job: Job): void {
    if (isClosed) return
    if (job.priority === 'now') silence()
    jobs.push(job)
    advance()
  }

  return {
    async open() {
      await choice.open()
      return choice.name
    },
    get voiceName() {
      return choice.name
    },
    say(text, priority, language) {
      const waiting = speakableSentences(splitSentences(text))
      if (waiting.length > 0) add({ priority, language, waiting, isOpen: false })
    },
    stream(priority = 'now', language) {
      const job: Job = { priority, language, waiting: [], isOpen: true }
      const splitter = createSentenceSplitter()
      const take = (sentences: string[]): void => {
        job.waiting.push(...speakableSentences(sentences))
        advance()
      }
      const isLive = (): boolean => job.isOpen && jobs.includes(job)
      add(job)
      return {
        append(delta) {
          if (isLive()) take(splitter.push(delta))
        },
        end() {
          if (!isLive()) return
          const rest = splitter.end()
          job.isOpen = false
          take(rest)
        },
        cancel() {
          abandon(job)
          jobs = jobs.filter((other) => other !== job)
          if (current?.job === job) drop()
          advance()
        }
      }
    },
    stop() {
      silence()
      advance()
    },
    idle() {
      return new Promise((resolve) => {
        sleepers.push(resolve)
        advance()
      })
    },
    async close() {
      isClosed = true
      silence()
      advance()
      await Promise.all(voices.map((voice) => voice.close()))
    }
  }
}

function speakableSentences(sentences: string[]): string[] {
  // What has no letter, digit or symbol ("—", "...") would be silence, or an engine's complaint.
  return sentences.map((sentence) => speakable(sentence)).filter((sentence) => /[\p{L}\p{N}\p{S}]/u.test(sentence))
}

function systemLanguage(): string {
  return new Intl.DateTimeFormat().resolvedOptions().locale
}
