import { describe, expect, it } from 'vitest'
import type { Clock } from '#core/ports/time.ts'

/** What every Clock must do. `pass` lets that much time go by on it. */
export function clockContract(name: string, make: () => { clock: Clock; pass: (ms: number) => Promise<void> }): void {
  describe(`Clock contract: ${name}`, () => {
    it('moves with time and never goes back', async () => {
      const { clock, pass } = make()
      const before = clock.nowMs()
      await pass(20)
      expect(clock.nowMs()).toBeGreaterThanOrEqual(before + 19)
    })

    it('calls back once, not early, and in the order due', async () => {
      const { clock, pass } = make()
      const calls: string[] = []
      clock.after(60, () => calls.push('later'))
      clock.after(10, () => calls.push('sooner'))
      expect(calls).toEqual([])
      await pass(150)
      expect(calls).toEqual(['sooner', 'later'])
    })

    it('does not call back a canceled timer, and ignores canceling twice or late', async () => {
      const { clock, pass } = make()
      let calls = 0
      const cancelFirst = clock.after(10, () => (calls += 1))
      const cancelSecond = clock.after(10, () => (calls += 10))
      cancelFirst()
      cancelFirst()
      await pass(60)
      cancelSecond()
      expect(calls).toBe(10)
    })

    it('lets a callback set the next timer', async () => {
      const { clock, pass } = make()
      const calls: number[] = []
      clock.after(10, () => {
        calls.push(1)
        clock.after(10, () => calls.push(2))
      })
      await pass(120)
      expect(calls).toEqual([1, 2])
    })
  })
}
