import type { Settings, Speaker } from '#shared/settings.ts'
import type { Clock } from '../ports/time.ts'
import type { ReaderOutput, Presence, ScreenReaderDetector } from '../ports/speech.ts'

/** Whether the user asked for it or it came by itself. */
export type Cause = 'command' | 'watcher'

/** `progress`: the state of the user's request, which our own voice announces only where no screen reader runs. */
export type Occasion = Cause | 'progress'

/** Who says it: the window's live region (read by the screen reader), the reader's own interface, our voice, or nobody. */
export type Route =
  | { to: 'window' }
  | { to: 'reader'; output: ReaderOutput }
  | { to: 'voice'; why: 'chosen' | 'no-reader' }
  /** A reader is running, but its interface, if it has one, accepts no text. */
  | { to: 'voice'; why: 'reader-out-of-reach'; deaf: ReaderOutput | null }
  | { to: 'nobody' }

/** The running screen reader, and its interface if it has one; neither rejects. */
export interface Reach {
  readerName: Promise<string | null>
  output: Promise<CheckedOutput | null>
}

interface CheckedOutput {
  output: ReaderOutput
  takesText: boolean
}

export interface Routes {
  /** Slow with some readers: ask when a request begins, not when its first sentence has arrived. */
  reach(): Reach
  find(occasion: Occasion, reach?: Reach): Promise<Route>
  /** For what must not be missed although nobody speaks: the focused window, or the reader; otherwise nobody. */
  findAside(): Promise<Route>
  /** It failed, so the next check must be a new one. */
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

/** A check can start a program. A reader that has stopped since is noticed when it is given text. */
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

  /** If the reader is not wanted, the user is not asked for permission to control it, as macOS would. */
  function isReaderWanted(): boolean {
    const { speaker } = settings()
    return speaker === 'auto' || speaker === 'reader'
  }

  /** A host that cannot tell must not silence Descry. */
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
      // In a focused window the live region is enough, so the reader's interface is not waited for.
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
  // Without a known reader the live region stays empty: one that Descry failed to notice would say everything twice.
  if (readerName === null) return { to: 'voice', why: 'no-reader' }
  if (speaker === 'own') return occasion === 'command' ? { to: 'voice', why: 'chosen' } : silent
  if (isFocused) return { to: 'window' }
  if (output?.takesText) return { to: 'reader', output: output.output }
  return { to: 'voice', why: 'reader-out-of-reach', deaf: output?.output ?? null }
}
