import type { Clock } from '../ports/time.ts'
import type { Voice } from '../ports/speech.ts'

/** Which voice speaks the next sentence. A voice is chosen only after it has proved to sound. */
export interface VoiceChoice {
  /** Tries voices in order until one sounds; later calls share the first result. */
  open(): Promise<void>
  readonly name: string
  /**
   * The voice for a sentence that `attempts` have already failed to speak, or null when all have. Voices that died are
   * tried again before the last resort, so that no sentence is lost while any engine can still be had.
   */
  pick(attempts: ReadonlyMap<Voice, number>): Promise<Voice | null>
  /** It died, or hung, while it spoke. */
  failed(voice: Voice): void
}

/** After a failure a voice comes after the others for this long; then it is tried again beside the one in use. */
const restMs = 30_000
/** How often one engine may die of one sentence: the text itself may be what kills it. */
const attemptsPerEngine = 3

/**
 * @param voices best first; the last one is the last resort.
 * @param preferredEngine name of the engine that the user wants to be tried first; may change at any time.
 * @param onChange called with the voice now in use, or null when none is left.
 */
export function createVoiceChoice(
  voices: Voice[],
  clock: Clock,
  preferredEngine: () => string | null,
  onChange: (voice: Voice | null) => void
): VoiceChoice {
  const lastResort = voices.at(-1)
  const proven = new Set<Voice>()
  /** Those that sounded at some time. */
  const known = new Set<Voice>()
  const restUntilMs = new Map<Voice, number>()
  /** Those at rest because they did not sound, rather than because they died while they did. */
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

  /** A check that is running is shared, never run twice at once. */
  function prove(voice: Voice): Promise<boolean> {
    if (proven.has(voice)) return Promise.resolve(true)
    const running = beingTried.get(voice)
    if (running) return running
    const trial = voice.check().then((sounds) => {
      beingTried.delete(voice)
      if (sounds) {
        proven.add(voice)
        known.add(voice)
        // One that died comes after the others until it has rested, though it sounds again.
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

  /** The engines in order of preference, without the last resort. */
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
      // Chosen just now: the very next sentence waits for it, also when it failed a moment ago.
      const wanted = engines.find((voice) => voice.name === preferredLast)
      if (wanted !== undefined && tried(wanted) === 0 && (await prove(wanted))) return use(wanted)
    }
    // The engine in use goes on without waiting; better ones are tried beside it.
    if (inUse !== null && inUse !== lastResort && proven.has(inUse) && !isResting(inUse)) {
      for (const better of engines.slice(0, engines.indexOf(inUse))) {
        if (isResting(better)) continue
        if (proven.has(better)) return use(better)
        void prove(better)
      }
      return inUse
    }
    for (const voice of engines) if (tried(voice) === 0 && !isResting(voice) && (await prove(voice))) return use(voice)
    // Twice, because whatever kills engines kills them while they are checked, too.
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
      // While another speaks: should that die too, nobody waits for this one.
      if (voice !== lastResort) void prove(voice)
    }
  }
}
