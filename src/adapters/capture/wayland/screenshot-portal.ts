import { hash, randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { BusVariant, textOf, type BusValue } from '../../linux/bus-values.ts'
import { readPictureFile } from '../../pictures/picture-file.ts'
import { readWholeHeader } from '../../pictures/picture-header.ts'
import { BusCallError, connectSessionBus, type SessionBus } from '../../linux/session-bus.ts'

export interface PortalOptions {
  /**
   * The portal saves its picture in a folder, often one that is watched. This gets the hex SHA-256 of its bytes before the
   * file is deleted, so that it is not mistaken for a new screenshot.
   */
  onOwnFile?: (sha256: string) => void
  /** How long the user may take to answer the desktop's question. */
  answerTimeoutMs?: number
}

const portalName = 'org.freedesktop.portal.Desktop'
const portalPath = '/org/freedesktop/portal/desktop'
const screenshotInterface = 'org.freedesktop.portal.Screenshot'
/** The bus starts the portal on the first call. */
const startTimeoutMs = 10_000

/**
 * A picture of all displays, from the desktop's screenshot portal
 * (https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Screenshot.html). The desktop may ask the
 * user once. Errors: unsupported (no portal), no-permission (refused, or nobody answered).
 */
export async function portalScreenshot(
  env: NodeJS.ProcessEnv,
  { onOwnFile = () => undefined, answerTimeoutMs = 60_000 }: PortalOptions = {}
): Promise<Uint8Array> {
  const gone = Promise.withResolvers<never>()
  const bus = await connectSessionBus(env, () =>
    gone.reject(new Error('The session bus closed the connection.'))
  ).catch((error: unknown) => {
    throw noPortal(error)
  })
  try {
    const path = await Promise.race([gone.promise, requestPicture(bus, await portalOwner(bus), answerTimeoutMs)])
    // The path may name anything, including a file that never ends.
    const bytes = await readPictureFile(path).catch((error: unknown) => {
      throw noAnswer(error)
    })
    // Whatever program claims to be the portal: only a picture is ever deleted.
    readWholeHeader(bytes)
    onOwnFile(hash('sha256', bytes))
    await rm(path, { force: true })
    return bytes
  } catch (error) {
    if (error instanceof DescryError) throw error
    throw noAnswer(error)
  } finally {
    // Closing the connection ends an open request, and the desktop's question with it.
    gone.promise.catch(() => undefined)
    bus.close()
  }
}

/** The unique name of a portal that can take screenshots; starts it if needed. */
async function portalOwner(bus: SessionBus): Promise<string> {
  const properties = { path: portalPath, interface: 'org.freedesktop.DBus.Properties', member: 'Get' }
  const daemon = {
    destination: 'org.freedesktop.DBus',
    path: '/org/freedesktop/DBus',
    interface: 'org.freedesktop.DBus'
  }
  try {
    const args = [screenshotInterface, 'version']
    await bus.call({ ...properties, destination: portalName, args, mayStart: true }, startTimeoutMs)
    return textOf(await bus.call({ ...daemon, member: 'GetNameOwner', args: [portalName] }))
  } catch (error) {
    throw error instanceof BusCallError ? noPortal(error) : error
  }
}

/** Requests a screenshot and returns the picture's path. */
async function requestPicture(bus: SessionBus, owner: string, timeoutMs: number): Promise<string> {
  const token = `descry_${randomUUID().replaceAll('-', '')}`
  // The answer may come before the call's own reply, so its path is computed the way the portal does.
  const path = `${portalPath}/request/${bus.name.slice(1).replaceAll('.', '_')}/${token}`
  const answered = Promise.withResolvers<BusValue[]>()
  const match = { sender: owner, path, interface: 'org.freedesktop.portal.Request', member: 'Response' }
  await bus.onSignal(match, answered.resolve)
  const limit = setTimeout(() => answered.reject(new Error('The portal did not answer.')), timeoutMs)
  try {
    const options = { handle_token: new BusVariant('s', token), interactive: new BusVariant('b', false) }
    const call = { destination: portalName, path: portalPath, interface: screenshotInterface, member: 'Screenshot' }
    const asked = bus.call({ ...call, signature: 'sa{sv}', args: ['', options] }, timeoutMs)
    const [[response, results]] = await Promise.all([answered.promise, asked])
    if (response !== 0) throw refused(response)
    return fileURLToPath(textOf((results as { uri?: BusValue } | undefined)?.uri))
  } catch (error) {
    throw error instanceof BusCallError ? refused(error) : error
  } finally {
    clearTimeout(limit)
  }
}

function noPortal(cause: unknown): DescryError {
  const message = t('capture.portal-missing')
  return new DescryError('unsupported', { message, next: t('capture.use-screenshot-key'), cause })
}

function refused(cause: unknown): DescryError {
  const next = t('capture.portal-denied.next')
  return new DescryError('no-permission', { message: t('capture.portal-denied'), next, cause })
}

function noAnswer(cause: unknown): DescryError {
  const next = t('capture.portal-no-picture.next')
  return new DescryError('no-permission', { message: t('capture.portal-no-picture'), next, cause })
}
