import { createAnnouncer, type Announcer, type Cause } from '#core/speaking/announcer.ts'
import { createSpeechQueue } from '#core/speaking/speech-queue.ts'
import { defaultSettings, type Settings } from '#shared/settings.ts'
import { appendable, type AppendableCaption } from './arriving-caption.ts'
import { createFakeClock, settle, type FakeClock } from './clock.ts'
import { createFakeEarcons, type FakeEarcons } from './fake-earcons.ts'
import { createFakeReader, type FakeReader } from './fake-reader.ts'
import { createFakeVoice, type FakeVoice } from './fake-voice.ts'

/** The real announcer and speech queue with fakes of everything that can be heard. Time is moved by hand. */
export interface Announcing {
  announcer: Omit<Announcer, 'caption'> & { caption(cause?: Cause): AppendableCaption }
  clock: FakeClock
  voice: FakeVoice
  /** Orca's interface. It takes text once `orca.isThere` is true. */
  orca: FakeReader
  earcons: FakeEarcons
  world: {
    reader: string | null
    isFocused: boolean
    isHostBroken: boolean
    /** Whether a microphone, screen sharing or the lock is active. A pending promise is a system that does not answer. */
    isShared: boolean | Promise<boolean>
    settings: Partial<Settings>
  }
  /** What the live regions were given. "! " marks assertive ones. */
  region: string[]
  /** Lets our own voice finish everything it has to say. */
  finishAll(): Promise<void>
  /** Announces a caption of three sentences, in pieces, and waits until it has been heard. */
  describePicture(cause?: Cause): Promise<void>
}

export const sentences = ['A cat sits here.', 'It is red.', 'It sleeps']
export const twoUtterances = ['A cat sits here.', 'It is red. It sleeps']
export const outOfReach = ["Your screen reader can't be reached from here.", "Using Descry's voice."]
export const orcaIsGone = ['Orca stopped.', "Using Descry's voice."]

export function createAnnouncing(): Announcing {
  const clock = createFakeClock()
  const voice = createFakeVoice('fake')
  const orca = createFakeReader('Orca', { isThere: false })
  const earcons = createFakeEarcons()
  const world: Announcing['world'] = {
    reader: null,
    isFocused: false,
    isHostBroken: false,
    isShared: false,
    settings: {}
  }
  const region: string[] = []
  const settings = (): Settings => ({ ...defaultSettings, language: 'de', ...world.settings })
  const real = createAnnouncer({
    queue: createSpeechQueue({ voices: [voice], settings, clock }),
    screenReader: { running: () => Promise.resolve(world.reader) },
    presence: { isShared: () => Promise.resolve(world.isShared) },
    readers: [createFakeReader('NVDA').output(), orca.output()],
    earcons,
    settings,
    isWindowFocused: () =>
      world.isHostBroken ? Promise.reject(new Error('no window')) : Promise.resolve(world.isFocused),
    toWindow: (text, urgency) => region.push(urgency === 'assertive' ? `! ${text}` : text),
    clock
  })
  const announcer = {
    ...real,
    caption: (cause?: Cause) => appendable(real.caption(cause), settings().language ?? 'en')
  }

  async function finishAll(): Promise<void> {
    await settle()
    while (voice.isSpeaking) {
      voice.finish()
      await settle()
    }
  }

  return {
    announcer,
    clock,
    voice,
    orca,
    earcons,
    world,
    region,
    finishAll,
    async describePicture(cause) {
      const caption = announcer.caption(cause)
      for (const delta of ['A **cat** sits', ' here. It is red', '. It sleeps']) {
        caption.append(delta)
        await settle()
      }
      caption.end()
      await finishAll()
    }
  }
}
