import { expect, test } from 'vitest'
import { answerRequest } from '#app/bridge.ts'
import type { BridgeHandlers } from '#shared/bridge.ts'
import { DescryError, type Failure } from '#shared/errors.ts'

const origin = 'app://descry'
const ours = { origin, isMainFrame: true }
const reached: string[] = []

const failed: string[] = []

const handlers = {
  'remove-key': () => Promise.reject(new DescryError('no-permission')),
  picture: (input: { itemId: string }) => {
    reached.push(input.itemId)
    if (input.itemId === 'broken') throw new DescryError('bad-image')
    if (input.itemId === 'bug') throw new TypeError('secret detail')
    return Promise.resolve(new Uint8Array([1]))
  }
} as unknown as BridgeHandlers
const app = { handlers, failed: ({ code }: Failure) => void failed.push(code) }

test('a well-formed request of our own main frame is answered', async () => {
  expect(await answerRequest(app, origin, ours, 'picture', { itemId: 'a' })).toEqual({
    ok: true,
    value: new Uint8Array([1])
  })
})

test.each([
  ['another origin', { origin: 'https://evil.example', isMainFrame: true }, 'picture', { itemId: 'x' }],
  ['a sub-frame', { origin, isMainFrame: false }, 'picture', { itemId: 'x' }],
  ['an unknown request', ours, 'constructor', null],
  ['a request that is no string', ours, { toString: () => 'picture' }, { itemId: 'x' }],
  ['a missing input', ours, 'picture', undefined],
  ['an input with more than asked for', ours, 'picture', { itemId: 'x', path: '/etc/passwd' }],
  ['an input of the wrong type', ours, 'picture', { itemId: 1 }]
])('%s is refused and reaches no handler', async (_what, sender, name, input) => {
  reached.length = 0
  expect((await answerRequest(app, origin, sender, name, input)).ok).toBe(false)
  expect(reached).toEqual([])
})

test('a failure comes back as an envelope; the details of a bug do not', async () => {
  const failed = await answerRequest(app, origin, ours, 'picture', { itemId: 'broken' })
  expect(failed).toMatchObject({ ok: false, error: { code: 'bad-image' } })
  const bug = await answerRequest(app, origin, ours, 'picture', { itemId: 'bug' })
  expect(bug).toMatchObject({ ok: false, error: { code: 'internal' } })
  expect(JSON.stringify(bug)).not.toContain('secret')
})

test('what the user did in vain is heard; what the window asks by itself, and strangers, are not', async () => {
  failed.length = 0
  await answerRequest(app, origin, ours, 'picture', { itemId: 'broken' })
  await answerRequest(app, origin, { origin, isMainFrame: false }, 'remove-key', null)
  expect(failed).toEqual([])
  await answerRequest(app, origin, ours, 'remove-key', null)
  await answerRequest(app, origin, ours, 'change-settings', { baseUrl: 'ftp://example.org' })
  expect(failed).toEqual(['no-permission', 'internal'])
})
