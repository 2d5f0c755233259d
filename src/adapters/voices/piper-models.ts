import { readdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'
import { z } from 'zod'
import type { VoiceInfo } from '#shared/speech.ts'
import { readRegularFile } from '../regular-file.ts'
import { languageTag } from './voice-list.ts'

/** A Piper voice: a model and the settings next to it, `en_US-amy-medium.onnx` and `.onnx.json`. */
export interface PiperModel extends VoiceInfo {
  path: string
  sampleRateHz: number
}

const settingsSchema = z.object({
  audio: z.object({ sample_rate: z.number().int().min(8000).max(48_000) }),
  language: z.object({ code: z.string() }).optional()
})

/** Where people and packages put models; DESCRY_PIPER_MODELS adds a folder. */
function modelFolders(env: NodeJS.ProcessEnv): string[] {
  const data = env.XDG_DATA_HOME ?? join(env.HOME ?? homedir(), '.local/share')
  return [
    ...(env.DESCRY_PIPER_MODELS ? [env.DESCRY_PIPER_MODELS] : []),
    join(data, 'piper'),
    join(data, 'piper-voices'),
    '/usr/local/share/piper-voices',
    '/usr/share/piper-voices'
  ]
}

/** Every complete model on this computer; the first if two have the same name. */
export async function findPiperModels(env: NodeJS.ProcessEnv): Promise<PiperModel[]> {
  const found = new Map<string, PiperModel>()
  for (const folder of modelFolders(env)) {
    const files = await readdir(folder, { recursive: true }).catch(() => [])
    for (const file of files.filter((name) => name.endsWith('.onnx')).toSorted()) {
      const model = await readModel(join(folder, file))
      if (model !== null && !found.has(model.id)) found.set(model.id, model)
    }
  }
  return [...found.values()]
}

async function readModel(path: string): Promise<PiperModel | null> {
  try {
    const settings = settingsSchema.parse(JSON.parse(String(await readRegularFile(`${path}.json`))))
    const id = basename(path, '.onnx')
    const [region = '', name = id, quality = ''] = id.split('-')
    return {
      id,
      name: `${name} ${quality}`.trim(),
      language: languageTag(settings.language?.code ?? region),
      path,
      sampleRateHz: settings.audio.sample_rate
    }
  } catch {
    // Without readable settings Piper cannot use it either.
    return null
  }
}

/** The requested voice, else the best match for the language, else any: a wrong accent is better than silence. */
export function chooseModel(models: PiperModel[], id: string | null, language: string): PiperModel | null {
  const tag = languageTag(language)
  const [primary] = tag.split('-')
  return (
    models.find((model) => model.id === id) ??
    models.find((model) => model.language === tag) ??
    models.find((model) => model.language.split('-')[0] === primary) ??
    models[0] ??
    null
  )
}
