import type { Area, Code, Description, Usage } from '#shared/caption.ts'
import type { Earcon } from '#shared/earcons.ts'
import type { Settings } from '#shared/settings.ts'

export { earcons, type Earcon } from '#shared/earcons.ts'

/**
 * What core needs from the world. One adapter implements each port for real; tests hand in fakes that pass the same
 * contract suite. Every port rejects with DescryError (or an AbortError when its signal fired) and nothing else.
 */

// ---- time -----------------------------------------------------------------------------------------------------------

export interface Clock {
  /** Milliseconds on a clock that never goes back. */
  nowMs(): number
  /** Calls back once after `ms`; the returned function cancels. */
  after(ms: number, callback: () => void): () => void
}

// ---- pictures -------------------------------------------------------------------------------------------------------

/** Picture bytes as they came in, before anything is known about them. */
export interface RawPicture {
  bytes: Uint8Array
  /** As the user typed it, or where it came from. */
  source: string
}

export interface PixelLimit {
  maxWidthPx: number
  maxHeightPx: number
}

/** A picture ready to be sent: shrunk, re-encoded, without metadata. */
export interface EncodedPicture {
  bytes: Uint8Array
  mime: 'image/jpeg' | 'image/png' | 'image/webp'
  width: number
  height: number
}

export interface RgbaImage {
  width: number
  height: number
  /** 4 bytes a pixel, not premultiplied, on white where the source is transparent. */
  data: Uint8ClampedArray
}

/** A decoded picture: upright, first frame. */
export interface DecodedPicture {
  /** Pixels of the upright source. */
  readonly width: number
  readonly height: number
  /** Type by the bytes, not by the name. */
  readonly mime: string
  /** Hex digest of the original bytes. */
  readonly sha256: string
  /** JPEG that fits in `limit` (never enlarged). A landscape limit is turned for a portrait picture. */
  encode(limit: PixelLimit): Promise<EncodedPicture>
  /** Pixels that fit in `limit` (never enlarged). */
  pixels(limit: PixelLimit): RgbaImage
  /** PNG of a part at full resolution; what lies outside the picture is left off. Errors: bad-image (nothing is left). */
  crop(area: Area): Promise<Uint8Array>
}

export interface PictureDecoder {
  /** Errors: bad-image, too-large (more than 100 megapixels or 100 MB), unsupported (names the type). */
  decode(bytes: Uint8Array): Promise<DecodedPicture>
}

export interface ReadWord {
  text: string
  /** 0-100. */
  confidence: number
  /** In pixels of the upright source. */
  box: Area
}
export interface ReadText {
  /** Lines joined by newlines, in reading order. */
  text: string
  words: ReadWord[]
  /** What looks like text and could not be read, in pixels of the upright source. Left out where nobody looked. */
  unread?: Area[]
}

/** OCR on this computer. */
export interface TextReader {
  /** A picture is coming soon: what takes long to start may start now. Never throws. */
  prepare?(): void
  read(picture: DecodedPicture, signal?: AbortSignal): Promise<ReadText>
  close(): Promise<void>
}

/** Bar codes and QR codes on this computer. */
export interface CodeReader {
  read(picture: DecodedPicture): Promise<Code[]>
}

// ---- picture files --------------------------------------------------------------------------------------------------

/** One picture of a file: the file itself, a page, a frame of an animation, or a part of a long picture. */
export interface PicturePart {
  /** "Page 2 of 5", "Frame 3 of 12", "Part 2 of 4"; null for a file that is one picture. */
  label: string | null
  /** For `source`: "#page=2", "#frame=3", "#part=2"; empty for a file that is one picture. */
  fragment: string
  /**
   * Picture bytes that the decoder takes: the file's own, or PNG drawn from it now. Errors as PictureDecoder.
   */
  load(): Promise<Uint8Array>
  /** The page's own text (PDF), which needs no OCR; null where there is none. Errors: bad-image. */
  text(): Promise<string | null>
}

export interface OpenedFile {
  /** Type by the bytes, not by the name. */
  mime: string
  /** In the order of the file; at least one. */
  parts: PicturePart[]
  /** Its parts cannot be loaded any more. */
  close(): Promise<void>
}

export interface FileOpener {
  /** Errors: bad-image, too-large, unsupported (names the type), no-permission (a PDF that wants a password). */
  open(bytes: Uint8Array): Promise<OpenedFile>
}

// ---- the vision model -----------------------------------------------------------------------------------------------

/** One question and its answer, from earlier about the same picture. */
export interface Turn {
  prompt: string
  answer: string
}

/** What the provider's headers say may still be asked; null where they are silent. */
export interface RateLimits {
  /** Requests and tokens allowed in one period. */
  limitRequests: number | null
  limitTokens: number | null
  remainingRequests: number | null
  remainingTokens: number | null
  /** Until the full number is back. */
  resetRequestsMs: number | null
  resetTokensMs: number | null
}

export interface VisionRequest {
  model: string
  /** Under which name, and whether at all, the server wants each parameter: from the model table. */
  parameters: Record<string, unknown>
  instructions: string
  /** What was asked and answered before, oldest first; the picture goes with the first question of all. */
  turns: Turn[]
  prompt: string
  picture: EncodedPicture
  /** OpenAI's image `detail`. */
  imageDetail: 'low' | 'high' | 'auto'
}

export type VisionEvent =
  /** The request has reached the server: response headers have come, also those of a refusal. */
  | { type: 'started'; limits?: RateLimits | null }
  | { type: 'text'; text: string }
  /** Only when the stream ended with a finish_reason; a stream that ends without one is `cut-off`. */
  | { type: 'finished'; reason: 'stop' | 'length'; usage: Usage | null; model: string }

/**
 * One HTTP request. Throws: no-key never (the caller knows), bad-key, no-credit, rate-limited (with retryAfterMs),
 * model-gone, provider-down, cut-off, refused, bad-answer; offline when the user no longer allows it; an AbortError when the signal fired. It neither retries nor
 * watches the time: that is the describer's policy.
 */
export interface VisionModel {
  /** Host of the address, for people. */
  readonly provider: string
  /** True for a server on this computer (longer first-token time). */
  readonly isLocal: boolean
  stream(request: VisionRequest, signal: AbortSignal): AsyncIterable<VisionEvent>
}

// ---- speech ---------------------------------------------------------------------------------------------------------

export interface Utterance {
  /** Already speakable: no Markdown, no control characters. */
  text: string
  /** BCP 47. */
  language: string
  rateWpm: number
  volumePercent: number
  /** 50 is the voice's own. */
  pitchPercent: number
  /** Id of one of the engine's voices; null lets the engine choose by language. An unknown id counts as null. */
  voice: string | null
}

/** One voice of an engine. */
export interface VoiceInfo {
  id: string
  /** For people. */
  name: string
  /** BCP 47. */
  language: string
}

export type VoiceEvent =
  | { type: 'began' }
  /** Speech has reached this character of the text, where the engine tells; at a word's or sentence's beginning. */
  | { type: 'mark'; character: number }
  /** The engine finished this utterance. */
  | { type: 'ended' }
  /** stop() or cancel reached the engine. */
  | { type: 'stopped' }
  | { type: 'failed'; reason: string }

/** One speech engine. Speaks one utterance at a time; the queue waits for ended, stopped or failed. */
export interface Voice {
  /** For people and for settings: "speech-dispatcher", "espeak-ng", "say", "silent" … */
  readonly name: string
  /** Proves that sound comes out (at volume 0: begin and end events or audio data). Never throws. */
  check(): Promise<boolean>
  /** The engine's voices; empty where it has no choice or cannot be asked. Never throws. */
  list(): Promise<VoiceInfo[]>
  /** `listener` gets began and marks (where the engine tells), then exactly one of ended, stopped, failed. Never throws. */
  speak(utterance: Utterance, listener: (event: VoiceEvent) => void): void
  /** Silence within 50 ms; the running utterance ends as `stopped`. Nothing to stop is fine. */
  stop(): void
  close(): Promise<void>
}

export interface ScreenReaderDetector {
  /** Name such as "Orca" or "NVDA", or null. Cheap enough to ask before each caption. */
  running(): Promise<string | null>
}

/** What comes by itself is not spoken where others may hear it, nor into a room that its user has left (behavior B12). */
export interface Presence {
  /**
   * True while a microphone or screen sharing is in use, or the screen is locked; false where nobody tells in time. Cheap
   * enough to ask before each message; never rejects.
   */
  isShared(): Promise<boolean>
}

/** Speaks through a running screen reader, so that there is one voice and one braille display (behavior B2, B3, B13). */
export interface ReaderOutput {
  /** The reader as ScreenReaderDetector names it: "Orca", "NVDA" … */
  readonly readerName: string
  /** Proves, without a sound, that the reader takes text from us now. Never throws. */
  check(): Promise<boolean>
  /**
   * Hands over one utterance, for speech and braille. `cancelled`: the user silenced the reader before it was done;
   * `handed-over`: this reader does not tell. Rejects with no-voice when the reader is gone.
   */
  speak(text: string, language: string): Promise<'spoken' | 'cancelled' | 'handed-over'>
  /** Silences what we handed over, where the reader can. */
  stop(): void
  close(): Promise<void>
}

/** Plays Descry's short sounds. */
export interface EarconPlayer {
  /** Never throws; a sound that cannot be played is missed in silence, its text twin is not. */
  play(earcon: Earcon, volumePercent: number): void
  close(): Promise<void>
}

// ---- intake ---------------------------------------------------------------------------------------------------------

/** What lies on the clipboard that matters to Descry. */
export interface ClipboardContent {
  /** Original bytes of the picture, or null. */
  picture: Uint8Array | null
  /** Text or RTF lies beside it (Excel, Word …), unless the HTML is a single <img>. */
  hasText: boolean
  /** A password manager asked that it be left alone. Then the rest was not read: it is null, false or empty. */
  isConcealed: boolean
  /** Paths of copied files; one on a server is `//server/path` or `\\server\path`. */
  files: string[]
  /** The address of HTML that is a single <img>, if it is a data: or http(s) address. */
  imageAddress: string | null
  /** Plain text of at most a million characters; null when there is none, or it is longer. */
  text: string | null
}

export interface ClipboardReading {
  /** Leave unread what a watcher has no business with: text, and a picture with text beside it. */
  isForWatcher?: boolean
}

export interface Clipboard {
  /** Errors: no-permission, timed-out (the program that holds the clipboard does not answer), too-large. */
  read(reading?: ClipboardReading): Promise<ClipboardContent>
  /** Calls back after each change by any program; returns a disposer. Throws no-permission where it cannot watch. */
  watch(onChange: () => void): () => void
  /** What Descry writes is never described. */
  writeText(text: string): Promise<void>
}

export interface FolderWatcher {
  /**
   * Calls back once for each new, complete picture file; gives a disposer. A folder that is not there is waited for.
   * Errors: no-permission (it is there and cannot be watched).
   */
  watch(folder: string, onPicture: (path: string) => void): Promise<() => void>
}

/** A picture of the desktop or of a part of it. */
export interface Capture {
  /** PNG. */
  bytes: Uint8Array
  /** For people: "Screen", "Screen 2 of 3", "Window", "Button", "Part round the pointer". */
  label: string
  /** The same for two captures of the same display, window, control or area: "display:1", "window:4194307:812". */
  subject: string
  /** On the desktop, in the desktop's own units: a scaled display's picture has more pixels than these. */
  place: Area
  /** Of the active window, where the picture shows some of it. For the prompt; never spoken. */
  windowTitle: string | null
  applicationName: string | null
  /** Where that window lies, in the desktop's units. */
  windowPlace: Area | null
}

/** Errors of all: no-permission, unsupported, no-picture (nothing of the kind is there), each with what to do. */
export interface ScreenCapture {
  /** Every display, the one with the active window first. */
  captureScreens(): Promise<[Capture, ...Capture[]]>
  /** The active window, without what covers it where the system can. */
  captureWindow(): Promise<Capture>
  /** The control with the focus; where nobody tells which, the part round the pointer. */
  captureObject(): Promise<Capture>
  /** A part of the desktop, in its own units; may span displays. */
  captureArea(area: Area): Promise<Capture>
}

/** The control that has the keyboard focus, as the accessibility interface of the system tells it. */
export interface FocusedObject {
  /** On the desktop, in its own units. */
  place: Area
  /** For people: "button", "text field" … */
  role: string
  name: string | null
}

export interface FocusFinder {
  /** Null when nobody tells within half a second. Never throws. */
  find(): Promise<FocusedObject | null>
}

// ---- storage --------------------------------------------------------------------------------------------------------

/** Keys in the system's keychain, each bound to one provider address. */
export interface KeyStore {
  /** no-permission when the system has no usable keychain. */
  get(baseUrl: string): Promise<string | null>
  set(baseUrl: string, key: string): Promise<void>
  /** True when there was one. */
  remove(baseUrl: string): Promise<boolean>
}

export interface SettingsStore {
  /** Defaults for what is missing; a damaged file is kept aside and its loss is told by `warning`. */
  load(): Promise<{ settings: Settings; warning: string | null }>
  save(settings: Settings): Promise<void>
}

/** What was spent in US dollars, by the local calendar. */
export interface Spent {
  todayUsd: number
  monthUsd: number
  /** Answers this month whose price is not known, so that the sums are too low. */
  unpricedThisMonth: number
}

/** What is in the ledger for requests whose cost is not known yet. Plain data, so that a later run can settle it. */
export interface ExpectedCost {
  /** On which it was sent, as YYYY-MM-DD where the user is. */
  day: string
  usd: number
  /** Requests whose price nobody knows. */
  unpriced: number
}

/** What answers cost, shared by all Descry processes of the user. Nothing here throws. */
export interface SpendingLedger {
  /** Requests that are about to leave. They count as this much from now on, for every process, also when this one is killed. */
  expect(...estimatesUsd: (number | null)[]): ExpectedCost
  /** To be called once: what they did cost takes the place of what was expected; nothing where no cost is given. */
  settle(expected: ExpectedCost, ...costsUsd: (number | null)[]): void
  spent(): Spent
}

/** Captions that were paid for, kept on this computer. */
export interface CaptionCache {
  /** Never throws. */
  find(key: string): Description | null
  /** Never throws. */
  keep(key: string, description: Description): void
  /** Forgets all. */
  clear(): void
}
