import { createHash } from 'node:crypto'
import type { Journal } from './journal.ts'
import type { PictureFile } from './picture-list.ts'
import type { BatchOptions } from './file-describer.ts'
import { privacyRulesOf } from '#shared/settings.ts'

/** Identifies pictures by their content and by what is asked about them, not by file name. */
export interface PictureKeys {
  /** Without reading the file: null unless an earlier run has read it and it has not changed since. */
  known(file: PictureFile): string | null
  /** Also notes it in the journal, so that the next run need not read the file. */
  of(file: PictureFile, bytes: Uint8Array): string
  /** Descry changed the file, but it is still that picture. Resolves when that is noted. */
  keep(changed: PictureFile, key: string): Promise<void>
  /** Whether the picture with this key was asked about in the same way. */
  isSameQuestion(key: string): boolean
  /** Keys of all pictures that earlier runs found under this name, latest first. */
  formerly(name: string): string[]
}

export function createPictureKeys(options: BatchOptions, journal: Journal): PictureKeys {
  const asked = askedOf(options)
  const keyOf = (content: string): string => `${asked}-${content}`
  /** By name, latest first. */
  const noted = new Map<string, Note[]>()
  const remember = (one: Note): void => void noted.set(one.name, [one, ...(noted.get(one.name) ?? [])])
  for (const entry of journal.earlier) if (entry.type === 'file') remember(entry)

  const known = ({ name, bytes, modifiedMs }: PictureFile): string | null => {
    const [last] = noted.get(name) ?? []
    return last?.bytes === bytes && last.modifiedMs === modifiedMs ? keyOf(last.content) : null
  }
  const note = ({ name, bytes, modifiedMs }: PictureFile, content: string): Promise<void> => {
    const one: Note = { name, bytes, modifiedMs, content }
    remember(one)
    return journal.append({ type: 'file', ...one })
  }

  return {
    known,
    of(file, bytes) {
      const content = digest(bytes)
      // This entry only saves reading. A journal that cannot be written fails at the next entry that matters.
      if (known(file) !== keyOf(content)) note(file, content).catch(() => undefined)
      return keyOf(content)
    },
    keep: (changed, key) => note(changed, key.slice(asked.length + 1)),
    isSameQuestion: (key) => key.startsWith(`${asked}-`),
    formerly: (name) => (noted.get(name) ?? []).map(({ content }) => keyOf(content))
  }
}

/** The content of the file with this name when it had this size and time. */
interface Note {
  name: string
  bytes: number
  modifiedMs: number
  content: string
}

function askedOf(options: BatchOptions): string {
  const { question, detail, preset, model, language, baseUrl, isOffline } = options
  const privacy = privacyRulesOf(options.privacy, false)
  // Left out when pictures are not read before they are sent, so that earlier journals go on.
  const rules = privacy?.reads ? [privacy.actions] : []
  return digest(JSON.stringify([question, detail, preset, model, language, baseUrl, isOffline, ...rules])).slice(0, 12)
}

function digest(value: string | Uint8Array): string {
  return createHash('sha256').update(value).digest('hex').slice(0, 40)
}
