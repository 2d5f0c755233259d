import { descryProgram } from './descry.ts'
import { until } from './process.ts'
import { startInTerminal, type Typed } from './typing.ts'

export const enter = '\r'
export const ctrlC = '\u0003'
export const ctrlD = '\u0004'
export const prompt = 'descry> '

/** A person at the prompt of the terminal app, in a pseudo-terminal. */
export interface Talk {
  terminal: Typed
  /** Resolves when the prompt waits for a line. */
  ready(): Promise<unknown>
  /** What was printed since the last call, as a person reads it: without the codes that move the cursor. */
  news(): string
  /** Types a line and waits until the prompt is back; gives what was printed in between, without the words of progress. */
  say(line: string): Promise<string>
  sees(text: string): Promise<unknown>
  /** Presses Tab after what was typed, and Enter after what that became; gives what was printed since. */
  complete(typed: string, completed: string): Promise<string>
  /** Ctrl-D; gives the exit code. */
  leave(): Promise<number | null>
  /** Ends it whatever it is doing. */
  close(): Promise<void>
}

/** Starts `descry` in a terminal; the test's file needs the tag `script`. @param args Such as `terminal photo.jpg`. */
export function startTalk(args: string[], env: NodeJS.ProcessEnv): Talk {
  const terminal = startInTerminal([process.execPath, descryProgram, ...args], { TERM: 'xterm-256color', ...env })
  // oxlint-disable-next-line no-control-regex -- terminal escape sequences
  const text = (): string => terminal.seen().replaceAll(/\u001b\[[\d;?]*[A-Za-z]|\r/gu, '')
  const prompts = (): number => text().split(prompt).length - 1
  const ready = (): Promise<unknown> => until(() => text().endsWith(prompt), { what: `the prompt in: ${text()}` })
  /** It asks something in place of the prompt. */
  const isAsked = (): boolean => /y\/N $|while you type\): $/u.test(text())
  const nextPrompt = async (typed: string): Promise<void> => {
    const before = prompts()
    terminal.type(typed)
    await until(() => prompts() > before, { what: `the prompt after ${JSON.stringify(typed)} in: ${text()}` })
  }
  let readTo = 0

  const talk: Talk = {
    terminal,
    ready,
    news() {
      const news = text().slice(readTo)
      readTo += news.length
      return news
    },
    async say(line) {
      if (!isAsked()) await ready()
      talk.news()
      await nextPrompt(line + enter)
      const printed = talk.news().replace(`${line}\n`, '').replace(prompt, '')
      // On a busy machine anything may take 3 s.
      return printed.replaceAll(/^(?:Working|Still working)\n/gmu, '').trim()
    },
    sees: (wanted) => until(() => text().includes(wanted), { what: `"${wanted}" in: ${text()}` }),
    async complete(typed, completed) {
      await ready()
      talk.news()
      terminal.type(typed)
      await until(() => text().endsWith(typed), { what: `"${typed}" in: ${text()}` })
      // A Tab that is pasted with other characters completes nothing.
      terminal.type('\t')
      await until(() => text().endsWith(completed), { what: `"${completed}" in: ${text()}` })
      await nextPrompt(enter)
      return talk.news()
    },
    async leave() {
      await ready()
      terminal.type(ctrlD)
      return terminal.ended
    },
    async close() {
      terminal.type(ctrlD)
      // `script` takes its time when it is ended by a signal.
      await Promise.race([terminal.ended, new Promise((resolve) => setTimeout(resolve, 3000).unref())])
      await terminal.running.end()
    }
  }
  return talk
}
