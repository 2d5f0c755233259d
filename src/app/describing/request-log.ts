import type { DescribeService } from './describe-service.ts'
import { knownModel, knownProvider, type Log, type LogEvent } from '#core/log/log.ts'
import type { Clock } from '#core/ports/time.ts'
import type { Description } from '#shared/caption.ts'
import { asDescryError, isAbort } from '#shared/errors.ts'
import type { Settings } from '#shared/settings.ts'

type Ending = Pick<Extract<LogEvent, { event: 'request' }>, 'outcome' | 'code'>

/** Wraps the service to log each description: how it ended and how long it took, but not what it says. */
export function logRequests(
  service: DescribeService,
  { log, clock, settings }: { log: Log; clock: Clock; settings: () => Settings }
): DescribeService {
  return {
    preview: (request, signal) => service.preview(request, signal),
    async describe(request, call) {
      const { other, detail, question } = request.intent
      const startedAtMs = clock.nowMs()
      const write = (ending: Ending, description?: Description): void =>
        log.write({
          event: 'request',
          ...ending,
          warnings: description?.warnings.map(({ code }) => code) ?? [],
          provider: knownProvider((other ?? settings()).baseUrl),
          model: knownModel(description?.model ?? (other ?? settings()).model),
          detail: detail ?? settings().detail,
          isQuestion: typeof question === 'string',
          widthPx: description?.width ?? null,
          heightPx: description?.height ?? null,
          bytesSent: description?.bytesSent ?? null,
          prepareMs: description?.timings.prepareMs ?? null,
          requestMs: description?.timings.requestMs ?? null,
          firstTokenMs: description?.timings.firstTokenMs ?? null,
          totalMs: Math.round(clock.nowMs() - startedAtMs)
        })
      try {
        const description = await service.describe(request, call)
        const outcome = description.cached ? 'cached' : description.offline ? 'local' : 'described'
        write({ outcome, code: null }, description)
        return description
      } catch (error) {
        write(
          isAbort(error) ? { outcome: 'stopped', code: null } : { outcome: 'failed', code: asDescryError(error).code }
        )
        throw error
      }
    }
  }
}
