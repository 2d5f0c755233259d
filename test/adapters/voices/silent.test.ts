import { createSilentVoice } from '#adapters/voices/voices-for-system.ts'
import { createFakeVoice, type FakeVoice } from '#test/fake-voice.ts'
import { describeVoiceContract } from './voice-contract.ts'

describeVoiceContract('silent', { create: createSilentVoice, isInstant: true })

let fake: FakeVoice
describeVoiceContract('the fake of the tests', {
  create: () => (fake = createFakeVoice('fake', { isHandDriven: false })),
  killEngine: () => fake.fail()
})
