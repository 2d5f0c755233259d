import { declared } from '../declaration.ts'
import { exitCodes, UsageError, type ExitCode } from '../exit-codes.ts'
import { parse } from '../syntax.ts'
import { isAtTerminal, type Terminal } from '../terminal.ts'
import { completionsOf } from './completion.ts'
import { createConversation } from './conversation.ts'
import { extraLines } from './history-lines.ts'
import { openPrompt, type Prompt } from './prompt.ts'
import { openSession, type Session } from './session.ts'
import { readSources } from './typed-line.ts'
import type { Clock } from '#core/ports/time.ts'
import { createProgress } from '#core/speaking/signals.ts'
import type { Item } from '#shared/bridge.ts'
import { t } from '#shared/messages/messages.ts'
import { printable } from '#shared/printable.ts'

/**
 * `descry` at a terminal: a prompt that takes pictures, questions about them, and commands. It prints one line after the
 * other and moves nothing on the screen, so that any screen reader and any braille display can follow.
 */
export async function terminalCommand(args: string[], terminal: Terminal): Promise<ExitCode> {
  const { operands } = parse(declared.terminal, args)
  if (!isAtTerminal()) throw new UsageError(t('terminal.needs-terminal'))

  let prompt: Prompt | null = null
  let wait: Wait | null = null
  const write = (line: string): void => {
    wait?.end()
    const shown = printable(line)
      .replaceAll(/\s*\n\s*/gu, ' ')
      .trimEnd()
    if (prompt) prompt.print(shown)
    else terminal.print(`${shown}\n`)
  }
  const session = await openSession(terminal, { onLine: write, onItem: createItemWriter(write) })
  const { app, dependencies } = session

  /** What is going on; null while the prompt waits for a line. */
  let running: AbortController | null = null
  const stop = (): void => {
    running?.abort()
    void app.run('stop', {}, 'terminal')
  }
  const opened = openPrompt({
    terminal,
    label: t('terminal.prompt'),
    complete: completionsOf,
    onLineMeanwhile(line) {
      if (line.trim() !== ':stop') return false
      stop()
      return true
    },
    onEnd() {
      if (running) stop()
    }
  })
  prompt = opened
  terminal.onEachInterrupt(() => {
    if (!opened.interrupt()) return
    if (running || session.isVoiceOn) stop()
    else write(t('terminal.how-to-quit'))
  })

  const waiting = createWait(dependencies.clock, opened.print)
  wait = waiting
  const conversation = createConversation({ session, prompt: opened, write, onWait: waiting.begin })

  async function busy<Value>(work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
    running = new AbortController()
    try {
      return await work(running.signal)
    } finally {
      running = null
      waiting.end()
    }
  }

  for (const line of welcome(session)) write(line)
  for (const operand of operands) {
    const sources = readSources(operand)
    if (sources) await busy((signal) => conversation.open(sources, signal))
    else write(t('terminal.no-such-file', { path: operand }))
  }
  for (;;) {
    const line = await opened.read()
    if (line === null) break
    if (await busy((signal) => conversation.answer(line, signal))) break
  }
  opened.close()
  await session.close()
  return terminal.signal.aborted ? exitCodes.interrupted : exitCodes.ok
}

function welcome({ provider, canSend, isSendingOn, isVoiceOn }: Session): string[] {
  const sending = isSendingOn ? t('window.sending-on', { provider }) : t('terminal.nothing-sent-yet')
  return [
    ...(isVoiceOn ? [] : [t('terminal.voice-is-off-here')]),
    canSend ? sending : t('terminal.no-key', { provider }),
    t('terminal.welcome')
  ]
}

/** What is printed while nothing has come yet (behavior B8). */
interface Wait {
  /** Begins anew. */
  begin: () => void
  end: () => void
}

function createWait(clock: Clock, print: (line: string) => void): Wait {
  let end = (): void => undefined
  return {
    begin() {
      end()
      let hasTicked = false
      const progress = createProgress({
        clock,
        // Once: a line every four seconds would be in the way of a braille display.
        tick() {
          if (!hasTicked) print(t('speech.sound.working'))
          hasTicked = true
        },
        stillWaiting: () => print(t('speech.still-working'))
      })
      const wait = progress.start()
      end = () => wait.stop()
    },
    end: () => end()
  }
}

/** Writes what is shown with a caption but not said, as soon as that is complete. */
function createItemWriter(write: (line: string) => void): (item: Item) => void {
  const states = new Map<string, Item['state']>()
  return (item) => {
    const before = states.get(item.id)
    states.set(item.id, item.state)
    if (item.state !== 'done' || before === 'done' || item.isWithheld) return
    for (const line of extraLines(item)) write(line)
  }
}
