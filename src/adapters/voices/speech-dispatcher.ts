import type { Voice } from '#core/ports/speech.ts'
import type { Utterance, VoiceEvent, VoiceInfo } from '#shared/speech.ts'
import { provesPlayback } from './playback-proof.ts'
import { connectSsip, type SsipConnection, type SsipEvent } from './ssip-connection.ts'
import { ssmlWithWordMarks } from '../ssml.ts'
import { createVoiceList, languageTag, safeTag } from './voice-list.ts'

const checkTimeoutMs = 3000
/** Its list of voices has thousands of lines. */
const listTimeoutMs = 10_000

const greeting = [
  'SET SELF CLIENT_NAME user:descry:main',
  'SET SELF NOTIFICATION ALL ON',
  // Next to a screen reader: not cancelled by its TEXT messages, and not dropped while it speaks, as NOTIFICATION would be.
  'SET SELF PRIORITY MESSAGE',
  // For our own marks; the caption's text is escaped.
  'SET SELF SSML_MODE ON'
]

/** A new connection's settings: no particular voice, and the pitch from the user's speech-dispatcher settings. */
const ownSettings: [name: string, value: string][] = [
  ['PITCH', '0'],
  ['SYNTHESIS_VOICE', 'NULL']
]

/** One utterance from SPEAK to its end. */
interface Running {
  /** Known once speech-dispatcher has queued the utterance. */
  messageId: string | null
  isStopped: boolean
  tell: (event: VoiceEvent) => void
}

/** The desktop's speech service, over its socket protocol. It is started if it is not running. */
export function createSpeechDispatcherVoice(): Voice {
  let connection: Promise<SsipConnection> | null = null
  let running: Running | null = null
  /** Events may arrive in the same packet as the reply with the message's id. */
  let early: [messageId: string, event: SsipEvent][] = []
  /** The settings in effect, so that an utterance with the same ones costs one round trip. */
  let settled = new Map(ownSettings)
  const voices = createVoiceList(async () =>
    voicesIn(await (await connected()).command('LIST SYNTHESIS_VOICES', listTimeoutMs))
  )

  function connected(): Promise<SsipConnection> {
    connection ??= open().catch((error: unknown) => {
      connection = null
      throw error
    })
    return connection
  }

  function open(): Promise<SsipConnection> {
    settled = new Map(ownSettings)
    return connectSsip(greeting, onEvent, () => {
      connection = null
      // An utterance that is not queued yet is handled by begin().
      if (typeof running?.messageId === 'string') end({ type: 'failed', reason: 'speech-dispatcher went away.' })
    })
  }

  function end(event: VoiceEvent): void {
    const ended = running
    running = null
    early = []
    ended?.tell(ended.isStopped ? { type: 'stopped' } : event)
  }

  function onEvent(messageId: string, event: SsipEvent): void {
    if (running === null) return
    if (running.messageId === null) {
      early.push([messageId, event])
      return
    }
    if (messageId !== running.messageId) return
    if (event.type === 'begin') running.tell({ type: 'began' })
    else if (event.type === 'mark') running.tell({ type: 'mark', character: Number(event.name) })
    else if (event.type === 'end') end({ type: 'ended' })
    // Cancelled by someone else, such as the user's key that stops all speech, which also means stopped.
    else end({ type: 'stopped' })
  }

  async function begin(mine: Running, utterance: Utterance): Promise<void> {
    const isOldConnection = connection !== null
    try {
      await hand(mine, utterance)
    } catch (error) {
      // It died since the last utterance, so a new one is worth a try.
      if (!isOldConnection || mine !== running || mine.isStopped) throw error
      await hand(mine, utterance)
    }
  }

  async function hand(mine: Running, utterance: Utterance): Promise<void> {
    const ssip = await connected()
    const voice = await voices.find(utterance.voice)
    await Promise.all([
      set(ssip, 'LANGUAGE', safeTag(utterance.language)),
      set(ssip, 'RATE', String(rateFor(utterance.rateWpm))),
      set(ssip, 'VOLUME', String(percentFor(utterance.volumePercent))),
      set(ssip, 'PITCH', String(percentFor(utterance.pitchPercent))),
      // Without a voice, the language decides.
      set(ssip, 'SYNTHESIS_VOICE', voice?.id ?? 'NULL')
    ])
    if (mine.isStopped) return mine === running ? end({ type: 'stopped' }) : undefined
    const messageId = await ssip.speak(ssmlWithWordMarks(utterance.text))
    if (mine !== running) return
    mine.messageId = messageId
    // stop() came before the text was queued and found nothing to cancel.
    if (mine.isStopped) await ssip.command('CANCEL SELF')
    for (const [id, event] of early.splice(0)) onEvent(id, event)
  }

  function set(ssip: SsipConnection, name: string, value: string): Promise<unknown> {
    if (settled.get(name) === value) return Promise.resolve()
    settled.set(name, value)
    return ssip.command(`SET SELF ${name} ${value}`)
  }

  function speak(utterance: Utterance, listener: (event: VoiceEvent) => void): void {
    const mine: Running = { messageId: null, isStopped: false, tell: listener }
    running = mine
    begin(mine, utterance).catch((error: unknown) => {
      if (mine === running) end({ type: 'failed', reason: error instanceof Error ? error.message : String(error) })
    })
  }

  function stop(): void {
    if (running === null || running.isStopped) return
    running.isStopped = true
    if (running.messageId !== null) void connection?.then((ssip) => ssip.command('CANCEL SELF')).catch(() => undefined)
  }

  /** Closes the connection; a running utterance fails, or ends as stopped if that was requested. */
  async function hangUp(): Promise<void> {
    const ssip = await connection?.catch(() => null)
    ssip?.close()
  }

  return {
    name: 'speech-dispatcher',

    list: () => voices.all(),

    /** Begin and end events, as far apart as sound takes, from a module that is not the dummy. */
    async check() {
      try {
        const [module = ''] = await (await connected()).command('GET OUTPUT_MODULE')
        if (module === 'dummy') return false
      } catch {
        return false
      }
      // A module without a sound server begins, never ends and cannot be cancelled; only closing the connection helps.
      return provesPlayback(speak, () => void hangUp(), checkTimeoutMs)
    },

    speak,
    stop,

    async close() {
      if (running !== null) {
        stop()
        // Otherwise it would finish speaking for a client that has left.
        const ssip = await connection?.catch(() => null)
        await ssip?.command('CANCEL SELF').catch(() => undefined)
      }
      await hangUp()
    }
  }
}

/**
 * speech-dispatcher's rate goes from -100 to 100; 0 is the engine's normal rate. For espeak-ng, which nearly every desktop
 * has, -100 is 80, 0 is 170 and 100 is 450 words a minute.
 */
function rateFor(wordsAMinute: number): number {
  const steps = wordsAMinute < 170 ? (wordsAMinute - 170) / 0.9 : (wordsAMinute - 170) / 2.8
  return Math.round(Math.min(Math.max(steps, -100), 100))
}

/** Volume and pitch go from -100 to 100; 0 is the voice's own pitch. */
function percentFor(percent: number): number {
  return Math.round(Math.min(Math.max(percent, 0), 100) * 2 - 100)
}

/** Lines of name, language and variant. espeak-ng lists each voice a hundred more times, once per variant; those are left out. */
function voicesIn(lines: string[]): VoiceInfo[] {
  return lines.flatMap((line) => {
    const [name = '', language, variant] = line.split('\t')
    return language === undefined || name.endsWith(`+${variant}`)
      ? []
      : [{ id: name, name, language: languageTag(language) }]
  })
}
