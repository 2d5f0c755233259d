import { hash } from 'node:crypto'
import type { ResolvedRequest } from './resolve-request.ts'
import { noticeKind } from '#core/describing/notice.ts'
import { hasVariable } from '#core/describing/prompts/presets.ts'
import type { CaptionCache } from '#core/ports/storage.ts'
import type { Description } from '#shared/caption.ts'
import type { Settings } from '#shared/settings.ts'

/** Captions that were paid for, by what was asked. */
export interface KeptCaptions {
  /** The description as it is given again: free, and with nothing sent. Its `timings` are those of the first time. */
  find(key: string, request: Pick<ResolvedRequest, 'source'>): Description | null
  /** Keeps it, if it is worth keeping and the user allows it. */
  keep(key: string, description: Description): void
}

export function createKeptCaptions(captions: CaptionCache | null, settings: () => Settings): KeptCaptions {
  const cache = (): CaptionCache | null => (settings().keepCaptions ? captions : null)
  return {
    find(key, { source }) {
      const kept = cache()?.find(key)
      return kept ? { ...kept, source, cached: true, usage: null, costUsd: 0, bytesSent: 0 } : null
    },
    keep(key, description) {
      // Without the name of the file: it is found by the picture's bytes.
      if (!description.offline && isWorthKeeping(description)) cache()?.keep(key, { ...description, source: '' })
    }
  }
}

/** To be increased when a description gains or loses a field: what an older Descry kept is then no longer found. */
const keptForm = 1

/**
 * What makes two requests the same: the picture, and everything that goes into the prompt except the window's title, unless
 * the user's own preset asks for that.
 */
export function captionKey(bytes: Uint8Array, request: ResolvedRequest): string {
  const { question, earlier, part, detail, preset, origin, language, model, baseUrl } = request
  const window = hasVariable(preset, 'window') ? request.windowTitle : null
  const app = hasVariable(preset, 'app') ? request.applicationName : null
  const words = JSON.stringify([
    keptForm,
    question,
    earlier,
    part,
    detail,
    preset,
    window,
    app,
    origin,
    language,
    model,
    baseUrl
  ])
  return hash('sha256', `${hash('sha256', bytes)} ${words}`)
}

/** Whole, from the model that was asked or its successor, and nothing the user would not want to be stored. */
function isWorthKeeping({ warnings, notice }: Description): boolean {
  return warnings.every(({ code }) => code === 'model-gone') && (notice === null || noticeKind(notice) !== 'private')
}
