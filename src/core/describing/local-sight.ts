import { untilAborted } from '#core/async/abort.ts'
import { contentOf, readLocalFacts } from '#core/facts/local-facts.ts'
import { textInBlocks } from '#core/pictures/text-blocks.ts'
import type { Clock } from '#core/ports/time.ts'
import type { CodeReader, DecodedPicture, PlacedCode, ReadText, TextReader } from '#core/ports/pictures.ts'
import type { Detail, LocalFacts } from '#shared/caption.ts'
import { isAbort } from '#shared/errors.ts'
import { printable } from '#shared/printable.ts'
import { describeLocally, readOut } from './local-description.ts'
import type { PictureOrigin } from './prompts/presets.ts'

const withoutCodes: CodeReader = { read: () => Promise.resolve([]) }

interface SightRequest {
  picture: DecodedPicture
  /** The text in the picture, if it is already known; OCR may still be needed to find its places. */
  knownText: string | null
  /** BCP 47 tag of the user's language, which the text may be in. */
  language: string
}

interface ReadingListener {
  onUnreadable: (error: unknown) => void
  onUnreadLanguage: (tag: string) => void
}

/** What this computer finds in one picture by itself. Everything is looked for once, when it is first needed. */
export class LocalSight {
  private readonly ports: { reader: TextReader; codes: CodeReader; clock: Clock }
  private readonly picture: DecodedPicture
  private readonly knownText: string | null
  private readonly language: string
  private readonly onFacts: (facts: LocalFacts) => void
  private readonly signal: AbortSignal
  private readonly closing = new AbortController()
  private readonly seen = Promise.withResolvers<void>()
  private facts: LocalFacts | null = null
  private placedCodes: Promise<PlacedCode[]> | null = null
  private codes: Promise<void> | null = null
  private words: Promise<ReadText> | null = null

  /**
   * @param onFacts gets everything known so far, each time there is more.
   */
  constructor(
    ports: { reader: TextReader; codes: CodeReader; clock: Clock },
    { picture, knownText, language }: SightRequest,
    onFacts: (facts: LocalFacts) => void,
    signal: AbortSignal
  ) {
    this.ports = ports
    this.picture = picture
    this.knownText = cleanText(knownText ?? '')
    this.language = language
    this.onFacts = onFacts
    this.signal = signal
  }

  /** Size, kind and whether it is blank. To be awaited before anything but `findCodes` is called. */
  async look(): Promise<LocalFacts> {
    const seen = await untilAborted(readLocalFacts(this.picture, withoutCodes), this.signal)
    const facts = this.tell({ ...seen, text: this.knownText })
    this.seen.resolve()
    return facts
  }

  /** Everything known so far. */
  known(): LocalFacts {
    if (this.facts === null) throw new Error('Call look() first.')
    return this.facts
  }

  /** Bar codes and QR codes with their places, looked for on another thread. Errors: those of the reader. */
  placeCodes(): Promise<PlacedCode[]> {
    this.placedCodes ??= this.ports.codes.read(this.picture)
    return untilAborted(this.placedCodes, this.signal)
  }

  /** The same as facts; they are an extra, so a reader that fails must not cost the rest. */
  findCodes(): Promise<void> {
    this.codes ??= this.readCodes()
    this.codes.catch(() => undefined)
    return this.codes
  }

  private async readCodes(): Promise<void> {
    const codes = await this.placeCodes().catch((error: unknown) => {
      if (isAbort(error)) throw error
      return []
    })
    await untilAborted(this.seen.promise, this.signal)
    if (codes.length > 0) this.tell({ codes: codes.map(contentOf) })
  }

  /** OCR, started by the first call. Errors: those of the reader. */
  readText(): Promise<ReadText> {
    this.words ??= this.readWords()
    this.words.catch(() => undefined)
    return this.words
  }

  private async readWords(): Promise<ReadText> {
    const signal = AbortSignal.any([this.signal, this.closing.signal])
    const reading = this.ports.reader.read(this.picture, signal, [this.language])
    const read = await untilAborted(reading, this.signal)
    const text = cleanText(read.text)
    if (text !== null && this.knownText === null && !this.closing.signal.aborted) this.tell({ text })
    return read
  }

  /** The same; null when it failed or took longer. */
  async textWithin(ms: number): Promise<ReadText | null> {
    // oxlint-disable-next-line promise/no-promise-in-callback -- not a callback: the clock calls back
    const { promise: timeOver, resolve } = Promise.withResolvers<null>()
    const cancel = this.ports.clock.after(ms, () => resolve(null))
    try {
      return await untilAborted(Promise.race([this.readText(), timeOver]), this.signal)
    } catch (error) {
      if (isAbort(error)) throw error
      return null
    } finally {
      cancel()
    }
  }

  /**
   * The caption without a model: text, codes, kind and size; or that the picture is blank.
   *
   * @param listener `onUnreadable` gets the reason when the text could not be read, and `onUnreadLanguage` the BCP 47 tag of
   *   the language whose data is missing; the rest is described anyway.
   */
  async describe(
    { detail, origin }: { detail: Detail; origin: PictureOrigin },
    { onUnreadable, onUnreadLanguage }: ReadingListener
  ): Promise<string> {
    if (this.known().isBlank) return describeLocally(this.known(), origin)
    let text = this.knownText
    if (text === null) {
      try {
        const read = await this.readText()
        text = cleanText(textInBlocks(read)) ?? ''
        if (read.unreadLanguage) onUnreadLanguage(read.unreadLanguage)
      } catch (error) {
        if (isAbort(error)) throw error
        onUnreadable(error)
      }
    }
    await this.findCodes()
    if (detail === 'text') return readOut(this.known())
    return describeLocally({ ...this.known(), text }, origin)
  }

  /** Ends OCR that nobody waits for anymore. */
  close(): void {
    this.closing.abort()
  }

  private tell(news: Partial<LocalFacts> | LocalFacts): LocalFacts {
    this.facts = { ...this.facts, ...news } as LocalFacts
    this.onFacts(this.facts)
    return this.facts
  }
}

/** Null when there is no text. */
function cleanText(text: string): string | null {
  const clean = printable(text).trim()
  return clean === '' ? null : clean
}
