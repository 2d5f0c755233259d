import type { Dependencies } from '../dependencies.ts'
import type { EarlierAnswer } from '#core/describing/prompts/conversation.ts'
import type { PictureOrigin } from '#core/describing/prompts/presets.ts'
import type { Area, Detail, Preset } from '#shared/caption.ts'
import type { OwnPreset, Settings } from '#shared/settings.ts'

/** A picture as it arrived, and what was known when it was captured. */
export interface SourcePicture {
  /** The bytes of the file, or how to draw them, such as a page of a document. */
  bytes: Uint8Array | (() => Promise<Uint8Array>)
  /** The title of the active window. For the prompt; never spoken. */
  windowTitle: string | null
  applicationName: string | null
  /** Of a capture, in the desktop's units: where it was taken, and the password fields in it. */
  place?: Area
  passwordFields?: readonly Area[]
  /** The text stored in a PDF page, which makes OCR unnecessary. */
  readText?: () => Promise<string | null>
}

/** Options for describing a picture. The defaults come from the settings. */
export interface Intent {
  detail?: Detail | undefined
  preset?: Preset | OwnPreset | null
  question?: string | null
  /** Earlier answers about the same picture, oldest first. */
  earlier?: EarlierAnswer[]
  /** Replaces the model in the settings and its fallback. */
  other?: Pick<Settings, 'baseUrl' | 'model'> | undefined
  /** Sends nothing; text and codes are read on this computer. */
  isLocal?: boolean | undefined
  /** Don't use a saved caption. */
  isFresh?: boolean
  /** Sends everything the picture shows, or hides it where the settings say to ask. */
  privacy?: 'everything' | 'hide' | undefined
  /** The user can be asked whether to send something private: the description then fails with `private`. */
  mayAsk?: boolean | undefined
  /** If false, the caption is not checked against the text in the picture. */
  checksText?: boolean
  /**
   * Called if the request would exceed the spending limit and the settings say to ask. Leave it out if there is no one
   * to ask.
   */
  mayExceed?: MayExceed | undefined
}

export interface DescribeRequest {
  picture: SourcePicture & {
    /** What the user typed, or where the picture came from. */
    source: string
    origin: PictureOrigin
  }
  intent: Intent
}

/** The bytes of a picture. Errors: those of drawing it. */
export async function bytesOf({ bytes }: Pick<SourcePicture, 'bytes'>): Promise<Uint8Array> {
  return typeof bytes === 'function' ? await bytes() : bytes
}

/**
 * Whether the user agrees to exceed the limit, for a request that will cost about this much; null if the cost is
 * unknown.
 */
export type MayExceed = (estimateUsd: number | null) => Promise<boolean>

export interface DescribeServiceOptions {
  dependencies: Pick<Dependencies, 'decoder' | 'reader' | 'codes' | 'clock' | 'connectVision'>
  settings: () => Settings
  /** The API key for this address; may ask the user to unlock the keychain. */
  findKey: (baseUrl: string) => Promise<string | null>
  /** Whether the user allows sending pictures to this address. Checked right before each request. */
  maySendTo: (baseUrl: string) => boolean
  /** Null if the caller tracks spending. */
  spending: Dependencies['spending'] | null
  /** Null to neither look up nor save captions. */
  captions: Dependencies['captions'] | null
  /** Whether pictures are read before they are sent, as long as the user has not chosen. */
  readsByDefault: boolean
  /** Called when money was spent. */
  onSpent?: () => void
}
