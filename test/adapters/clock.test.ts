import { setTimeout as sleep } from 'node:timers/promises'
import { createSystemClock } from '#adapters/clock.ts'
import { clockContract } from '#test/clock-contract.ts'
import { createFakeClock } from '#test/clock.ts'

clockContract('the system', () => ({ clock: createSystemClock(), pass: (ms) => sleep(ms) }))
clockContract('moved by hand', () => {
  const clock = createFakeClock()
  return { clock, pass: (ms) => clock.advance(ms) }
})
