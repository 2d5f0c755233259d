import type { PlainMessageKey } from './messages/messages.ts'

/** Descry's short sounds; docs/guide/sounds.md says how each sounds. */
export const earcons = ['captured', 'ready', 'working', 'failed'] as const
export type Earcon = (typeof earcons)[number]

/** What a sound says, in at most 20 characters: for braille, and for people who cannot hear it. */
export const earconMessages: Readonly<Record<Earcon, PlainMessageKey>> = {
  captured: 'speech.sound.captured',
  ready: 'speech.sound.ready',
  working: 'speech.sound.working',
  failed: 'speech.sound.failed'
}
