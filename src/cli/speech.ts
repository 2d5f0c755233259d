import { text as readAll } from 'node:stream/consumers'
import { declared } from './declaration.ts'
import { exitCodes, UsageError, type ExitCode } from './exit-codes.ts'
import { parse } from './syntax.ts'
import type { Terminal } from './terminal.ts'
import type { Dependencies } from '#app/dependencies.ts'
import { createSpeechQueue, type SpeechQueue } from '#core/speaking/speech-queue.ts'
import { failureText } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { isSettingValue, type Settings } from '#shared/settings.ts'

const maxCharacters = 100_000

/** Descry's own voice for one run of the command line. Ctrl-C silences it. Close it before the process ends. */
export function openSpeech(
  dependencies: Dependencies,
  settings: Settings,
  terminal: Terminal,
  onMute?: () => void
): SpeechQueue {
  const queue = createSpeechQueue({
    voices: dependencies.voices,
    settings: () => settings,
    clock: dependencies.clock,
    onFailure(failure) {
      terminal.tell(failureText(failure))
      onMute?.()
    }
  })
  terminal.signal.addEventListener('abort', () => queue.stop(), { once: true })
  // Finding a voice takes a while, so it starts now.
  void queue.open()
  return queue
}

/** `descry say TEXT…`: in Descry's own voice even if a screen reader is running, because the user asked for it. */
export async function sayCommand(args: string[], terminal: Terminal): Promise<ExitCode> {
  const { values, operands } = parse(declared.say, args)
  const { lang, rate, pitch, volume, engine, voice } = values
  const chosen: Partial<Settings> = {
    ...(lang !== null && { language: lang }),
    ...(rate !== null && { rateWpm: numberFor('rate', 'rateWpm', rate) }),
    ...(pitch !== null && { pitchPercent: numberFor('pitch', 'pitchPercent', pitch) }),
    ...(volume !== null && { volumePercent: numberFor('volume', 'volumePercent', volume) }),
    ...(engine !== null && { engine }),
    ...(voice !== null && { voice })
  }
  const typed = operands.join(' ')
  const spoken = typed === '-' ? await readAll(process.stdin) : typed
  if (spoken.trim() === '') throw new UsageError(t('cli.say.nothing'))
  if (spoken.length > maxCharacters) throw new UsageError(t('cli.say.too-long', { maxLength: maxCharacters }))

  const { createDependencies } = await import('#app/dependencies.ts')
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
  if (!isSettingValue(setting, value)) throw new UsageError(t('cli.say.bad-number', { option: `--${option}`, typed }))
  return value
}

/** `descry voices`: each engine, whether it works here, and its voices. */
export async function voicesCommand(args: string[], terminal: Terminal): Promise<ExitCode> {
  const { lang, json } = parse(declared.voices, args).values
  const { createDependencies } = await import('#app/dependencies.ts')
  const { voices } = createDependencies()
  const engines = await Promise.all(
    voices.map(async (voice) => {
      const sounds = await voice.check()
      const all = sounds ? await voice.list() : []
      await voice.close()
      return { engine: voice.name, sounds, voices: all.filter(({ language }) => isWanted(language, lang)) }
    })
  )
  if (json) terminal.print(`${JSON.stringify(engines)}\n`)
  else
    for (const { engine, sounds, voices: listed } of engines) {
      terminal.print(`${t('cli.voices.engine', { engine, works: sounds ? 'yes' : 'no' })}\n`)
      for (const { id, name, language } of listed) terminal.print(`  ${id}  ${name}, ${language}\n`)
    }
  return engines.some(({ engine, sounds }) => sounds && engine !== 'silent') ? exitCodes.ok : exitCodes.failed
}

/** "de" includes "de-AT". */
function isWanted(language: string, wanted: string | null): boolean {
  return wanted === null || language === wanted || language.startsWith(`${wanted}-`)
}
