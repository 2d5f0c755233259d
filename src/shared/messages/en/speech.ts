/** Descry's own announcements, voices and screen readers. */
export const speechMessages = {
  'speech.welcome':
    'Welcome to Descry. No picture leaves this computer until you allow it. Press Tab to answer a few questions in the window.',
  'speech.stopped': 'Stopped',
  'speech.still-working': 'Still working',
  'speech.nothing-playing': 'Nothing is being read.',
  'speech.first-sentence': 'First sentence',
  'speech.last-sentence': 'Last sentence',
  'speech.rate': '{ $rate } words a minute',
  'speech.voice-sample': 'This is how Descry sounds.',
  'speech.sound.captured': 'Captured',
  'speech.sound.ready': 'Picture ready',
  'speech.sound.working': 'Working',
  'speech.sound.failed': 'Failed',
  'speech.reader-running': '{ $reader } is running.',
  'speech.voice-in-use': 'Voice: { $voice }.',
  'speech.reader-unreachable': "Your screen reader can't be reached from here. Using Descry's voice.",
  'speech.reader-reached': 'Descry now speaks through { $reader }.',
  'speech.your-reader': 'Your screen reader',
  'speech.no-voice-for-language': 'No { $language } voice is installed.',
  'speech.reader-stopped': '{ $reader } stopped.',
  'speech.reader-stopped.next': "Using Descry's voice.",
  'speech.voiceover-refuses': 'VoiceOver does not let Descry speak.',
  'speech.voiceover-refuses.next-forbidden': 'Allow AppleScript in VoiceOver Utility, General.',
  'speech.voiceover-refuses.next-denied': 'Allow it in Privacy & Security, Automation.'
} as const
