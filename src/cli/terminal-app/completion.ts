import { readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { argumentsOf, commandNames } from './command-words.ts'
import { settingChoices, settingNames } from './setting-lines.ts'

/** What the line may be completed to with Tab: a command and what follows it, or a path. */
export function completionsOf(line: string): string[] {
  if (!line.startsWith(':')) return pathCompletions(line)
  const open = /^(:open\s+)(.*)$/u.exec(line)
  if (open) return pathCompletions(open[2] ?? '').map((path) => `${open[1]}${path}`)
  const words = line.split(/\s+/u)
  const last = words.at(-1) ?? ''
  const before = line.slice(0, line.length - last.length)
  return candidates(words)
    .filter((word) => word.startsWith(last))
    .map((word) => `${before}${word} `)
}

/** The words that may stand where the last of these words is being typed. */
function candidates(words: string[]): readonly string[] {
  const [command = '', first = ''] = words
  const name = command.slice(1)
  if (words.length === 1) return commandNames.map((one) => `:${one}`)
  if (name === 'settings') return words.length === 2 ? settingNames : words.length === 3 ? settingChoices(first) : []
  return argumentsOf(name)
}

/** Paths that begin like this, written as they are being written: plain, in quotes, or with escaped spaces. */
function pathCompletions(typed: string): string[] {
  const quote = /^["']/u.exec(typed)?.[0] ?? ''
  const isEscaped = quote === '' && process.platform !== 'win32' && typed.includes('\\')
  const plain = isEscaped ? typed.replaceAll(/\\(.)/gu, '$1') : typed.slice(quote.length)
  // The folder as it was typed, up to its last slash.
  const [folder = ''] = /^.*[/\\]/u.exec(plain) ?? []
  const beginning = plain.slice(folder.length)
  return entriesOf(folder)
    .filter(({ name }) => name.startsWith(beginning) && (beginning !== '' || !name.startsWith('.')))
    .map(({ name, isFolder }) => {
      const path = `${folder}${name}${isFolder ? '/' : ''}`
      if (isEscaped) return path.replaceAll(/[^\p{L}\p{N}/._~-]/gu, String.raw`\$&`)
      return `${quote}${path}${isFolder ? '' : quote}`
    })
}

function entriesOf(folder: string): { name: string; isFolder: boolean }[] {
  const path = folder.replace(/^~(?=[/\\])/u, homedir())
  try {
    return readdirSync(path === '' ? '.' : path, { withFileTypes: true }).map((entry) => ({
      name: entry.name,
      isFolder: entry.isDirectory()
    }))
  } catch {
    return []
  }
}
