import { hash } from 'node:crypto'
import type { ResolvedRequest } from './resolve-request.ts'
import { noticeKind } from '#core/describing/notice.ts'
import { hasVariable } from '#core/describing/prompts/presets.ts'
import type { CaptionCache } from '#core/ports/storage.ts'
import type { Description } from '#shared/caption.ts'
import type { Settings } from '#shared/settings.ts'

/** Saved captions that were paid for, by request. */
export interface KeptCaptions {
  /** The saved description, at no cost and with nothing sent. Its `timings` are those of the original request. */
  find(key: string, request: Pick<ResolvedRequest, 'source'>): Description | null
  /** Saves the description if it is worth saving and the user allows it. */
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
      // Without the file name, because it is looked up by the picture's bytes.
      if (!description.offline && isWorthKeeping(description)) cache()?.keep(key, { ...description, source: '' })
    }
  }
}

/**
 * Increase this when a description gains or loses a field, so that captions saved by an older Descry are no longer
 * found.
 */
const keptForm = 2

/**
 * Requests with the same key are the same: it covers the picture and everything in the prompt. The window's title
 * counts only if the user's own preset includes it.
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
    baseUrl,
    coveredBy(request)
  ])
  return hash('sha256', `${hash('sha256', bytes)} ${words}`)
}

/** What may be covered in the picture, which then has another caption; null if nothing is. */
function coveredBy({ privacy, passwordFields }: ResolvedRequest): unknown {
  if (privacy === null || (!privacy.reads && passwordFields.length === 0)) return null
  return [privacy.actions, privacy.reads, passwordFields]
}

/** Whether the description is complete, comes from the requested model or its successor, and may be stored. */
function isWorthKeeping({ warnings, notice }: Description): boolean {
  return warnings.every(({ code }) => code === 'model-gone') && (notice === null || noticeKind(notice) !== 'private')
}
