import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import type * as Crosscopy from '@crosscopy/clipboard'
import type { ClipboardAccess } from './clipboard-access.ts'

/** What macOS and Windows call formats that have a MIME type. */
const mimeOfNative: Record<string, string> = {
  'public.png': 'image/png',
  PNG: 'image/png',
  'public.jpeg': 'image/jpeg',
  JFIF: 'image/jpeg',
  'com.compuserve.gif': 'image/gif',
  GIF: 'image/gif',
  'public.tiff': 'image/tiff'
}

/** The clipboard of macOS and Windows, through a native module; on X11 it writes when xclip is missing. */
export function createNativeAccess(): ClipboardAccess {
  let loaded: typeof Crosscopy | undefined
  const native = (): typeof Crosscopy =>
    (loaded ??= createRequire(import.meta.url)('@crosscopy/clipboard') as typeof Crosscopy)

  return {
    async formats() {
      const clipboard = native()
      const names = clipboard.availableFormats()
      const mimes = names.map((name) => mimeOfNative[name] ?? name)
      // Windows bitmaps, and anything else the module can turn into a PNG.
      if (clipboard.hasImage() && !mimes.some((mime) => mime.startsWith('image/'))) mimes.push('image/png')
      if (clipboard.hasText()) mimes.push('text/plain')
      if (clipboard.hasRtf()) mimes.push('text/rtf')
      if (clipboard.hasHtml()) mimes.push('text/html')
      if (clipboard.hasFiles()) mimes.push('text/uri-list')
      return mimes
    },
    async bytes(format) {
      const clipboard = native()
      try {
        if (format === 'text/html') return Buffer.from(await clipboard.getHtml())
        if (format === 'text/plain') return Buffer.from(await clipboard.getText())
        if (format === 'text/uri-list') return Buffer.from((await clipboard.getFiles()).map(addressOf).join('\n'))
        const name = clipboard.availableFormats().find((one) => (mimeOfNative[one] ?? one) === format)
        return Uint8Array.from(await (name ? clipboard.getBuffer(name) : clipboard.getImageBinary()))
      } catch {
        return null
      }
    },
    writeText: (text) => native().setText(text),
    watch(onChange) {
      const watcher = native().startWatch(onChange)
      return () => watcher.stop()
    }
  }
}

/** The module returns paths on some systems and addresses on others. */
function addressOf(file: string): string {
  return /^[a-z][\w+.-]+:\/\//iu.test(file) ? file : pathToFileURL(file).href
}
