/** Descry's short sounds. */
export const earcons = ['captured', 'ready', 'working', 'failed'] as const
export type Earcon = (typeof earcons)[number]

export interface EarconWords {
  /** What the sound says, in at most 20 characters, for braille and for who cannot hear it. */
  text: string
  /** For the help page: how it sounds and when. */
  help: string
}

/** Each sound in words. */
export const earconWords: Readonly<Record<Earcon, EarconWords>> = {
  captured: { text: 'Captured', help: 'Two quick high beeps: the picture was taken.' },
  ready: { text: 'Picture ready', help: 'A low and a high note: a picture arrived and waits for your command.' },
  working: { text: 'Working', help: 'One soft low tick every four seconds: the answer is still on its way.' },
  failed: { text: 'Failed', help: 'Three falling notes: something failed; the cause is in the words beside it.' }
}
