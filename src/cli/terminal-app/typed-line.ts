import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A picture to open. */
export type Source = { kind: 'address'; address: string } | { kind: 'file'; path: string }

/** What a line typed at the prompt means. */
export type TypedLine =
  | { kind: 'nothing' }
  /** `name` without its colon; `rest` is what follows, without white space around it. */
  | { kind: 'command'; name: string; rest: string }
  | { kind: 'pictures'; sources: Source[] }
  /** It looks like a file, and there is none: it may be private, so it is not a question either. */
  | { kind: 'missing'; path: string }
  | { kind: 'question'; question: string }

/**
 * Reads a line as a command, pictures or a question. Paths may be quoted or escaped, as terminals write dropped files, or
 * have plain spaces. Whatever has a slash or a file extension is a file, even if it reads like a question.
 */
export function readTypedLine(typed: string): TypedLine {
  const line = typed.trim()
  if (line === '') return { kind: 'nothing' }
  if (line.startsWith(':')) {
    const [, name = '', rest = ''] = /^:(\S*)\s*(.*)$/su.exec(line) ?? []
    return { kind: 'command', name, rest }
  }
  const sources = readSources(line)
  if (sources) return { kind: 'pictures', sources }
  return looksLikeFile(line) ? { kind: 'missing', path: unquoted(line) } : { kind: 'question', question: line }
}

/** The pictures that a line names; null if it is anything else, or if one of them does not exist. */
export function readSources(line: string): Source[] | null {
  const one = sourceOf(line) ?? sourceOf(unquoted(line))
  if (one) return [one]
  const words = shellWords(line)
  if (words.length < 2) return null
  const sources = words.map(sourceOf)
  return sources.every((source) => source !== null) ? sources : null
}

function sourceOf(word: string): Source | null {
  if (/^https?:\/\/\S+$/iu.test(word) && URL.canParse(word)) return { kind: 'address', address: word }
  const path = pathOf(word)
  return path !== null && existsSync(path) ? { kind: 'file', path } : null
}

/** The absolute path; null for an address that names no file here. */
function pathOf(word: string): string | null {
  if (/^file:/iu.test(word)) {
    try {
      return fileURLToPath(word)
    } catch {
      return null
    }
  }
  const home = /^~(?=[/\\]|$)/u
  const expanded = home.test(word) ? join(homedir(), word.replace(home, '')) : word
  return isAbsolute(expanded) ? expanded : resolve(expanded)
}

/** One quoted or escaped word; a line of several words stays as it is. */
function unquoted(line: string): string {
  const words = shellWords(line)
  return words.length === 1 ? (words[0] ?? line) : line
}

const isWindows = process.platform === 'win32'

/** Splits as a shell does. On Windows a backslash is part of a path. */
function shellWords(line: string): string[] {
  const pieces = isWindows ? /"([^"]*)"|'([^']*)'|(\S)/gu : /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)|(\S)/gsu
  const words: string[] = []
  let end = -1
  for (const piece of line.matchAll(pieces)) {
    const [whole, double, single, ...others] = piece
    const plain = others.find((other) => other !== undefined)
    const text =
      double === undefined ? (single ?? plain ?? '') : isWindows ? double : double.replaceAll(/\\(.)/gsu, '$1')
    if (piece.index === end) words[words.length - 1] += text
    else words.push(text)
    end = piece.index + whole.length
  }
  return words
}

/** A slash, a backslash, or a word that ends like "photo.jpg", be it followed by a mark. "3.5" and "e.g." do not. */
function looksLikeFile(line: string): boolean {
  if (/[/\\]/u.test(line) || line.startsWith('~')) return true
  return line.split(/\s+/u).some((word) => /[^\s.]\.\p{L}[\p{L}\p{N}]{1,4}["'”’)\]?!.,;:…]*$/u.test(word))
}
