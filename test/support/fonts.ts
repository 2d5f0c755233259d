import { fileURLToPath } from 'node:url'
import { GlobalFonts } from '@napi-rs/canvas'
import { systemFontFolders } from '#adapters/pictures/svg-fonts.ts'

const files = ['DejaVuSans', 'DejaVuSans-Bold', 'DejaVuSansMono', 'DejaVuSerif']
let areLoaded = false
let areSystemFontsLoaded = false

/**
 * A CSS font of the DejaVu family for drawing pictures. npm brings it, so that a computer without fonts, Windows and macOS
 * draw the same letters, and OCR reads the same words.
 */
export function font(
  sizePx: number,
  { family = 'Sans', bold = false }: { family?: 'Sans' | 'Sans Mono' | 'Serif'; bold?: boolean } = {}
): string {
  if (!areLoaded) {
    for (const name of files) {
      const path = fileURLToPath(new URL(`../../node_modules/dejavu-fonts-ttf/ttf/${name}.ttf`, import.meta.url))
      if (!GlobalFonts.registerFromPath(path)) throw new Error(`No font: ${path}`)
    }
    areLoaded = true
  }
  return `${bold ? 'bold ' : ''}${sizePx}px "DejaVu ${family}"`
}

/** A CSS font of a family that this computer has: `bold 32px "Liberation Sans"`. Descry itself leaves such fonts alone. */
export function systemFont(css: string): string {
  if (!areSystemFontsLoaded) for (const folder of systemFontFolders()) GlobalFonts.loadFontsFromDir(folder)
  areSystemFontsLoaded = true
  return css
}
