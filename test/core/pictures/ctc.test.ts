import { expect, it } from 'vitest'
import { runsOf, type LineProbabilities } from '#core/pictures/ctc.ts'

const characters = ['', 'a', 'b', '1', ' ']

/** The likeliest character of each step; a number beside it is the probability of a space. */
function line(...steps: (string | [string, number])[]): LineProbabilities {
  const probabilities = new Float32Array(steps.length * characters.length)
  for (const [step, given] of steps.entries()) {
    const [character, space] = typeof given === 'string' ? [given, 0] : given
    probabilities[step * characters.length + characters.indexOf(character)] = 0.9
    probabilities[step * characters.length + characters.length - 1] = space
  }
  return { steps: steps.length, characters, probabilities }
}

const textOf = (given: LineProbabilities): string[] => runsOf(given).map((run) => run.map(({ text }) => text).join(''))

it('drops repetitions and "nothing", and keeps what comes twice', () => {
  expect(textOf(line('a', 'a', '', 'a', 'b', 'b'))).toEqual(['aab'])
})

it('begins a new word where a space is a little likely', () => {
  expect(textOf(line('a', ['', 0.1], 'b', ['', 0.05], '1'))).toEqual(['a', 'b1'])
  expect(textOf(line(['', 0.5], 'a', ['', 0.5]))).toEqual(['a'])
})

it('says at which steps a character is, and how sure it is', () => {
  const [[first, second] = []] = runsOf(line('', 'a', 'a', '', 'b'))
  expect(first).toMatchObject({ text: 'a', firstStep: 1, lastStep: 2 })
  expect(second).toMatchObject({ text: 'b', firstStep: 4, lastStep: 4 })
  expect(second?.probability).toBeCloseTo(0.9)
})

it('gives nothing for an empty line', () => {
  expect(runsOf(line('', '', ''))).toEqual([])
})
