import { expect, test } from 'vitest'
import { createSharedRequests } from '#core/async/shared-requests.ts'
import { settle } from '#test/clock.ts'

/** Work that the test advances by hand. */
function createWork() {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const work = {
    begun: 0,
    signal: null as AbortSignal | null,
    tell: (_event: string): void => undefined,
    end: resolve,
    fail: reject,
    begin: (tell: (event: string) => void, signal: AbortSignal): Promise<string> => {
      work.begun += 1
      work.signal = signal
      work.tell = tell
      return promise
    }
  }
  return work
}

const ignore = (): void => undefined

test('two equal requests start the work once, and the second receives what it missed', async () => {
  const requests = createSharedRequests<string, string>()
  const work = createWork()
  const [first, second]: [string[], string[]] = [[], []]
  const { signal } = new AbortController()
  const one = requests.join('dog', work.begin, (event) => first.push(event), signal)
  await settle()
  work.tell('A dog')
  const two = requests.join('dog', work.begin, (event) => second.push(event), signal)
  work.tell(' runs.')
  work.end('done')
  expect(await Promise.all([one, two])).toEqual(['done', 'done'])
  expect(work.begun).toBe(1)
  expect([first, second]).toEqual([
    ['A dog', ' runs.'],
    ['A dog', ' runs.']
  ])
})

test('a different request, or the same one later, starts the work again', async () => {
  const requests = createSharedRequests<string, string>()
  const { signal } = new AbortController()
  const [dog, cat, later] = [createWork(), createWork(), createWork()]
  const both = [requests.join('dog', dog.begin, ignore, signal), requests.join('cat', cat.begin, ignore, signal)]
  dog.end('dog')
  cat.end('cat')
  expect(await Promise.all(both)).toEqual(['dog', 'cat'])
  later.end('again')
  expect(await requests.join('dog', later.begin, ignore, signal)).toBe('again')
})

test('a caller that stops is released at once, and the others continue', async () => {
  const requests = createSharedRequests<string, string>()
  const work = createWork()
  const [leaving, staying] = [new AbortController(), new AbortController()]
  const left = requests.join('dog', work.begin, ignore, leaving.signal)
  const stayed = requests.join('dog', work.begin, ignore, staying.signal)
  await settle()
  leaving.abort()
  await expect(left).rejects.toMatchObject({ name: 'AbortError' })
  expect(work.signal?.aborted).toBe(false)
  work.end('done')
  expect(await stayed).toBe('done')
})

test('when all callers have stopped, the work is aborted and can no longer be joined', async () => {
  const requests = createSharedRequests<string, string>()
  const [work, next] = [createWork(), createWork()]
  const leaving = new AbortController()
  const left = requests.join('dog', work.begin, ignore, leaving.signal)
  await settle()
  leaving.abort()
  await expect(left).rejects.toMatchObject({ name: 'AbortError' })
  expect(work.signal?.aborted).toBe(true)
  next.end('anew')
  expect(await requests.join('dog', next.begin, ignore, new AbortController().signal)).toBe('anew')
})

test('a failure reaches every waiting caller', async () => {
  const requests = createSharedRequests<string, string>()
  const work = createWork()
  const { signal } = new AbortController()
  const both = [requests.join('dog', work.begin, ignore, signal), requests.join('dog', work.begin, ignore, signal)]
  work.fail(new Error('no'))
  expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
})
