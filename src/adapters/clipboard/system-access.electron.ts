import { clipboard, type ClipboardItem } from 'electron'
import { ownerHangs, type ClipboardAccess } from './clipboard-access.ts'
import { changeCountOf, watchByCount, type ChangeCount } from './change-count.ts'
import { mimeOfSystemFormat } from './formats.ts'

/**
 * Electron wraps a format of the system that it has no MIME type for
 * (shell/browser/api/electron_api_clipboard.cc, BuildOSClipboardFormat).
 */
const wrapped = /^electron application\/osclipboard;format="(.*)"$/u

/**
 * The clipboard of macOS and Windows through Electron, from 44 on. In the main process, after `app.whenReady()`. A picture
 * comes as PNG whatever it was, except where the system also has it in a format that Descry knows.
 */
export function createElectronAccess(
  platform: NodeJS.Platform,
  changeCount: ChangeCount = changeCountOf(platform)
): ClipboardAccess {
  return {
    async formats(timeoutMs) {
      const item = await within(timeoutMs, itemNow())
      return [...typesOf(item).keys()]
    },
    async bytes(format, timeoutMs) {
      const read = async (): Promise<Uint8Array | null> => {
        const item = await itemNow()
        const type = typesOf(item).get(format)
        const payload = type === undefined ? null : await item?.getType(type)
        return payload instanceof Blob && payload.size > 0 ? new Uint8Array(await payload.arrayBuffer()) : null
      }
      // It may be refused, or empty, when it is no longer there.
      return await within(
        timeoutMs,
        read().catch(() => null)
      )
    },
    writeText: (text, timeoutMs) => within(timeoutMs, clipboard.writeText(text)),
    watch: (onChange) => watchByCount(changeCount, onChange)
  }
}

async function itemNow(): Promise<ClipboardItem | undefined> {
  const [item] = await clipboard.read()
  return item
}

/** Electron's name for each format, by the name that Descry knows. */
function typesOf(item: ClipboardItem | undefined): Map<string, string> {
  const types = new Map<string, string>()
  for (const type of item?.types ?? []) {
    const systemName = wrapped.exec(type)?.[1]
    const format = systemName === undefined ? type : mimeOfSystemFormat(systemName)
    // The first is the system's own MIME type.
    if (!types.has(format)) types.set(format, type)
  }
  return types
}

async function within<Value>(timeoutMs: number, work: Promise<Value>): Promise<Value> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(ownerHangs(new Error('Electron did not answer.'))), timeoutMs)
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
