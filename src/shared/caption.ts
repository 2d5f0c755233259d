import { z } from 'zod'
import type { Failure } from './errors.ts'
import type { Privacy } from './privacy-rules.ts'

export const details = ['brief', 'standard', 'detailed', 'text'] as const
/** The level of detail: one sentence, up to 60 words, everything, or only the text in the picture. */
export type Detail = (typeof details)[number]

export const presets = ['screen', 'photo', 'people', 'chart', 'document', 'product', 'meme', 'art', 'next'] as const
/** The kind of picture that the prompt is for; `next` asks what a user of this screen would press next. */
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

/** Adds what the picture may say instead, if something similar was read. */
export const unverifiedSchema = unconfirmedSchema.extend({ nearest: z.string().nullable() })
export type Unverified = z.infer<typeof unverifiedSchema>

export const pictureKinds = ['screen', 'photo', 'document', 'chart', 'drawing'] as const
/** The probable kind of a picture, from cheap local measurements. */
export type PictureKind = (typeof pictureKinds)[number]

/** A bar code or QR code; `text` is its content, which is never opened or run. */
const codeSchema = z.object({ format: z.string(), text: z.string() })
export type Code = z.infer<typeof codeSchema>

/** Facts about a picture found quickly on this computer, before any model answers. */
export const factsSchema = z.object({
  /** Size of the upright source, in pixels. */
  width: z.number().int(),
  height: z.number().int(),
  mime: z.string(),
  kind: z.enum(pictureKinds),
  /** Nearly one color, with nothing to see. `blankColor` is then a plain word: "black", "white", "gray" … */
  isBlank: z.boolean(),
  blankColor: z.string().nullable(),
  codes: z.array(codeSchema),
  /** Words read by OCR so far; null if nothing was read, or not yet. */
  text: z.string().nullable()
})
export type LocalFacts = z.infer<typeof factsSchema>

/** Tokens as counted by the provider. */
export interface Usage {
  inputTokens: number
  outputTokens: number
}

export interface Timings {
  /** From receiving the picture's bytes until the request is ready. */
  prepareMs: number
  /** From sending the request until the answer is complete. */
  requestMs: number
  /** From sending the request until the first word; null if none came. */
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
  /** The model's answer, cleaned and without tags and notice, or the local description. */
  caption: string
  /** The steps to jump to, in the caption's order; empty if there is only a summary. Not in the JSON line. */
  steps: StepPlace[]
  tags: string[]
  notice: string | null
  text: string | null
  codes: Code[]
  /** The JSON line omits `nearest`. */
  unconfirmed: Unverified[]
  /** The caption quotes text that this computer could not check. Not in the JSON line. */
  isTextUnchecked: boolean
  model: string | null
  /** Host of the provider's address, such as "api.openai.com". */
  provider: string | null
  usage: Usage | null
  /** US dollars according to the model table; null if the price is unknown. */
  costUsd: number | null
  cached: boolean
  /** True if the caption was made on this computer. */
  offline: boolean
  warnings: Failure[]
  /** What the check before sending found and did. */
  privacy: Privacy
  timings: Timings
  /** Picture bytes sent from this computer (before base64); 0 if none were. */
  bytesSent: number
}
