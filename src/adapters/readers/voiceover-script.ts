/**
 * What osascript runs to reach VoiceOver, in AppleScript's JavaScript form. The task is its argument and the text comes by
 * stdin: neither becomes part of the script, and no text stands on a command line. It prints `done`; `gone` when VoiceOver
 * does not run (asked first, because a message would start it); `denied` when macOS lets no Apple events through (-1743);
 * `forbidden` when VoiceOver itself refuses, because AppleScript is switched off in it.
 *
 * `check` reads the last phrase, which needs the same permissions as speaking.
 */
export const voiceOverScript = `
ObjC.import('Foundation')
function run(args) {
  const reader = Application('VoiceOver')
  if (!reader.running()) return 'gone'
  const bytes = $.NSFileHandle.fileHandleWithStandardInput.readDataToEndOfFile
  const text = $.NSString.alloc.initWithDataEncoding(bytes, $.NSUTF8StringEncoding).js
  try {
    if (args[0] === 'check') reader.lastPhrase.content()
    if (args[0] === 'speak') reader.output(text)
    if (args[0] === 'stop') reader.output('')
    return 'done'
  } catch (error) {
    if (error.errorNumber === -1743) return 'denied'
    return reader.running() ? 'forbidden' : 'gone'
  }
}
`
