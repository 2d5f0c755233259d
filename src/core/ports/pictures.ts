import type { Area, Code } from '#shared/caption.ts'

/*
 * Pictures and picture files, as core needs it. One adapter implements each port for real; tests use fakes that pass the same contract suite.
 * A port rejects with a DescryError, or an AbortError when its signal fired, and with nothing else.
 */

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
  /** The same part as a picture of its own, with the digest of the whole. Errors: bad-image (nothing is left). */
  part(area: Area): DecodedPicture
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
