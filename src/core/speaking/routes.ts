import type { Settings, Speaker } from '#shared/settings.ts'
import type { Clock } from '../ports/time.ts'
import type { ReaderOutput, Presence, ScreenReaderDetector } from '../ports/speech.ts'

/** Whether the user asked for it, or it came by itself. */
export type Cause = 'command' | 'watcher'

/** `progress`: how the user's own request goes on. Whoever asked is told of it, but by our own voice only beside no reader. */
export type Occasion = Cause | 'progress'

/** Who says it: the window's live region (and so the screen reader), the reader's own interface, our voice, or nobody. */
export type Route =
  | { to: 'window' }
  | { to: 'reader'; output: ReaderOutput }
  | { to: 'voice'; why: 'chosen' | 'no-reader' }
  /** A reader runs; its interface, if it has one, takes no text. */
  | { to: 'voice'; why: 'reader-out-of-reach'; deaf: ReaderOutput | null }
  | { to: 'nobody' }

/** The screen reader that runs, and its interface if it has one; neither rejects. */
export interface Reach {
  readerName: Promise<string | null>
  output: Promise<CheckedOutput | null>
}

interface CheckedOutput {
  output: ReaderOutput
  takesText: boolean
}

export interface Routes {
  /** Takes time with some readers: ask when a request begins, not when its first sentence is there. */
  reach(): Reach
  find(occasion: Occasion, reach?: Reach): Promise<Route>
  /** For what must not be missed although nobody speaks: the window in focus, or the reader; else nobody. */
  findAside(): Promise<Route>
  /** It failed: its next check is a new one. */
  lost(output: ReaderOutput): void
}

export interface RoutesOptions {
  screenReader: ScreenReaderDetector
  presence: Presence
  readers: ReaderOutput[]
  settings: () => Settings
  isWindowFocused: () => Promise<boolean>
  clock: Clock
}

/** A check can start a program; a reader that has gone since is found out when it is given text. */
const checkKeptMs = 5000

export function createRoutes(options: RoutesOptions): Routes {
  const { screenReader, presence, readers, settings, isWindowFocused, clock } = options
  const checks = new Map<ReaderOutput, { untilMs: number; answer: Promise<boolean> }>()

  function takesText(output: ReaderOutput): Promise<boolean> {
    const kept = checks.get(output)
    if (kept && clock.nowMs() < kept.untilMs) return kept.answer
    const answer = output.check()
    checks.set(output, { untilMs: clock.nowMs() + checkKeptMs, answer })
    return answer
  }

  async function outputOf(running: Promise<string | null>): Promise<CheckedOutput | null> {
    const readerName = await running
    const output = readers.find((reader) => reader.readerName === readerName)
    return output ? { output, takesText: await takesText(output) } : null
  }

  /** Who does not want the reader to speak for us is not asked whether we may control it, as macOS does. */
  function isReaderWanted(): boolean {
    const { speaker } = settings()
    return speaker === 'auto' || speaker === 'reader'
  }

  /** A host that cannot tell must not make Descry mute. */
  const isFocused = (): Promise<boolean> => isWindowFocused().catch(() => false)

  return {
    reach() {
      const readerName = screenReader.running()
      return { readerName, output: isReaderWanted() ? outputOf(readerName) : Promise.resolve(null) }
    },
    async find(occasion, reach) {
      if (occasion === 'watcher' && (await presence.isShared())) return { to: 'nobody' }
      const running = reach?.readerName ?? screenReader.running()
      const [readerName, focused] = await Promise.all([running, isFocused()])
      // In our window the live region speaks, and nobody waits for the reader's interface.
      const isOutputNeeded = !focused && isReaderWanted()
      const output = isOutputNeeded ? await (reach?.output ?? outputOf(running)) : null
      return chooseRoute({ speaker: settings().speaker, occasion, isFocused: focused, readerName, output })
    },
    async findAside() {
      if (await isFocused()) return { to: 'window' }
      const checked = await outputOf(screenReader.running())
      return checked?.takesText ? { to: 'reader', output: checked.output } : { to: 'nobody' }
    },
    lost: (output) => void checks.delete(output)
  }
}

interface Situation {
  speaker: Speaker
  occasion: Occasion
  isFocused: boolean
  readerName: string | null
  output: CheckedOutput | null
}

/** The table in docs/contributing/speech.md. */
function chooseRoute({ speaker, occasion, isFocused, readerName, output }: Situation): Route {
  const silent: Route = { to: isFocused ? 'window' : 'nobody' }
  if (speaker === 'silent') return silent
  // Without a known reader the live region stays empty: a reader that went unnoticed would say everything twice.
  if (readerName === null) return { to: 'voice', why: 'no-reader' }
  if (speaker === 'own') return occasion === 'command' ? { to: 'voice', why: 'chosen' } : silent
  if (isFocused) return { to: 'window' }
  if (output?.takesText) return { to: 'reader', output: output.output }
  return { to: 'voice', why: 'reader-out-of-reach', deaf: output?.output ?? null }
}
