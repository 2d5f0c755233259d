import { UsageError } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'
import { t } from '#shared/messages/messages.ts'

const maxLength = 10_000

/** A line from the keyboard without echo, or the first line from a pipe. Errors: AbortError (Ctrl-C), UsageError (Ctrl-D). */
export async function readHiddenLine(prompt: string, terminal: Terminal): Promise<string> {
  const { stdin } = process
  if (!stdin.isTTY) {
    let text = ''
    for await (const chunk of stdin.setEncoding('utf8') as AsyncIterable<string>) {
      text += chunk
      if (text.includes('\n') || text.length > maxLength) break
    }
    return text.split(/\r?\n/u, 1)[0] ?? ''
  }
  // Before the prompt is printed, so that not even the first character is echoed.
  stdin.setRawMode(true)
  stdin.setEncoding('utf8')
  process.stderr.write(prompt)
  try {
    return await typedLine(terminal)
  } finally {
    stdin.setRawMode(false)
    stdin.pause()
    process.stderr.write('\n')
  }
}

function typedLine(terminal: Terminal): Promise<string> {
  const { stdin } = process
  return new Promise((resolve, reject) => {
    let line = ''
    const finish = (outcome: () => void): void => {
      stdin.removeListener('data', take)
      outcome()
    }
    const take = (typed: string): void => {
      // Arrow keys and the marks around pasted text are not part of a key.
      // oxlint-disable-next-line no-control-regex -- terminal escape sequences
      for (const character of typed.replaceAll(/\u001b(?:\[[0-9;?]*[ -/]*[@-~]|O.)/gu, '')) {
        if (character === '\r' || character === '\n') return finish(() => resolve(line))
        // In raw mode, Ctrl-C and Ctrl-D arrive as characters.
        if (character === '\u0003') {
          terminal.interrupt()
          return finish(() => reject(new DOMException('Interrupted', 'AbortError')))
        }
        if (character === '\u0004') return finish(() => reject(new UsageError(t('cli.key.none-given'))))
        if (character === '\u007f' || character === '\b') line = line.slice(0, -1)
        else if (character === '\u0015') line = ''
        else if (line.length < maxLength) line += character
      }
    }
    stdin.on('data', take)
    stdin.resume()
  })
}
