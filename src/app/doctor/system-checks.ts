import { access, constants, stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { leftOut, ok, toDo, type Check, type Observation } from './checks.ts'
import { sendCommand } from '../control-socket.ts'
import type { Dependencies } from '../dependencies.ts'

const oldestNode = 22
const leastFreeMb = 200

/**
 * Program, settings, paths and the running Descry.
 *
 * @param settingsWarning what loading the settings told; a second load would not tell it again.
 */
export function systemChecks(
  { paths }: Pick<Dependencies, 'paths'>,
  settingsWarning: string | null,
  env: NodeJS.ProcessEnv = process.env
): Check[] {
  return [
    { name: 'Program', limitMs: 1000, run: program },
    {
      name: 'Settings',
      limitMs: 1000,
      async *run() {
        yield settingsWarning === null
          ? ok('The settings can be read.')
          : toDo(settingsWarning, `Choose again in the window, or mend ${paths.settingsFile}.`)
      }
    },
    {
      name: 'Paths',
      limitMs: 5000,
      async *run() {
        for (const directory of new Set([dirname(paths.settingsFile), paths.stateDir])) yield await place(directory)
      }
    },
    {
      name: 'Running Descry',
      limitMs: 10_000,
      run: () => runningApp({ path: paths.socketPath, tokenFile: paths.tokenFile }, env)
    }
  ]
}

async function* program(): AsyncGenerator<Observation> {
  const { electron, node } = process.versions
  const what = `${electron === undefined ? '' : `Electron ${electron}, `}Node ${node}, ${process.platform} ${process.arch}`
  const isOld = Number(node.split('.', 1)[0]) < oldestNode
  yield isOld ? toDo(`This is ${what}.`, `Descry needs Node ${oldestNode} or newer.`) : ok(`This is ${what}.`)
}

/** Can Descry write there, can others, and is there room? */
async function place(directory: string): Promise<Observation> {
  const existing = await nearestExisting(directory)
  if (!(await canWrite(existing)))
    return toDo(`Descry cannot write in ${existing}.`, 'Make it yours, or set DESCRY_HOME.')
  const { mode } = await stat(existing)
  if (existing === directory && process.platform !== 'win32' && (mode & 0o022) !== 0)
    return toDo(`Others may write in ${directory}.`, `Run: chmod go-w "${directory}"`)
  const { bavail, bsize } = await statfs(existing)
  const freeMb = (bavail * bsize) / 1_000_000
  if (freeMb < leastFreeMb)
    return toDo(`Only ${Math.floor(freeMb)} megabytes are free where ${directory} is.`, 'Free some space.')
  return ok(`${directory} can be written.`)
}

/** The directory itself, or the one in which it would be made. */
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
  // It also says its status aloud, which is as good a proof.
  const reply = await sendCommand(address, 'status', {})
  if (!reply) {
    yield leftOut('Descry is not running, so its hotkeys were not looked at.', 'Start it with npm start.')
    return
  }
  if (!reply.ok) yield toDo(reply.error.message, reply.error.next)
  else yield ok(`Descry is running. ${statusText(reply.value)}`.trim())
  if (env.WAYLAND_DISPLAY !== undefined || env.XDG_SESSION_TYPE === 'wayland')
    yield leftOut(
      'Wayland does not tell whether hotkeys reach Descry.',
      "If they do not, have the desktop's own shortcut settings run descry screen, descry clipboard and descry stop."
    )
}

function statusText(value: unknown): string {
  return typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string'
    ? value.text
    : ''
}
