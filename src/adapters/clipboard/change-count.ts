/** macOS and Windows tell no program that the clipboard has changed, but both count its changes. Not tried on either. */

/** Asks for the count of changes so far. */
export type ChangeCount = () => Promise<number>

const appKit = '/System/Library/Frameworks/AppKit.framework/AppKit'

/** macOS: `[[NSPasteboard generalPasteboard] changeCount]`. Throws if macOS cannot be asked. */
async function macCount(): Promise<() => number> {
  const { default: koffi } = await import('koffi')
  koffi.load(appKit)
  const objectiveC = koffi.load('/usr/lib/libobjc.dylib')
  const classNamed = objectiveC.func('objc_getClass', 'void *', ['str'])
  const selectorNamed = objectiveC.func('sel_registerName', 'void *', ['str'])
  const sendForObject = objectiveC.func('objc_msgSend', 'void *', ['void *', 'void *'])
  const sendForNumber = objectiveC.func('objc_msgSend', 'int64', ['void *', 'void *'])
  const pasteboard: unknown = sendForObject(classNamed('NSPasteboard'), selectorNamed('generalPasteboard'))
  const changeCount: unknown = selectorNamed('changeCount')
  return () => Number(sendForNumber(pasteboard, changeCount))
}

/** Windows: `GetClipboardSequenceNumber`. Throws if Windows cannot be asked. */
async function windowsCount(): Promise<() => number> {
  const { default: koffi } = await import('koffi')
  return koffi.load('user32.dll').func('GetClipboardSequenceNumber', 'uint32', []) as () => number
}

/** The count of the given system, in this process: a call takes microseconds. */
export function changeCountOf(platform: NodeJS.Platform): ChangeCount {
  let count: Promise<() => number> | undefined
  return async () => (await (count ??= platform === 'darwin' ? macCount() : windowsCount()))()
}

const pollMs = 500

/** Calls back after each change, at most twice a second; returns a disposer. A count that cannot be had never changes. */
export function watchByCount(count: ChangeCount, onChange: () => void, everyMs = pollMs): () => void {
  let last: number | null = null
  let isEnded = false
  const look = async (): Promise<void> => {
    const now = await count().catch(() => last)
    if (isEnded) return
    if (last !== null && now !== last) onChange()
    last = now
  }
  void look()
  const timer = setInterval(() => void look(), everyMs)
  return () => {
    isEnded = true
    clearInterval(timer)
  }
}
