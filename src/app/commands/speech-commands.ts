import type { CommandContext, HandlersOf } from './command-context.ts'
import { t } from '#shared/messages/messages.ts'
import { isSettingValue } from '#shared/settings.ts'

type SpeechCommand = 'pause' | 'previous-sentence' | 'next-sentence' | 'spell' | 'slower' | 'faster'

const rateStepWpm = 25

/**
 * The commands for Descry's own voice. Every key press gets a response: a message about the reading is spoken in
 * between, and the caption continues.
 */
export function createSpeechCommands({
  queue: { reading, say },
  announcer,
  preferences
}: Pick<CommandContext, 'queue' | 'announcer' | 'preferences'>): HandlersOf<SpeechCommand> {
  /** @param edge the message for a caption that has no sentence in that direction. */
  function done(didSomething: boolean, edge: string): null {
    if (didSomething) return null
    if (reading.hasCaption) say(edge, 'aside', 'en')
    else announcer.say(t('speech.nothing-playing'), 'answer')
    return null
  }

  async function changeRate(byWpm: number): Promise<null> {
    const rateWpm = preferences.current().rateWpm + byWpm
    if (isSettingValue('rateWpm', rateWpm)) await preferences.change({ rateWpm })
    if (!reading.restartSentence()) say(t('speech.rate', { rate: preferences.current().rateWpm }), 'aside', 'en')
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
