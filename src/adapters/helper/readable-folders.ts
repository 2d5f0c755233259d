import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { languageFolders } from '../ocr/language-data.ts'
import { systemFontFolders } from '../pictures/svg-fonts.ts'

/**
 * The folders that a helper process may read: its program and packages, the system's fonts, and language data. Pictures are
 * handed to it as bytes, so nothing else of the user's is among them.
 */
export function readableFolders(program: string): string[] {
  const home = packageFolder(dirname(program))
  // npm may put a package's own packages beside it.
  const packages = [
    join(home, 'node_modules'),
    ...ancestors(home).filter((folder) => basename(folder) === 'node_modules')
  ]
  const folders = [dirname(program), home, ...packages, ...systemFontFolders(), ...languageFolders()]
  const real = folders.filter((folder) => existsSync(folder)).map((folder) => realpathSync(folder))
  return [...new Set([...folders, ...real])]
}

function packageFolder(folder: string): string {
  return ancestors(folder).find((one) => existsSync(join(one, 'package.json'))) ?? folder
}

/** The folder itself, and all around it. */
function ancestors(folder: string): string[] {
  const parent = dirname(folder)
  return parent === folder ? [folder] : [folder, ...ancestors(parent)]
}
