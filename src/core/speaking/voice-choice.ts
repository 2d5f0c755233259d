import type { Clock, Voice } from '../ports.ts'

/** Which voice speaks the next sentence. A voice is chosen only after it has proved to sound. */
export interface VoiceChoice {
  /** Tries voices in order until one sounds; later calls share the first result. */
  open(): Promise<void>
  readonly name: string
  /**
   * The voice for a sentence that `attempts` have already failed to speak, or null when all have. A voice that died is
   * tried once more before the last resort, so that no sentence is lost while any engine can still be had.
   */
  pick(attempts: ReadonlyMap<Voice, number>): Promise<Voice | null>
  failed(voice: Voice): void
}

/** After a failure a voice is left alone for this long; then it is tried again beside the one in use. */
const restMs = 30_000

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
  const restUntilMs = new Map<Voice, number>()
  const beingTried = new Map<Voice, Promise<boolean>>()
  let inUse: Voice | null = null
  let opening: Promise<void> | null = null
  let preferredLast = preferredEngine()

  const isResting = (voice: Voice): boolean => clock.nowMs() < (restUntilMs.get(voice) ?? -Infinity)

  function failed(voice: Voice): void {
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
        restUntilMs.delete(voice)
      } else failed(voice)
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
    // The voice in use goes on without waiting; better ones that have rested are tried beside it.
    if (inUse !== null && tried(inUse) === 0 && (inUse === lastResort || proven.has(inUse))) {
      const betterOnes = inUse === lastResort ? engines : engines.slice(0, engines.indexOf(inUse))
      for (const better of betterOnes) {
        if (proven.has(better)) return use(better)
        if (!isResting(better)) void prove(better)
      }
      return inUse
    }
    for (const voice of engines) if (tried(voice) === 0 && !isResting(voice) && (await prove(voice))) return use(voice)
    if (attempts.size > 0) for (const voice of engines) if (tried(voice) < 2 && (await prove(voice))) return use(voice)
    if (lastResort && tried(lastResort) === 0 && (await prove(lastResort))) return use(lastResort)
    return use(null)
  }

  return {
    open: () => (opening ??= pick(new Map()).then(() => undefined)),
    get name() {
      return inUse?.name ?? 'none'
    },
    pick,
    failed
  }
}
