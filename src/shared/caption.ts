import { z } from 'zod'
import type { Failure } from './errors.ts'

export const details = ['brief', 'standard', 'detailed', 'text'] as const
/** How much is said: one sentence, up to 60 words, everything, or only the text in the picture. */
export type Detail = (typeof details)[number]

export const presets = ['screen', 'photo', 'people', 'chart', 'document', 'product', 'meme', 'art', 'next'] as const
/** What kind of picture the prompt is made for; `next` asks what a user of this screen would press next. */
export type Preset = (typeof presets)[number]

export const steps = ['summary', 'text', 'parts', 'controls', 'details'] as const
/** The parts of a long answer, in the order in which they are spoken. */
export type Step = (typeof steps)[number]

/** A sentence of a caption. `start` and `end` are offsets in the caption; ids count from 0. */
export const sentenceSchema = z.object({
  id: z.number().int().min(0),
  start: z.number().int().min(0),
  end: z.number().int().min(0)
})
export type Sentence = z.infer<typeof sentenceSchema>

/** Where a part of a long answer is: `start` and `end` are offsets in the caption. */
export const stepPlaceSchema = z.object({ step: z.enum(steps), start: z.number().int(), end: z.number().int() })
export type StepPlace = z.infer<typeof stepPlaceSchema>

/** An area of a picture or of the desktop, in pixels from the top left. */
export const areaSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
export type Area = z.infer<typeof areaSchema>

/** Something the caption says that could not be found in the picture; `start` and `end` are offsets in the caption. */
const unconfirmedSchema = z.object({ text: z.string(), start: z.number().int(), end: z.number().int() })
export type Unconfirmed = z.infer<typeof unconfirmedSchema>

/** With what the picture may say instead, where something like it was read. */
export const doubtSchema = unconfirmedSchema.extend({ nearest: z.string().nullable() })
export type Doubt = z.infer<typeof doubtSchema>

export const pictureKinds = ['screen', 'photo', 'document', 'chart', 'drawing'] as const
/** What a picture seems to be, by cheap local measures. */
export type PictureKind = (typeof pictureKinds)[number]

/** A bar code or QR code; `text` is what it holds, never opened or run. */
const codeSchema = z.object({ format: z.string(), text: z.string() })
export type Code = z.infer<typeof codeSchema>

/** What the computer itself can tell at once about a picture, before any model answers. */
export const factsSchema = z.object({
  /** Upright source, in pixels. */
  width: z.number().int(),
  height: z.number().int(),
  mime: z.string(),
  kind: z.enum(pictureKinds),
  /** Near-uniform: nothing can be made out. `blankColor` is then a plain word: "black", "white", "gray" … */
  isBlank: z.boolean(),
  blankColor: z.string().nullable(),
  codes: z.array(codeSchema),
  /** Words read by OCR so far; null while or where nothing was read. */
  text: z.string().nullable()
})
export type LocalFacts = z.infer<typeof factsSchema>

/** Tokens as the provider counted them. */
export interface Usage {
  inputTokens: number
  outputTokens: number
}

export interface Timings {
  /** Picture bytes in hand to request ready. */
  prepareMs: number
  /** Request sent to answer complete. */
  requestMs: number
  /** Request sent to first word; null when no word came. */
  firstTokenMs: number | null
  totalMs: number
}

/** One described picture: the line `descry describe --json` prints for it (docs/guide/command-line.md). */
export interface Description {
  source: string
  width: number
  height: number
  mime: string
  sha256: string
  /** The model's words cleaned, without tags and notice; or the local description. */
  caption: string
  /** The steps to jump to, in the order of the caption; empty when there is nothing but a summary. Not in the JSON line. */
  steps: StepPlace[]
  tags: string[]
  notice: string | null
  text: string | null
  codes: Code[]
  /** The JSON line leaves out `nearest`. */
  unconfirmed: Doubt[]
  /** The caption claims text, and nothing here could check it. Not in the JSON line. */
  isTextUnchecked: boolean
  model: string | null
  /** Host of the provider's address, such as "api.openai.com". */
  provider: string | null
  usage: Usage | null
  /** US dollars by the model table; null where the price is not known. */
  costUsd: number | null
  cached: boolean
  /** True when the caption was made on this computer. */
  offline: boolean
  warnings: Failure[]
  timings: Timings
  /** Picture bytes that left the computer (before base64); 0 when none did. */
  bytesSent: number
}
