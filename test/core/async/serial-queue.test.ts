import { expect, test } from 'vitest'
import { createSerialQueue } from '#core/async/serial-queue.ts'

test('does one piece of work after the other, and goes on after one that fails', async () => {
  const queue = createSerialQueue()
  const first = Promise.withResolvers<string>()
  const log: string[] = []
  const one = queue.add(() => first.promise)
  const two = queue.add(() => {
    log.push('two')
    throw new Error('failed')
  })
  const three = queue.add(async () => log.push('three'))
  expect(queue.waiting).toBe(3)
  await Promise.resolve()
  expect([queue.waiting, log]).toEqual([2, []])
  first.resolve('done')
  expect(await one).toBe('done')
  await expect(two).rejects.toThrow('failed')
  await three
  expect(log).toEqual(['two', 'three'])
  expect(queue.waiting).toBe(0)
  await queue.idle()
})
