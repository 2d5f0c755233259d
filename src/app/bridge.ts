import type { App } from './host.ts'
import { requests, type Envelope, type RequestName } from '#shared/bridge.ts'
import { asDescryError, DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

/** Who sent a request, as the host saw it. */
export interface Sender {
  origin: string
  isMainFrame: boolean
}

/** Requests whose failure is announced. A command announces its own failure; other requests are the window's own. */
const userActions: ReadonlySet<unknown> = new Set<RequestName>([
  'change-settings',
  'set-key',
  'remove-key',
  'describe',
  'open-file',
  'grid-key'
])

/**
 * The one gate for everything that comes from the window: the sender must be the main frame of our own origin, the
 * request must exist and its input must match its schema. Replies with an envelope and never throws.
 *
 * @param allowedOrigin `app://descry` in Electron, `https://descry.invalid` in the preview.
 */
export async function answerRequest(
  app: Pick<App, 'handlers' | 'failed'>,
  allowedOrigin: string,
  sender: Sender,
  name: unknown,
  input: unknown
): Promise<Envelope<unknown>> {
  if (!sender.isMainFrame || sender.origin !== allowedOrigin)
    return { ok: false, error: new DescryError('no-permission').toFailure() }
  try {
    if (typeof name !== 'string' || !Object.hasOwn(requests, name)) throw new DescryError('internal')
    const request = name as RequestName
    const parsed = requests[request].input.safeParse(input)
    if (!parsed.success) throw new DescryError('internal', { message: t('errors.not-allowed-here') })
    const handler = app.handlers[request] as (input: unknown) => Promise<unknown>
    return { ok: true, value: await handler(parsed.data) }
  } catch (error) {
    const failure = asDescryError(error).toFailure()
    if (userActions.has(name)) app.failed(failure)
    return { ok: false, error: failure }
  }
}
