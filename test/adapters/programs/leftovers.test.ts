// @module-tag posix
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTemporaryFolder, removeLeftovers } from '#adapters/programs/temporary-folder.ts'
import { isAlive, until } from '#test/process.ts'

const source = (path: string): string => new URL(`../../../src/adapters/${path}`, import.meta.url).href

/** The temporary folder of the test, and of what it starts. */
let temporary = ''
let started: ChildProcess | null = null
let programs: number[] = []

beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'leftovers-'))
})
afterEach(async () => {
  started?.kill('SIGKILL')
  for (const pid of programs.splice(0)) if (isAlive(pid)) process.kill(pid, 'SIGKILL')
  vi.unstubAllEnvs()
  await rm(temporary, { recursive: true, force: true })
})

/** What lies in the temporary folder, except for what the test itself put there. */
async function left(): Promise<string[]> {
  return (await readdir(temporary)).filter((name) => !name.startsWith('test-'))
}

/** Runs a Node program in which Descry's own code starts the given shell script under the name of another program. */
async function startDescry(name: string, script: string, code: string): Promise<ChildProcess> {
  const tools = join(temporary, 'test-tools')
  await mkdir(tools)
  await writeFile(join(tools, name), `#!/bin/sh\n${script}\n`)
  await chmod(join(tools, name), 0o755)
  await writeFile(join(temporary, 'test-program.mjs'), code)
  started = spawn(process.execPath, [join(temporary, 'test-program.mjs')], {
    env: { ...process.env, PATH: `${tools}:${process.env.PATH}`, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  return started
}

/** Writes down its mask and ids, and works for a minute, in a process of its own below it. */
function slowProgram(): string {
  const notes = join(temporary, 'test-notes')
  return `sleep 60 & echo "$(umask) $$ $!" > ${notes}.new; mv ${notes}.new ${notes}; wait`
}

async function notesOfProgram(): Promise<{ mask: string; pids: number[] }> {
  const notes = await until(() => readFile(join(temporary, 'test-notes'), 'utf8').catch(() => null), {
    what: 'the program to start'
  })
  const [mask = '', ...pids] = notes.trim().split(' ')
  programs = pids.map(Number)
  return { mask, pids: [...programs] }
}

const converting = `
  import { convertHeic } from '${source('pictures/heic.ts')}'
  await convertHeic(Buffer.from('a private picture'), { platform: 'linux' })`

describe('what a converter works on', () => {
  it('is in one folder that only the user can read', async () => {
    await startDescry('heif-dec', slowProgram(), converting)
    await notesOfProgram()
    const [folder = '', ...others] = await left()
    expect(others).toEqual([])
    expect(folder).toMatch(/^descry-\d+-\d+-\w{6}$/u)
    expect((await stat(join(temporary, folder))).mode & 0o777).toBe(0o700)
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('is gone after %s, and so is the converter', async (signal) => {
    const descry = await startDescry('heif-dec', slowProgram(), converting)
    const { pids } = await notesOfProgram()
    expect(pids.filter(isAlive)).toEqual(pids)
    descry.kill(signal)
    await once(descry, 'exit')
    await until(() => !pids.some(isAlive), { what: 'the end of the converter' })
    await until(async () => (await left()).length === 0, { what: 'the end of the folder' })
  })
})

it('what a voice plays is written where only the user can read it, and ends with Descry', async () => {
  const descry = await startDescry(
    'festival',
    slowProgram(),
    `import { createSayVoice } from '${source('voices/say.ts')}'
     const utterance = { text: 'Private.', language: 'en', rateWpm: 175, volumePercent: 50, pitchPercent: 50, voice: null }
     createSayVoice('linux').speak(utterance, () => undefined)`
  )
  const { mask, pids } = await notesOfProgram()
  expect(mask).toMatch(/^0*77$/u)
  descry.kill('SIGKILL')
  await until(() => !pids.some(isAlive), { what: 'the end of the voice' })
})

/** Who may start programs by themselves, and why. */
const starters: Record<string, string> = {
  'adapters/programs/': 'where it is done for all',
  'adapters/helper/helper-process.ts': 'helpers watch their parent',
  'adapters/clipboard/clipboard-access.ts': 'what is copied must outlive Descry',
  'adapters/clipboard/wayland.ts': 'waits for it',
  'adapters/voices/say.ts': 'the package starts it; the reaper knows',
  'adapters/voices/say-systems.ts': 'ends another program'
}

it('no other file starts programs or makes temporary folders by itself', async () => {
  const folder = new URL('../../../src/', import.meta.url)
  const files = (await readdir(folder, { recursive: true })).map((path) => path.replaceAll('\\', '/'))
  const offenders: string[] = []
  for (const path of files.filter((one) => /\.tsx?$/u.test(one))) {
    const text = await readFile(new URL(path, folder), 'utf8')
    const isStarter = Object.keys(starters).some((starter) => path.startsWith(starter))
    if (!isStarter && /\b(?:mkdtemp|tmpdir|spawn|spawnSync|execFile|fork)(?:Sync)?\(/u.test(text)) offenders.push(path)
  }
  expect(offenders).toEqual(['adapters/helper/helper-process.electron.ts'])
})

describe('a start', () => {
  it('removes folders of processes that are gone, and nothing else', async () => {
    vi.stubEnv('TMPDIR', temporary)
    const gone = spawn('true')
    await once(gone, 'exit')
    await until(() => !isAlive(gone.pid ?? 0), { what: 'the end of a process' })
    await mkdir(join(temporary, `descry-${gone.pid}-1-abcdef`, 'heic-1'), { recursive: true })
    // The id is in use again, by another process.
    const reused = `descry-${process.pid}-1-abcdef`
    await mkdir(join(temporary, reused))
    await mkdir(join(temporary, 'descry-1000-captures'))
    await createTemporaryFolder('heic')
    await removeLeftovers()
    const names = await left()
    expect(names.filter((name) => !name.startsWith(`descry-${process.pid}-`))).toEqual(['descry-1000-captures'])
    expect(names).toHaveLength(process.platform === 'linux' ? 2 : 3)
    expect(names.includes(reused)).toBe(process.platform !== 'linux')
  })
})
