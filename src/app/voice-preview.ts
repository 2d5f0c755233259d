import type { EarconPlayer } from '#core/ports/speech.ts'
import type { SpeechQueue } from '#core/speaking/speech-queue.ts'
import { t } from '#shared/messages/messages.ts'
import type { Settings } from '#shared/settings.ts'

const ofTheVoice = ['rateWpm', 'pitchPercent', 'volumePercent', 'engine', 'voice'] as const

/** Lets the user hear what a change of settings does, also beside a screen reader: it is this voice they are choosing. */
export function previewChange(change: Partial<Settings>, queue: SpeechQueue, earcons: EarconPlayer): void {
  const { earconVolumePercent } = change
  if (earconVolumePercent !== undefined) earcons.play('ready', earconVolumePercent)
  if (ofTheVoice.some((name) => name in change)) queue.say(t('speech.voice-sample'), 'now', 'en')
}
