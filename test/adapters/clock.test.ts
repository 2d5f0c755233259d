import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createSystemClock } from '#adapters/clock.ts'
import { clockContract } from '#test/clock-contract.ts'
import { createFakeClock } from '#test/clock.ts'
import { run } from '#test/process.ts'

clockContract('the system', () => ({ clock: createSystemClock(), pass: (ms) => sleep(ms) }))
clockContract('moved by hand', () => {
  const clock = createFakeClock()
  return { clock, pass: (ms) => clock.advance(ms) }
})

test('for the idle clock no program stays alive', async () => {
  const program = `import { createIdleClock } from '${new URL('../../src/adapters/clock.ts', import.meta.url).href}'
    createIdleClock().after(600_000, () => undefined)`
  const { code } = await run(process.execPath, ['--input-type=module', '-e', program], { timeoutMs: 20_000 })
  expect(code).toBe(0)
})
