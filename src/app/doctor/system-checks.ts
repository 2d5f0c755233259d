import { access, constants, stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { leftOut, ok, toDo, type Check, type Observation } from './checks.ts'
import { sendCommand } from '../control-socket.ts'
import type { Dependencies } from '../dependencies.ts'
import { t } from '#shared/messages/messages.ts'

const oldestNode = 22
const leastFreeMb = 200

/**
 * Program, settings, paths and the running Descry.
 *
 * @param settingsWarning what went wrong while the settings were loaded; a second load does not report it again.
 */
export function systemChecks(
  { paths }: Pick<Dependencies, 'paths'>,
  settingsWarning: string | null,
  env: NodeJS.ProcessEnv = process.env
): Check[] {
  return [
    { name: t('doctor.name.program'), limitMs: 1000, run: program },
    {
      name: t('doctor.name.settings'),
      limitMs: 1000,
      async *run() {
        yield settingsWarning === null
          ? ok(t('doctor.settings-read'))
          : toDo(settingsWarning, t('doctor.settings-damaged.next', { file: paths.settingsFile }))
      }
    },
    {
      name: t('doctor.name.paths'),
      limitMs: 5000,
      async *run() {
        for (const directory of new Set([dirname(paths.settingsFile), paths.stateDir])) yield await place(directory)
      }
    },
    {
      name: t('doctor.name.running'),
      limitMs: 10_000,
      run: () => runningApp({ path: paths.socketPath, tokenFile: paths.tokenFile }, env)
    }
  ]
}

async function* program(): AsyncGenerator<Observation> {
  const { electron, node } = process.versions
  const { platform, arch } = process
  const what =
    electron === undefined
      ? t('doctor.program-node', { node, platform, arch })
      : t('doctor.program-electron', { electron, node, platform, arch })
  const isOld = Number(node.split('.', 1)[0]) < oldestNode
  yield isOld ? toDo(what, t('doctor.program-old.next', { oldest: oldestNode })) : ok(what)
}

/** Whether Descry can write there, whether others can, and whether there is space. */
async function place(directory: string): Promise<Observation> {
  const existing = await nearestExisting(directory)
  if (!(await canWrite(existing)))
    return toDo(t('doctor.cannot-write', { directory: existing }), t('doctor.cannot-write.next'))
  const { mode } = await stat(existing)
  if (existing === directory && process.platform !== 'win32' && (mode & 0o022) !== 0)
    return toDo(t('doctor.others-write', { directory }), t('doctor.others-write.next', { directory }))
  const { bavail, bsize } = await statfs(existing)
  const freeMb = (bavail * bsize) / 1_000_000
  if (freeMb < leastFreeMb)
    return toDo(t('doctor.little-space', { megabytes: Math.floor(freeMb), directory }), t('doctor.little-space.next'))
  return ok(t('doctor.can-write', { directory }))
}

/** The directory itself, or the nearest one above it that exists. */
async function nearestExisting(directory: string): Promise<string> {
  const isThere = await stat(directory).then(
    () => true,
    () => false
  )
  const parent = dirname(directory)
  return isThere || parent === directory ? directory : nearestExisting(parent)
}

function canWrite(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(
    () => true,
    () => false
  )
}

async function* runningApp(
  address: { path: string; tokenFile: string },
  env: NodeJS.ProcessEnv
): AsyncGenerator<Observation> {
  // The running Descry also speaks its status, which proves that it can be heard.
  const reply = await sendCommand(address, 'status', {})
  if (!reply) {
    yield leftOut(t('doctor.not-running'), t('doctor.not-running.next'))
    return
  }
  if (!reply.ok) yield toDo(reply.error.message, reply.error.next)
  else {
    const status = statusText(reply.value)
    yield ok(status === '' ? t('doctor.running-silent') : t('doctor.running', { status }))
  }
  if (env.WAYLAND_DISPLAY !== undefined || env.XDG_SESSION_TYPE === 'wayland')
    yield leftOut(t('doctor.wayland'), t('doctor.wayland.next'))
}

function statusText(value: unknown): string {
  return typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string'
    ? value.text
    : ''
}
