import type { Area, Code } from '#shared/caption.ts'

/*
 * The ports for pictures and picture files. Each has one real adapter; tests use fakes that pass the same
 * contract suite. Ports reject only with a DescryError, or with an AbortError if their signal is aborted.
 */

/** Picture bytes as they came in, before anything is known about them. */
export interface RawPicture {
  bytes: Uint8Array
  /** What the user typed, or where the picture came from. */
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
  /** 4 bytes per pixel, not premultiplied. Transparent areas of the source are white. */
  data: Uint8ClampedArray
}

/** A decoded picture: upright, first frame. */
export interface DecodedPicture {
  /** Pixels of the upright source. */
  readonly width: number
  readonly height: number
  /** File type, detected from the bytes rather than the name. */
  readonly mime: string
  /** Hex digest of the original bytes. */
  readonly sha256: string
  /**
   * What is not shown: pixels of a file that was cut short or is damaged, or pictures that an SVG only links to; null if
   * everything is there.
   */
  readonly missing: 'pixels' | 'linked-pictures' | null
  /**
   * JPEG that fits in `limit`. For a portrait picture, a landscape limit is rotated. Only tiny pictures are enlarged: each
   * side has at least 32 pixels, since small models fail on less.
   */
  encode(limit: PixelLimit): Promise<EncodedPicture>
  /** Pixels that fit in `limit`, never enlarged. */
  pixels(limit: PixelLimit): RgbaImage
  /** PNG of an area at full resolution, clipped to the picture. Errors: bad-image (nothing is left). */
  crop(area: Area): Promise<Uint8Array>
  /** The same area as a separate picture, with the digest of the whole picture. Errors: bad-image (nothing is left). */
  part(area: Area): Promise<DecodedPicture>
  /** The same picture with opaque black boxes over these areas, which are rounded outwards. */
  withBoxes(areas: readonly Area[]): DecodedPicture
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
  /**
   * Areas that look like text but could not be read, in pixels of the upright source. Undefined if the reader doesn't
   * look for them.
   */
  unread?: Area[]
  /** BCP 47 tag of the language that text seems to be in that could not be read, because its data is not installed. */
  unreadLanguage?: string | null
}

/** OCR on this computer. */
export interface TextReader {
  /** Called shortly before a picture arrives, so that a slow reader can start early. Never throws. */
  prepare?(): void
  /** @param languages BCP 47 tags of what the text may be in, beside English and the language of the system. */
  read(picture: DecodedPicture, signal?: AbortSignal, languages?: readonly string[]): Promise<ReadText>
  close(): Promise<void>
}

/** A code, and the smallest upright box around it, in pixels of the upright source. */
export interface PlacedCode extends Code {
  area: Area
}

/** Bar codes and QR codes on this computer. */
export interface CodeReader {
  read(picture: DecodedPicture): Promise<PlacedCode[]>
}

/** One picture of a file: the file itself, a page, a frame of an animation, or a part of a long picture. */
export interface PicturePart {
  /** "Page 2 of 5", "Frame 3 of 12", "Part 2 of 4"; null for a file that is one picture. */
  label: string | null
  /** For `source`: "#page=2", "#frame=3", "#part=2"; empty for a file that is one picture. */
  fragment: string
  /**
   * Bytes that the decoder accepts: the file itself, or a PNG drawn from it on demand. Same errors as PictureDecoder.
   */
  load(): Promise<Uint8Array>
  /** The text stored in a PDF page, which needs no OCR; null if there is none. Errors: bad-image. */
  text(): Promise<string | null>
}

export interface OpenedFile {
  /** File type, detected from the bytes rather than the name. */
  mime: string
  /** In file order; at least one. */
  parts: PicturePart[]
  /** After this, its parts can no longer be loaded. */
  close(): Promise<void>
}

export interface FileOpener {
  /** Errors: bad-image, too-large, unsupported (names the type), no-permission (a password-protected PDF). */
  open(bytes: Uint8Array): Promise<OpenedFile>
}
