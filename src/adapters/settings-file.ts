import { mkdir, open, realpath, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { SettingsStore } from '#core/ports/storage.ts'
import { DescryError } from '#shared/errors.ts'
import { defaultSettings, settingsSchema, type Settings } from '#shared/settings.ts'
import { t } from '#shared/messages/messages.ts'
import { formatList } from '#shared/messages/formats.ts'
import { readRegularFile } from './regular-file.ts'

/** A hundred times as much as all settings take. */
const maxBytes = 1_000_000

/** Settings in a JSON file that only the user can read. It never holds an API key: the schema has no field for one. */
export function createSettingsFile(path: string): SettingsStore {
  let lastSave: Promise<void> = Promise.resolve()
  return {
    async load() {
      let text: string
      try {
        text = (await readRegularFile(path, maxBytes)).toString('utf8')
      } catch (error) {
        if (isMissing(error)) return { settings: { ...defaultSettings }, warning: null }
        return { settings: { ...defaultSettings }, warning: t('settings.file-unreadable') }
      }
      const stored = parseObject(text)
      if (stored) return readFields(stored)
      const aside = `${path}.damaged-${new Date().toISOString().replaceAll(/[:.]/gu, '-')}`
      const isKept = await rename(path, aside).then(
        () => true,
        () => false
      )
      return {
        settings: { ...defaultSettings },
        warning: isKept ? t('settings.file-damaged-kept', { path: aside }) : t('settings.file-damaged')
      }
    },

    save(settings) {
      // One write after the other, so that the newest settings win even if an older write is slower.
      const save = lastSave.then(() => writeWhole(path, `${JSON.stringify(settingsSchema.parse(settings), null, 2)}\n`))
      lastSave = save.catch(() => undefined)
      return save
    }
  }
}

/** Reads each field on its own, so that one bad value does not discard the others. */
function readFields(stored: Record<string, unknown>): { settings: Settings; warning: string | null } {
  const bad: string[] = []
  const good: Record<string, unknown> = {}
  for (const [name, schema] of Object.entries(settingsSchema.shape)) {
    if (!Object.hasOwn(stored, name)) continue
    const parsed = schema.safeParse(stored[name])
    if (parsed.success) good[name] = parsed.data
    else bad.push(name)
  }
  const warning = bad.length === 0 ? null : t('settings.values-unusable', { count: bad.length, names: formatList(bad) })
  return { settings: settingsSchema.parse(good), warning }
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/u, ''))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

/** Writes the whole text, or, after a crash or on a full disk, leaves the whole old file. */
async function writeWhole(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    // A settings file may be a symbolic link, as dotfile managers make them, and must stay one.
    const target = await realpath(path).catch(() => path)
    const temporary = `${target}.${process.pid}.new`
    try {
      const file = await open(temporary, 'w', 0o600)
      try {
        await file.writeFile(text)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(temporary, target)
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
  } catch (cause) {
    throw new DescryError('no-permission', {
      message: t('settings.not-saved'),
      next: t('settings.not-saved.next', { folder: dirname(path) }),
      cause
    })
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}
