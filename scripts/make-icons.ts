import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { drawIcon, drawTrayIcon, drawTrayTemplate } from './icon-drawing.ts'
import { encodeIcns, encodeIco } from './icon-files.ts'

const sized = (sizePx: number): { sizePx: number; png: Buffer } => ({ sizePx, png: drawIcon(sizePx) })
const linuxSizesPx = [16, 32, 48, 64, 128, 256, 512]

/** Every icon of Descry by its path under assets/. `node scripts/make-icons.ts` writes them; a test compares. */
export function makeIcons(): Map<string, Buffer> {
  return new Map([
    ['icon.png', drawIcon(1024)],
    ['icon.ico', encodeIco([16, 24, 32, 48, 64, 128, 256].map(sized))],
    ['icon.icns', encodeIcns([32, 64, 128, 256, 512, 1024].map(sized))],
    // electron-builder reads the size from the name.
    ...linuxSizesPx.map((px): [string, Buffer] => [`icons/${px}x${px}.png`, drawIcon(px)]),
    // Electron finds the @2x file by itself; "Template" in the name makes macOS color it.
    ['tray/tray.png', drawTrayIcon(16)],
    ['tray/tray@2x.png', drawTrayIcon(32)],
    ['tray/tray-linux.png', drawTrayIcon(22)],
    ['tray/tray-linux@2x.png', drawTrayIcon(44)],
    ['tray/trayTemplate.png', drawTrayTemplate(16)],
    ['tray/trayTemplate@2x.png', drawTrayTemplate(32)]
  ])
}

if (import.meta.main) {
  const assets = join(import.meta.dirname, '..', 'assets')
  for (const [name, bytes] of makeIcons()) {
    const path = join(assets, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, bytes)
  }
}
