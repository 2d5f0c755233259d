import type { Preferences } from './preferences.ts'
import type { Announcer } from '#core/speaking/announcer.ts'
import type { SpeechQueue } from '#core/speaking/speech-queue.ts'
import type { CommandHandlers } from '#shared/commands.ts'
import { messages } from '#shared/messages.ts'
import { isSettingValue } from '#shared/settings.ts'

/** Entries of the command table that this file handles. */
export type SpeechCommand = 'pause' | 'previous-sentence' | 'next-sentence' | 'spell' | 'slower' | 'faster'

const rateStepWpm = 25

/** Commands about what Descry's own voice is reading. A key press is never met with silence. */
export function createSpeechCommands(
  { reading }: Pick<SpeechQueue, 'reading'>,
  announcer: Announcer,
  preferences: Preferences
): Pick<CommandHandlers, SpeechCommand> {
  function done(didSomething: boolean, otherwise: string): null {
    if (!didSomething) announcer.say(otherwise, 'answer')
    return null
  }

  async function changeRate(byWpm: number): Promise<null> {
    const rateWpm = preferences.current().rateWpm + byWpm
    if (isSettingValue('rateWpm', rateWpm)) await preferences.change({ rateWpm })
    const isHeard = reading.restartSentence()
    return done(isHeard, `${preferences.current().rateWpm} words a minute`)
  }

  return {
    pause: async () => done(reading.isPaused ? reading.resume() : reading.pause(), messages.nothingIsRead),
    'previous-sentence': async () => done(reading.previousSentence(), messages.firstSentence),
    'next-sentence': async () => done(reading.nextSentence(), messages.lastSentence),
    spell: async () => done(reading.spell(), messages.nothingIsRead),
    slower: () => changeRate(-rateStepWpm),
    faster: () => changeRate(rateStepWpm)
  }
}
