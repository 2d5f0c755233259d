import { beforeEach, expect, test } from 'vitest'
import { createClaimGate, type ClaimGate } from '#core/describing/claim-gate.ts'
import { createFakeClock, type FakeClock } from '#test/clock.ts'

let clock: FakeClock
let given: string[]
let gate: ClaimGate

beforeEach(() => {
  clock = createFakeClock()
  given = []
  gate = createClaimGate(clock, 'en', (text) => given.push(text))
})

test('words without a claim pass at once', () => {
  gate.push('A dog ')
  gate.push('runs on a beach.')
  expect(given).toEqual(['A dog ', 'runs on a beach.'])
})

test.each(['The total is 49.90.', 'A sign says "Closed".', 'It is signed by Anna Müller.'])(
  'a claim waits, and what follows it, but never longer than 400 ms: %s',
  async (claim) => {
    gate.push('A letter lies there. ')
    gate.push(claim)
    gate.push(' More follows.')
    await clock.advance(399)
    expect(given).toEqual(['A letter lies there. '])
    await clock.advance(1)
    expect(given).toEqual(['A letter lies there. ', `${claim} More follows.`])
  }
)

test('when the words have been read, nothing waits', () => {
  gate.push('The total is 49.90.')
  gate.open()
  expect(given).toEqual(['The total is 49.90.'])
  gate.push(' The tip is 5.00.')
  expect(given).toHaveLength(2)
})

test('the end waits for what is held', async () => {
  gate.push('The total is 49.90.')
  let isDrained = false
  const drained = gate.drained().then(() => (isDrained = true))
  await Promise.resolve()
  expect(isDrained).toBe(false)
  await clock.advance(400)
  await drained
  expect(given).toEqual(['The total is 49.90.'])
})
