import { readFileSync } from 'node:fs'
import { parseSync } from 'vite'

/** A literal that a person may see or hear, outside the message catalog. */
export interface ShownLiteral {
  line: number
  text: string
}

interface Node {
  type: string
  start: number
  [field: string]: unknown
}

/** JSX attributes whose value is read out or shown. */
const shownAttributes = new Set(['title', 'aria-label', 'aria-description', 'placeholder', 'alt', 'label'])
/** Properties whose value is shown, however short. */
const shownProperties = new Set(['message', 'next', 'title', 'help', 'label', 'hint', 'detail', 'buttonLabel'])
/** Errors for programmers: no user sees their text. */
const programmerErrors = new Set(['Error', 'TypeError', 'RangeError', 'SyntaxError', 'DOMException'])

/** Words with a space between them that begin or end like a sentence or a label. */
function readsLikeASentence(text: string): boolean {
  const words = text.match(/\p{L}{2,}/gu) ?? []
  if (words.length < 2 || !/[\p{L}\p{N}…][,:;.]? +[\p{L}…]/u.test(text)) return false
  return /^\s*["“(]?\p{Lu}\p{L}*[ ,:'’]/u.test(text) || /\p{L}[.?!…:]["”)]?\s*$/u.test(text)
}

/** Finds the literals of a TypeScript file that read like something shown. Literals in types, imports and keys do not count. */
export function shownLiterals(file: string): ShownLiteral[] {
  const source = readFileSync(file, 'utf8')
  const { program } = parseSync(file, source)
  const found: ShownLiteral[] = []
  const add = (node: Node, text: string): void => {
    found.push({ line: source.slice(0, node.start).split('\n').length, text: text.trim().slice(0, 80) })
  }
  const isShort = (text: string): boolean => /\p{L}/u.test(text) && !/^[a-z][\w.-]*$/u.test(text)

  function visit(value: unknown, isShown: boolean): void {
    if (Array.isArray(value)) return value.forEach((one) => visit(one, isShown))
    if (value === null || typeof value !== 'object' || typeof (value as Node).type !== 'string') return
    const node = value as Node
    if (/^(?:Import|Export(?:All|Named)Declaration$)/u.test(node.type) && node.source) return
    if (node.type.startsWith('TS') && !/^TS(?:As|Satisfies|NonNull)/u.test(node.type)) return
    switch (node.type) {
      case 'Literal':
        if (typeof node.value === 'string' && (readsLikeASentence(node.value) || (isShown && isShort(node.value))))
          add(node, node.value)
        return
      case 'TemplateLiteral': {
        const text = (node.quasis as { value: { cooked: string } }[]).map(({ value: { cooked } }) => cooked).join('…')
        if (readsLikeASentence(text) || (isShown && /\p{L}{2,}/u.test(text) && !/^[a-z.…-]+$/u.test(text)))
          add(node, text)
        return visit(node.expressions, false)
      }
      case 'JSXText':
        if (/\p{L}/u.test(node.value as string)) add(node, node.value as string)
        return
      case 'JSXAttribute':
        return visit(node.value, shownAttributes.has((node.name as { name: string }).name))
      case 'Property': {
        const { name, value: key } = node.key as { name?: string; value?: string }
        // Why a voice failed is for the log.
        if (name === 'reason') return
        return visit(node.value, shownProperties.has(name ?? key ?? ''))
      }
      case 'NewExpression':
        if (programmerErrors.has((node.callee as { name?: string }).name ?? '')) return
    }
    for (const [field, child] of Object.entries(node)) if (field !== 'key') visit(child, false)
  }

  visit(program, false)
  return found
}
