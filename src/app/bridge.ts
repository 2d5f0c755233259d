import { requests, type BridgeHandlers, type Envelope, type RequestName } from '#shared/bridge.ts'
import { asDescryError, DescryError } from '#shared/errors.ts'

/** Who sent a request, as the host saw it. */
export interface Sender {
  origin: string
  isMainFrame: boolean
}

/**
 * The one gate for everything that comes from the window: the sender must be the main frame of our own origin, the
 * request must exist and its input must fit. Replies with an envelope and never throws.
 *
 * @param allowedOrigin `app://descry` in Electron, `https://descry.invalid` in the preview.
 */
export async function answerRequest(
  handlers: BridgeHandlers,
  allowedOrigin: string,
  sender: Sender,
  name: unknown,
  input: unknown
): Promise<Envelope<unknown>> {
  try {
    if (!sender.isMainFrame || sender.origin !== allowedOrigin) throw new DescryError('no-permission')
    if (typeof name !== 'string' || !Object.hasOwn(requests, name)) throw new DescryError('internal')
    const request = name as RequestName
    const parsed = requests[request].input.safeParse(input)
    if (!parsed.success) throw new DescryError('internal', { message: 'The window sent something malformed.' })
    const handler = handlers[request] as (input: unknown) => Promise<unknown>
    return { ok: true, value: await handler(parsed.data) }
  } catch (error) {
    return { ok: false, error: asDescryError(error).toFailure() }
  }
}
