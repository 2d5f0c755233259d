import type { Detail } from './caption.ts'

/** Sentences that are spoken or shown in more than one place. Short, content first, no codes. */
export const messages = {
  welcome:
    'Welcome to Descry. No picture leaves this computer until you allow it. Press Tab for a few questions in the window.',
  pictureReady: 'Picture ready',
  stopped: 'Stopped',
  stillWaiting: 'Still waiting',
  watchingPaused: 'Watching paused: more than ten pictures in a minute.',
  watchingResumed: 'Watching again',
  watchingPausedForHour: 'Watching paused for an hour.',
  nothingDescribed: 'There is no caption yet.',
  onePartOnly: 'This caption has one part only. Ask for more detail first.',
  nothingThere: 'nothing there.',
  nothingInDoubt: 'Nothing in doubt.',
  textNotChecked: 'The text was not checked.',
  captionWithheld: 'The caption waits until you ask for it.',
  nothingChanged: 'Nothing changed',
  chooseAPart:
    '1 to 9 take a ninth, arrows move, plus and minus resize, W changes between screen and window, Enter captures, Escape goes back.',
  nothingElse: 'Nothing else was captured',
  copied: 'Caption copied',
  nothingToRepeat: 'Nothing to repeat yet',
  nothingIsRead: 'Descry is not reading anything',
  firstSentence: 'First sentence',
  lastSentence: 'Last sentence',
  voiceSample: 'This is how Descry sounds.'
} as const

/** Heard when a key goes on to the next one. */
export const detailNames: Record<Detail, string> = {
  brief: 'In brief',
  standard: 'Standard',
  detailed: 'In detail',
  text: 'Text only'
}

/** For pictures that came at once. */
export function picturesReady(count: number): string {
  return count === 1 ? messages.pictureReady : `${count} pictures ready`
}

/** @param label "Window", "Screen 2 of 3". */
export function nothingToCompare(label: string): string {
  return `${label} remembered. Ask again to hear what changed.`
}

/** @param place "bottom right, 640 by 200". */
export function nowBlank(place: string, colour: string): string {
  return `${place.charAt(0).toUpperCase()}${place.slice(1)}: now all ${colour}.`
}

/** @param kind of a notice whose caption waits for a key. */
export function captionWaits(kind: string): string {
  return `${contentOf(kind)} Repeat reads the caption.`
}

/** The same where no key can be pressed. */
export function captionIsPrinted(kind: string): string {
  return `${contentOf(kind)} The caption is printed, not read aloud.`
}

function contentOf(kind: string): string {
  return `${kind[0]?.toUpperCase() ?? ''}${kind.slice(1)} content.`
}
