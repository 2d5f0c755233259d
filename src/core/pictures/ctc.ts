/** The output of a text recognition network: for each step along a line, how likely each character is, from 0 to 1. */
export interface LineProbabilities {
  steps: number
  /** The first is "nothing", the last is the space. */
  characters: readonly string[]
  /** All characters of the first step, then those of the second … */
  probabilities: Float32Array
}

/** A character that was read. */
export interface ReadCharacter {
  text: string
  /** From 0 to 1. */
  probability: number
  /** The first and last step at which it is the likeliest. */
  firstStep: number
  lastStep: number
}

/** A run of characters without a space. */
export type CharacterRun = ReadCharacter[]

/** The network hardly ever decides for a space, but it gives one this probability where there is one. */
const leastSpaceProbability = 0.08

/**
 * Reads a line: at each step the likeliest character counts, repetitions and "nothing" are dropped. (Greedy decoding of
 * connectionist temporal classification, Graves et al., 2006.)
 */
export function runsOf({ steps, characters, probabilities }: LineProbabilities): CharacterRun[] {
  const space = characters.length - 1
  const runs: CharacterRun[] = [[]]
  let last = 0
  let mostLikelySpace = 0
  for (let step = 0; step < steps; step += 1) {
    const from = step * characters.length
    const best = likeliest(probabilities, from, characters.length)
    mostLikelySpace = Math.max(mostLikelySpace, probabilities[from + space] ?? 0)
    const current = runs.at(-1) ?? []
    const before = current.at(-1)
    if (best === last && best !== 0 && best !== space && before) before.lastStep = step
    else if (best !== 0 && best !== space) {
      const character: ReadCharacter = {
        text: characters[best] ?? '',
        probability: probabilities[from + best] ?? 0,
        firstStep: step,
        lastStep: step
      }
      if (current.length > 0 && mostLikelySpace >= leastSpaceProbability) runs.push([character])
      else current.push(character)
      mostLikelySpace = 0
    }
    last = best
  }
  return runs.filter((run) => run.length > 0)
}

function likeliest(probabilities: Float32Array, from: number, count: number): number {
  let best = 0
  let most = probabilities[from] ?? 0
  for (let character = 1; character < count; character += 1) {
    const probability = probabilities[from + character] ?? 0
    if (probability > most) {
      most = probability
      best = character
    }
  }
  return best
}
