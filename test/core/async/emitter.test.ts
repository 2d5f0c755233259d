import { expect, test } from 'vitest'
import { createEmitter } from '#core/async/emitter.ts'

test('calls each listener in order, until it unsubscribes', () => {
  const emitter = createEmitter<number>()
  const heard: string[] = []
  const stop = emitter.on((value) => heard.push(`first ${value}`))
  emitter.on((value) => heard.push(`second ${value}`))
  emitter.emit(1)
  stop()
  emitter.emit(2)
  expect(heard).toEqual(['first 1', 'second 1', 'second 2'])
})
