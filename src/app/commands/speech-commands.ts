import type { Preferences } from '../preferences.ts'
import type { Announcer } from '#core/speaking/announcer.ts'
import type { SpeechQueue } from '#core/speaking/speech-queue.ts'
import type { CommandHandlers } from '#shared/commands.ts'
import { t } from '#shared/messages/messages.ts'
import { isSettingValue } from '#shared/settings.ts'

/** Entries of the command table that this file handles. */
export type SpeechCommand = 'pause' | 'previous-sentence' | 'next-sentence' | 'spell' | 'slower' | 'faster'

const rateStepWpm = 25

/**
 * Commands about what Descry's own voice is reading. A key press is never met with silence: what is said about the reading
 * goes beside it, and the caption goes on.
 */
export function createSpeechCommands(
  { reading, say }: Pick<SpeechQueue, 'reading' | 'say'>,
  announcer: Announcer,
  preferences: Preferences
): Pick<CommandHandlers, SpeechCommand> {
  /** @param edge what to say when there is a caption, but no sentence in that direction. */
  function done(didSomething: boolean, edge: string): null {
    if (didSomething) return null
    if (reading.hasCaption) say(edge, 'aside', 'en')
    else announcer.say(t('speech.nothing-playing'), 'answer')
    return null
  }

  async function changeRate(byWpm: number): Promise<null> {
    const rateWpm = preferences.current().rateWpm + byWpm
    if (isSettingValue('rateWpm', rateWpm)) await preferences.change({ rateWpm })
    if (!reading.restartSentence()) say(`${preferences.current().rateWpm} words a minute`, 'aside', 'en')
    return null
  }

  return {
    pause: async () => done(reading.pause() || reading.resume(), t('speech.nothing-playing')),
    'previous-sentence': async () => done(reading.previousSentence(), t('speech.first-sentence')),
    'next-sentence': async () => done(reading.nextSentence(), t('speech.last-sentence')),
    spell: async () => done(reading.spell(), t('speech.nothing-playing')),
    slower: () => changeRate(-rateStepWpm),
    faster: () => changeRate(rateStepWpm)
  }
}
