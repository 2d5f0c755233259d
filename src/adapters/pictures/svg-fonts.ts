import { readdir, readFile, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

// Fonts for SVG, whose renderer sees no files: Liberation Sans, which pdf.js brings, has Latin, Greek and Cyrillic letters. For
// other scripts, fonts of the system are read, whose names tell what they hold.

export const shippedFamily = 'Liberation Sans'
const shippedFiles = ['Regular', 'Bold', 'Italic', 'BoldItalic'].map((style) => `LiberationSans-${style}.ttf`)

const scripts: { letters: RegExp; files: RegExp }[] = [
  {
    letters: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u,
    files:
      /cjk|notosans(?:jp|kr|sc|tc)|ipa|takao|vlgothic|wqy|uming|ukai|fallback|nanum|unbatang|hiragino|pingfang|sdgothic|msyh|msgothic|malgun|simsun|yugoth|meiryo/iu
  },
  { letters: /\p{Script=Arabic}/u, files: /arab|naskh|geeza|^dejavusans\.|^tahoma\.|^segoeui\.|^arial\./iu },
  { letters: /\p{Script=Hebrew}/u, files: /hebr|^dejavusans\.|^tahoma\.|^segoeui\.|^arial\./iu },
  { letters: /\p{Script=Devanagari}/u, files: /devanagari|lohit|nirmala|kohinoor|mangal|freesans\./iu },
  { letters: /\p{Script=Thai}/u, files: /thai|leelawad|tlwg|garuda|loma|tahoma/iu },
  {
    letters: /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]/u,
    files: /^dejavusans\.|freesans\.|freeserif\.|unifont|arial ?unicode|segoeui\.|nirmala|ebrima|gadugi/iu
  }
]
const maxSystemBytes = 80_000_000
const maxDepth = 4

/** The fonts for an SVG's text. Folders that cannot be read are passed over. */
export async function fontsFor(text: string, folders: string[] = systemFontFolders()): Promise<Uint8Array[]> {
  const brought = join(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'standard_fonts')
  const shipped = await Promise.all(shippedFiles.map((name) => readFile(join(brought, name))))
  const letters = withReferences(text)
  const wanted = scripts.filter((script) => script.letters.test(letters))
  if (wanted.length === 0) return shipped
  const found = (await Promise.all(folders.map((folder) => fontFiles(folder, maxDepth)))).flat()
  const fonts: Uint8Array[] = []
  let total = 0
  for (const { files } of wanted)
    for (const { folder, name } of found.filter((file) => files.test(file.name))) {
      const path = join(folder, name)
      total += await stat(path).then(
        ({ size }) => size,
        () => Infinity
      )
      if (total > maxSystemBytes) return [...shipped, ...fonts]
      fonts.push(await readFile(path))
    }
  return [...shipped, ...fonts]
}

/** "&#x4e2d;" as the letter it stands for. */
function withReferences(text: string): string {
  return text.replace(/&#(?:x([\da-f]{1,6})|(\d{1,7}));/giu, (reference, hex?: string, decimal?: string) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : reference
  })
}

export function systemFontFolders(): string[] {
  const home = homedir()
  switch (process.platform) {
    case 'win32':
      return [join(process.env['SystemRoot'] ?? String.raw`C:\Windows`, 'Fonts')]
    case 'darwin':
      return ['/System/Library/Fonts', '/Library/Fonts', join(home, 'Library/Fonts')]
    default:
      return ['/usr/share/fonts', '/usr/local/share/fonts', join(home, '.fonts'), join(home, '.local/share/fonts')]
  }
}

async function fontFiles(folder: string, depth: number): Promise<{ folder: string; name: string }[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const inside = entries.map(async (entry) => {
    if (entry.isDirectory()) return depth > 0 ? fontFiles(join(folder, entry.name), depth - 1) : []
    return /\.(?:ttf|otf|ttc)$/iu.test(entry.name) ? [{ folder, name: entry.name }] : []
  })
  return (await Promise.all(inside)).flat()
}
