import { parse } from './describe-options.ts'
import { exitCodes, UsageError, type ExitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'

/** `descry voices`: each engine, whether it sounds here, and its voices. */
export async function voicesCommand(args: string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parse(args, { lang: { type: 'string' }, json: { type: 'boolean' } })
  if (positionals.length > 0) throw new UsageError('voices takes no text. Use descry say for one.')
  const { createDependencies } = await import('#app/dependencies.ts')
  const { voices } = createDependencies()
  const engines = await Promise.all(
    voices.map(async (voice) => {
      const sounds = await voice.check()
      const all = sounds ? await voice.list() : []
      await voice.close()
      return { engine: voice.name, sounds, voices: all.filter(({ language }) => isWanted(language, values.lang)) }
    })
  )
  if (values.json) terminal.print(`${JSON.stringify(engines)}\n`)
  else
    for (const { engine, sounds, voices: listed } of engines) {
      terminal.print(`${engine}: ${sounds ? 'sounds' : 'cannot be heard here'}\n`)
      for (const { id, name, language } of listed) terminal.print(`  ${id}  ${name}, ${language}\n`)
    }
  return engines.some(({ engine, sounds }) => sounds && engine !== 'silent') ? exitCodes.ok : exitCodes.failed
}

/** "de" wants "de" and "de-AT". */
function isWanted(language: string, wanted: string | undefined): boolean {
  return wanted === undefined || language === wanted || language.startsWith(`${wanted}-`)
}
