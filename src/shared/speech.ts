import { z } from 'zod'

/** Something to be spoken by one voice. */
export const utteranceSchema = z.object({
  /** Already speakable: no Markdown, no control characters. */
  text: z.string(),
  /** BCP 47. */
  language: z.string(),
  rateWpm: z.number(),
  volumePercent: z.number(),
  /** 50 is the voice's own pitch. */
  pitchPercent: z.number(),
  /** Id of one of the engine's voices; null lets the engine choose by language. An unknown id counts as null. */
  voice: z.string().nullable()
})
export type Utterance = z.infer<typeof utteranceSchema>

/** One voice of an engine. `name` is for people, `language` is BCP 47. */
export const voiceInfoSchema = z.strictObject({ id: z.string(), name: z.string(), language: z.string() })
export type VoiceInfo = z.infer<typeof voiceInfoSchema>

const began = z.strictObject({ type: z.literal('began') })
/** Speech has reached this character of the text, at the beginning of a word or sentence, where the engine tells. */
const mark = z.strictObject({ type: z.literal('mark'), character: z.number().int().min(0) })
/** The engine finished this utterance. */
const ended = z.strictObject({ type: z.literal('ended') })
/** It was stopped before its end. */
const stopped = z.strictObject({ type: z.literal('stopped') })
const failed = z.strictObject({ type: z.literal('failed'), reason: z.string().max(500) })

export type VoiceEvent = z.infer<typeof began | typeof mark | typeof ended | typeof stopped | typeof failed>

const id = z.string()

/** What the app asks of the voice in the window (speechSynthesis). `id` is that of the order. */
export const speechOrderSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('list'), id }),
  z.object({ action: z.literal('speak'), id, utterance: utteranceSchema }),
  z.object({ action: z.literal('stop'), id })
])

/** What the voice in the window answers. `id` is that of the order. */
export const speechEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('voices'), id, voices: z.array(voiceInfoSchema) }),
  began.extend({ id }),
  mark.extend({ id }),
  ended.extend({ id }),
  stopped.extend({ id }),
  failed.extend({ id })
])
