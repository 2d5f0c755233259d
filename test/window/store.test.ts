import { expect, test } from 'vitest'
import { createStore } from '#renderer/store.ts'
import type { Bridge, EventName, Item, Snapshot, Status } from '#shared/bridge.ts'
import { failure } from '#shared/errors.ts'

type Reply = Awaited<ReturnType<Bridge['request']>>

/** A bridge whose snapshots and events are sent by the test. */
function handBridge(): {
  bridge: Bridge
  send: (name: EventName, payload: unknown) => void
  answer: (reply: Reply) => Promise<void>
  asked: () => number
} {
  const listeners = new Map<EventName, (payload: never) => void>()
  const waiting: ((reply: never) => void)[] = []
  let asked = 0
  return {
    bridge: {
      request() {
        asked += 1
        return new Promise((resolve) => waiting.push(resolve))
      },
      on(name, listener) {
        listeners.set(name, listener)
        return () => listeners.delete(name)
      }
    },
    send: (name, payload) => listeners.get(name)?.(payload as never),
    async answer(reply) {
      waiting.shift()?.(reply as never)
      await Promise.resolve()
      await Promise.resolve()
    },
    asked: () => asked
  }
}

const item = (id: string, caption: string): Item => ({ id, caption }) as Item
const snapshot = (revision: number, items: Item[]): { ok: true; value: Snapshot } => ({
  ok: true,
  value: { revision, items, status: { voice: 'silent' } as Status }
})

test('a change between listening and the snapshot is neither lost nor applied twice', async () => {
  const { bridge, send, answer } = handBridge()
  const store = createStore(bridge)
  send('item', { revision: 7, item: item('a', 'old'), gone: [] })
  send('item', { revision: 8, item: item('a', 'new'), gone: [] })
  expect(store.current()).toBeNull()
  await answer(snapshot(7, [item('a', 'in the snapshot')]))
  expect(store.current()?.items).toEqual([item('a', 'new')])
})

test('applies changes in order and ignores old ones', async () => {
  const { bridge, send, answer } = handBridge()
  const store = createStore(bridge)
  await answer(snapshot(3, []))
  send('item', { revision: 4, item: item('a', 'one'), gone: [] })
  send('item', { revision: 5, item: item('b', 'two'), gone: [] })
  send('item', { revision: 4, item: item('a', 'late'), gone: [] })
  send('status', { revision: 6, status: { voice: 'espeak-ng' } })
  expect(store.current()).toMatchObject({ items: [item('a', 'one'), item('b', 'two')], status: { voice: 'espeak-ng' } })
})

test('asks for a new snapshot when a change is missing', async () => {
  const { bridge, send, answer, asked } = handBridge()
  const store = createStore(bridge)
  await answer(snapshot(3, []))
  send('item', { revision: 9, item: item('b', 'after the gap'), gone: [] })
  expect(asked()).toBe(2)
  await answer(snapshot(9, [item('a', 'missed'), item('b', 'after the gap')]))
  expect(store.current()?.items).toHaveLength(2)
})

test('says why there is no snapshot, and asks again with the next change', async () => {
  const { bridge, send, answer } = handBridge()
  const store = createStore(bridge)
  let told = 0
  store.subscribe(() => (told += 1))
  await answer({ ok: false, error: failure('internal') })
  expect(store.failure()?.code).toBe('internal')
  send('item', { revision: 2, item: item('a', 'x'), gone: [] })
  await answer(snapshot(2, [item('a', 'x')]))
  expect(store.failure()).toBeNull()
  expect(store.current()?.items).toHaveLength(1)
  expect(told).toBe(2)
})

test('drops the items that the app has dropped', async () => {
  const { bridge, send, answer } = handBridge()
  const store = createStore(bridge)
  await answer(snapshot(1, [item('a', 'first'), item('b', 'second')]))
  send('item', { revision: 2, item: item('c', 'third'), gone: ['a'] })
  expect(store.current()?.items.map(({ id }) => id)).toEqual(['b', 'c'])
})
