import { text as readAll } from 'node:stream/consumers'
import { languageTag, parse } from './describe-options.ts'
import { exitCodes, UsageError, type ExitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'
import { isSettingValue, type Settings } from '#shared/settings.ts'

const maxCharacters = 100_000

/** `descry say TEXT…`: in Descry's own voice, also beside a screen reader, since the user asked for just that. */
export async function sayCommand(args: string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parse(args, {
    lang: { type: 'string' },
    rate: { type: 'string' },
    pitch: { type: 'string' },
    volume: { type: 'string' },
    engine: { type: 'string' },
    voice: { type: 'string' }
  })
  const chosen: Partial<Settings> = {
    ...(values.lang !== undefined && { language: languageTag(values.lang) }),
    ...(values.rate !== undefined && { rateWpm: numberFor('rate', 'rateWpm', values.rate) }),
    ...(values.pitch !== undefined && { pitchPercent: numberFor('pitch', 'pitchPercent', values.pitch) }),
    ...(values.volume !== undefined && { volumePercent: numberFor('volume', 'volumePercent', values.volume) }),
    ...(values.engine !== undefined && { engine: values.engine }),
    ...(values.voice !== undefined && { voice: values.voice })
  }
  if (positionals.length === 0) throw new UsageError('say wants a text, or - for standard input.')
  const spoken = positionals.join(' ') === '-' ? await readAll(process.stdin) : positionals.join(' ')
  if (spoken.trim() === '') throw new UsageError('There is nothing to say.')
  if (spoken.length > maxCharacters) throw new UsageError(`say takes at most ${maxCharacters} characters.`)

  const { createDependencies } = await import('#app/dependencies.ts')
  const { openSpeech } = await import('./speech.ts')
  const dependencies = createDependencies()
  const { settings } = await dependencies.settingsStore.load()
  let isHeard = true
  const queue = openSpeech(dependencies, { ...settings, ...chosen }, terminal, () => (isHeard = false))
  queue.say(spoken, 'now')
  await queue.idle()
  await queue.close()
  if (terminal.signal.aborted) return exitCodes.interrupted
  return isHeard ? exitCodes.ok : exitCodes.failed
}

function numberFor(option: string, setting: 'rateWpm' | 'pitchPercent' | 'volumePercent', typed: string): number {
  const value = Number(typed)
  if (!isSettingValue(setting, value)) throw new UsageError(`--${option} cannot be ${typed}.`)
  return value
}
