import { createSystemClock } from '#adapters/clock.ts'
import type { CodeReader, DecodedPicture, PlacedCode, ReadText, TextReader } from '#core/ports/pictures.ts'
import { clearToSend } from '#core/privacy/gate.ts'
import type { Area } from '#shared/caption.ts'
import type { PrivacyRules } from '#shared/privacy-rules.ts'
import { defaultSettings, privacyRulesOf } from '#shared/settings.ts'
import { readPicture } from './first-reader.ts'
import { languages, type Language } from './languages.ts'

/** What the privacy gate lets through. */
export interface GateResult {
  /** As it would be sent; null if it would not be sent. */
  sent: DecodedPicture | null
  /** Where boxes are; all of the picture if it would not be sent. */
  areas: Area[]
}

/** The settings of someone who has changed none. */
const rules = privacyRulesOf({ ...defaultSettings, checkForLocalModels: true }, true) as PrivacyRules

/** Reads in this process: a helper gives way to all others, and its time would not be counted. */
const reader: TextReader = {
  read: (picture, _, [tag] = []) => readPicture(picture, languages.find((language) => language === tag) ?? 'en'),
  close: () => Promise.resolve()
}

/** Runs the gate as it runs before a picture is sent. What was read at first is given, so that it need not be read again. */
export async function passGate(
  picture: DecodedPicture,
  {
    read,
    codes,
    codeReader,
    language
  }: { read: ReadText; codes: PlacedCode[]; codeReader: CodeReader; language: Language }
): Promise<GateResult> {
  const areas: Area[] = []
  const clearance = await clearToSend(
    {
      picture: recording(picture, areas),
      rules,
      window: { windowTitle: null, applicationName: null },
      passwordFields: [],
      area: null,
      knownText: null,
      languages: [language],
      mayAsk: false,
      readText: () => Promise.resolve(read),
      readCodes: () => Promise.resolve(codes),
      reader,
      codes: codeReader,
      clock: createSystemClock(),
      onSlow: () => undefined
    },
    new AbortController().signal
  )
  if (clearance.isCleared) return { sent: clearance.picture, areas }
  return { sent: null, areas: [{ x: 0, y: 0, width: picture.width, height: picture.height }] }
}

/** The same picture, which keeps in `areas` where boxes are drawn. */
function recording(picture: DecodedPicture, areas: Area[]): DecodedPicture {
  return new Proxy(picture, {
    get(target, name) {
      if (name === 'withBoxes')
        return (boxes: readonly Area[]) => {
          areas.push(...boxes)
          return recording(target.withBoxes(boxes), areas)
        }
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    }
  })
}
