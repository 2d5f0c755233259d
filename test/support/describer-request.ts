import type { DescriberRequest } from '#core/describing/describer-request.ts'
import type { DecodedPicture } from '#core/ports/pictures.ts'

/** A plain request for a description in English, in which nothing is checked, with these changes. */
export function describerRequest(picture: DecodedPicture, changes: Partial<DescriberRequest> = {}): DescriberRequest {
  return {
    picture,
    source: 'photo.png',
    detail: 'standard',
    preset: null,
    origin: 'elsewhere',
    question: null,
    earlier: [],
    part: null,
    knownText: null,
    checksText: false,
    privacy: null,
    mayAsk: false,
    language: 'en',
    model: 'gpt-4o-mini',
    baseUrl: 'https://api.openai.com/v1',
    fallback: null,
    firstTokenTimeoutMs: null,
    windowTitle: null,
    applicationName: null,
    passwordFields: [],
    receivedAtMs: 0,
    whyLocal: null,
    ...changes
  }
}
