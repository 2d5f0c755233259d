import type { Clock } from '../ports/time.ts'
import type { Voice } from '../ports/speech.ts'

/** Which voice speaks the next sentence. A voice is chosen only after a check has shown that it works. */
export interface VoiceChoice {
  /** Tries voices in order until one works; later calls share the first result. */
  open(): Promise<void>
  readonly name: string
  /**
   * The voice for a sentence that the voices in `attempts` failed to speak, or null if all failed. Voices that died are tried
   * again before the last one, so that no sentence is lost while any engine still works.
   */
  pick(attempts: ReadonlyMap<Voice, number>): Promise<Voice | null>
  /** It died or hung while speaking. */
  failed(voice: Voice): void
}

/** After a failure a voice comes after the others for this long; then it is tried again while another speaks. */
const restMs = 30_000
/** How often one engine may die of one sentence, because the text itself may be what kills it. */
const attemptsPerEngine = 3

/**
 * @param voices best first; the last one is used only when all others fail.
 * @param preferredEngine name of the engine that the user wants tried first; may change at any time.
 * @param onChange called with the voice now in use, or null if none is left.
 */
export function createVoiceChoice(
  voices: Voice[],
  clock: Clock,
  preferredEngine: () => string | null,
  onChange: (voice: Voice | null) => void
): VoiceChoice {
  const lastResort = voices.at(-1)
  const proven = new Set<Voice>()
  /** Those that have worked at some time. */
  const known = new Set<Voice>()
  const restUntilMs = new Map<Voice, number>()
  /** Those that rest because their check failed, not because they died while speaking. */
  const mute = new Set<Voice>()
  const beingTried = new Map<Voice, Promise<boolean>>()
  let inUse: Voice | null = null
  let opening: Promise<void> | null = null
  let preferredLast = preferredEngine()

  const isResting = (voice: Voice): boolean => clock.nowMs() < (restUntilMs.get(voice) ?? -Infinity)

  function rest(voice: Voice): void {
    proven.delete(voice)
    restUntilMs.set(voice, clock.nowMs() + restMs)
  }

  /** A check that is already running is shared. */
  function prove(voice: Voice): Promise<boolean> {
    if (proven.has(voice)) return Promise.resolve(true)
    const running = beingTried.get(voice)
    if (running) return running
    const trial = voice.check().then((sounds) => {
      beingTried.delete(voice)
      if (sounds) {
        proven.add(voice)
        known.add(voice)
        // One that died while speaking comes after the others until it has rested, even if it works again.
        if (mute.delete(voice)) restUntilMs.delete(voice)
      } else {
        mute.add(voice)
        rest(voice)
      }
      return sounds
    })
    beingTried.set(voice, trial)
    return trial
  }

  function use(voice: Voice | null): Voice | null {
    if (voice !== inUse) {
      inUse = voice
      onChange(voice)
    }
    return voice
  }

  /** The engines in order of preference, without the last one. */
  function orderedEngines(): Voice[] {
    const name = preferredEngine()
    const engines = voices.filter((voice) => voice !== lastResort)
    return engines.toSorted((a, b) => Number(b.name === name) - Number(a.name === name))
  }

  async function pick(attempts: ReadonlyMap<Voice, number>): Promise<Voice | null> {
    const tried = (voice: Voice): number => attempts.get(voice) ?? 0
    const engines = orderedEngines()
    if (preferredEngine() !== preferredLast) {
      preferredLast = preferredEngine()
      // Just chosen by the user: the next sentence waits for it, even if it failed a moment ago.
      const wanted = engines.find((voice) => voice.name === preferredLast)
      if (wanted !== undefined && tried(wanted) === 0 && (await prove(wanted))) return use(wanted)
    }
    // The engine in use continues without waiting; better ones are tried meanwhile.
    if (inUse !== null && inUse !== lastResort && proven.has(inUse) && !isResting(inUse)) {
      for (const better of engines.slice(0, engines.indexOf(inUse))) {
        if (isResting(better)) continue
        if (proven.has(better)) return use(better)
        void prove(better)
      }
      return inUse
    }
    for (const voice of engines) if (tried(voice) === 0 && !isResting(voice) && (await prove(voice))) return use(voice)
    // Twice, because whatever kills engines can also kill them during the check.
    const byAttempts = engines.toSorted((a, b) => tried(a) - tried(b))
    for (const voice of [...byAttempts, ...byAttempts]) {
      const isWorthTrying = known.has(voice) && (attempts.size > 0 || !mute.has(voice))
      if (isWorthTrying && tried(voice) < attemptsPerEngine && (await prove(voice))) return use(voice)
    }
    if (lastResort && tried(lastResort) === 0 && (await prove(lastResort))) return use(lastResort)
    return use(null)
  }

  return {
    open: () => (opening ??= pick(new Map()).then(() => undefined)),
    get name() {
      return inUse?.name ?? 'none'
    },
    pick,
    failed(voice) {
      rest(voice)
      // Checked while another speaks, so that it is ready if that one dies, too.
      if (voice !== lastResort) void prove(voice)
    }
  }
}
