import type { CodeReader, DecodedPicture, TextReader } from '#core/ports/pictures.ts'
import type { Clock } from '#core/ports/time.ts'
import type { VisionModel } from '#core/ports/vision.ts'
import type { Area, Detail, LocalFacts, Preset } from '#shared/caption.ts'
import type { Failure } from '#shared/errors.ts'
import type { Privacy, PrivacyRules } from '#shared/privacy-rules.ts'
import type { OwnPreset } from '#shared/settings.ts'
import type { Fallback } from './models/fallback.ts'
import type { EarlierAnswer } from './prompts/conversation.ts'
import type { PictureOrigin } from './prompts/presets.ts'

export interface DescribePorts {
  /** Null when nothing may or can be sent; `whyLocal` of the request says why then. */
  vision: VisionModel | null
  reader: TextReader
  codes: CodeReader
  clock: Clock
}

/** Why nothing is sent. */
export type WhyLocal = 'no-key' | 'offline' | 'over-limit' | 'asked'

export interface DescriberRequest {
  picture: DecodedPicture
  /** As the user typed it, or where the picture came from. */
  source: string
  detail: Detail
  /** Null: chosen by the local facts and `origin`. */
  preset: Preset | OwnPreset | null
  origin: PictureOrigin
  question: string | null
  /** Earlier answers about this picture, oldest first. */
  earlier: EarlierAnswer[]
  /** The picture is this part ("top left") of the one that `earlier` is about; `area` is in that one's pixels. */
  part: { name: string; whole: DecodedPicture; area: Area } | null
  /** A PDF page's own text; null when only OCR can find the text. */
  knownText: string | null
  /** OCR runs while the model answers, so that the caption can be checked against it. */
  checksText: boolean
  /** What the picture is checked for before it is sent; null: it is sent as it is. */
  privacy: PrivacyRules | null
  /** The user can be asked about something private in the picture: the request then ends with `private`. */
  mayAsk: boolean
  /** BCP 47. */
  language: string
  model: string
  /** Chat Completions address of the model. */
  baseUrl: string
  /** The model to ask when that one cannot be reached. */
  fallback: Fallback | null
  /** Until headers and first token; null means 20 s, or 120 s for a server on this computer. */
  firstTokenTimeoutMs: number | null
  windowTitle: string | null
  applicationName: string | null
  /** Password fields in the capture, as shares of its width and height. */
  passwordFields: readonly Area[]
  /** When the picture's bytes were available, on the clock: the start of `prepareMs` and `totalMs`. */
  receivedAtMs: number
  /** `asked`: the user wants what is read on this computer, and needs no warning. */
  whyLocal: WhyLocal | null
}

export type DescribeEvent =
  /** At once; again when codes were found, and when OCR has read the text. */
  | { type: 'facts'; facts: LocalFacts }
  /** Clean text to append to the caption. */
  | { type: 'caption'; text: string }
  /** Before the caption, if the model warns about it. */
  | { type: 'notice'; notice: string }
  /** The picture is being checked for private things, which takes a while. */
  | { type: 'checking' }
  /** What the check found and did; before the caption. */
  | { type: 'privacy'; privacy: Privacy }
  /** The caption is complete; checking it against the text in the picture still takes a while. */
  | { type: 'answered' }
  /** `isUrgent`: to be heard before it comes true, such as that the picture is sent to the fallback. */
  | { type: 'warning'; warning: Failure; isUrgent?: boolean | undefined }
