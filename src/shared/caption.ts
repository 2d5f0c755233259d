import { z } from 'zod'
import type { Failure } from './errors.ts'

export const details = ['brief', 'standard', 'detailed', 'text'] as const
/** How much is said: one sentence, up to 60 words, everything, or only the text in the picture. */
export type Detail = (typeof details)[number]

export const presets = ['screen', 'photo', 'people', 'chart', 'document', 'product', 'meme', 'art', 'next'] as const
/** What kind of picture the prompt is made for; `next` asks what a user of this screen would press next. */
export type Preset = (typeof presets)[number]

/** A preset of the user's own. */
export interface OwnPreset {
  name: string
  /** May hold {window}, {app}, {text} and {question}, which are filled in as data. */
  prompt: string
}

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

/** Where a step of a long answer stands: `start` and `end` are offsets in the caption. */
export interface StepPlace {
  step: Step
  start: number
  end: number
}

/** A part of a picture or of the desktop, in pixels from the top left. */
export interface Area {
  x: number
  y: number
  width: number
  height: number
}

/** Something the caption says that could not be found in the picture; `start` and `end` are offsets in the caption. */
export interface Unconfirmed {
  text: string
  start: number
  end: number
}

/** With what the picture may say instead, where something like it was read. */
export interface Doubt extends Unconfirmed {
  nearest: string | null
}

export const pictureKinds = ['screen', 'photo', 'document', 'chart', 'drawing'] as const
/** What a picture seems to be, by cheap local measures. */
export type PictureKind = (typeof pictureKinds)[number]

/** A bar code or QR code; `text` is what it holds, never opened or run. */
export interface Code {
  format: string
  text: string
}

/** What the computer itself can tell at once about a picture, before any model answers. */
export interface LocalFacts {
  /** Upright source, in pixels. */
  width: number
  height: number
  mime: string
  kind: PictureKind
  /** Near-uniform: nothing can be made out. `blankColor` is then a plain word: "black", "white", "gray" … */
  isBlank: boolean
  blankColor: string | null
  codes: Code[]
  /** Words read by OCR so far; null while or where nothing was read. */
  text: string | null
}

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
