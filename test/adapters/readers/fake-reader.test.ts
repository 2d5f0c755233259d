import { createFakeReader } from '#test/fake-reader.ts'
import { describeReaderContract } from './reader-contract.ts'

// The fake that the announcer's tests use behaves as the real readers do.
const reader = createFakeReader('Fake', { isThere: false })

describeReaderContract('the fake', {
  create: () => reader.output(),
  async arrive() {
    reader.isThere = true
    reader.silenced = 0
    reader.heard.length = 0
  },
  async leave() {
    reader.leave()
  },
  heard: () => reader.texts,
  brailled: () => reader.texts,
  silenced: () => reader.silenced,
  outcome: 'handed-over',
  helpers: () => []
})
