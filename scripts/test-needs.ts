import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findElectronRuntime } from './electron-runtime.ts'
import { findDistribution, installCommand, missingParts } from '../src/adapters/linux/missing-parts.ts'
import { descryParts, systemParts, testParts, type SystemPart } from '../src/adapters/linux/system-parts.ts'
import { t } from '../src/shared/messages/messages.ts'

/**
 * Something that not every computer has. A test names what it needs as a tag: a whole file with `@module-tag xvfb` in a
 * comment, a part of it with `{ tags: ['xvfb'] }`. Where it is missing, vitest skips the test, with its hooks.
 */
export interface Need {
  tag: string
  description: string
  isMet: boolean
  /** Why it is skipped: "xvfb is missing". */
  lack: string
  /** What to do about it, or empty. */
  remedy: string
}

/** OpenAI's schema of a request is not in the repository. */
export const openAiSchemaFile = new URL('../../shared/data/openai-chat-request.schema.json', import.meta.url)

/** Everything a test may need, whether it is here or not. */
export function testNeeds(platform: NodeJS.Platform = process.platform): Need[] {
  const isLinux = platform === 'linux'
  const missing = new Set(isLinux ? missingParts(systemParts) : systemParts)
  const distribution = isLinux ? findDistribution() : null
  const desktopParts: SystemPart[] = testParts.filter(({ id }) => id === 'xvfb' || id === 'dbus')
  const partNeed = (part: SystemPart, description: string): Need => ({
    tag: part.id,
    description,
    isMet: !missing.has(part),
    lack: isLinux ? `${part.id} is missing` : 'this is not Linux',
    remedy: distribution === null ? '' : installCommand([part], distribution)
  })
  return [
    {
      tag: 'linux',
      description: 'Linux, for its desktop or for /proc.',
      isMet: isLinux,
      lack: 'this is not Linux',
      remedy: ''
    },
    {
      tag: 'posix',
      description: 'Linux or macOS, for shell scripts, signals or file modes.',
      isMet: platform !== 'win32',
      lack: 'this is Windows',
      remedy: ''
    },
    {
      tag: 'user-namespaces',
      description: 'Linux whose users may start namespaces.',
      isMet: isLinux && spawnSync('unshare', ['-Ur', 'true']).status === 0,
      lack: 'this system gives no user namespaces',
      remedy: ''
    },
    {
      tag: 'electron',
      description: "Electron's runtime, which npm does not install.",
      isMet: findElectronRuntime(process.env) !== null,
      lack: "Electron's runtime is missing",
      remedy: 'npx install-electron'
    },
    {
      tag: 'desktop',
      description: "A private desktop on Linux, the computer's own elsewhere.",
      isMet: !isLinux || desktopParts.every((part) => !missing.has(part)),
      lack: 'xvfb or dbus is missing',
      remedy: distribution === null ? '' : installCommand(desktopParts, distribution)
    },
    {
      tag: 'openai-schema',
      description: "OpenAI's schema, beside the repository.",
      isMet: existsSync(openAiSchemaFile),
      lack: '../shared/data is missing',
      remedy: ''
    },
    ...descryParts.map((part) => partNeed(part, t(`parts.${part.id}`))),
    ...testParts.map((part) => partNeed(part, part.purpose))
  ]
}

/** A line for each reason, the commonest first: "xvfb is missing: 212 tests skipped. sudo apt-get install xvfb". */
export function skipLines(skipped: readonly (readonly string[])[], needs: readonly Need[]): string[] {
  const counts = new Map<string, { count: number; remedy: string }>()
  for (const tags of skipped) {
    const unmet = needs.filter(({ tag, isMet }) => !isMet && tags.includes(tag))
    for (const [lack, { remedy }] of new Map(unmet.map((need) => [need.lack, need])))
      counts.set(lack, { count: (counts.get(lack)?.count ?? 0) + 1, remedy })
  }
  return [...counts]
    .toSorted(([, one], [, other]) => other.count - one.count)
    .map(([lack, { count, remedy }]) =>
      `${lack}: ${count} ${count === 1 ? 'test' : 'tests'} skipped. ${remedy}`.trimEnd()
    )
}
