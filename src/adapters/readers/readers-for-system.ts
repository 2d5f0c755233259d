import { join, resolve } from 'node:path'
import type { ReaderOutput } from '#core/ports/speech.ts'
import { createJawsOutput } from './jaws.ts'
import { createNvdaOutput } from './nvda.ts'
import { createOrcaOutput } from './orca.ts'
import { createVoiceOverOutput } from './voiceover.ts'

/** The screen readers of a system that take text from other programs. Narrator does not. Nothing is started yet. */
export function createReaderOutputs(system: NodeJS.Platform, env: NodeJS.ProcessEnv = process.env): ReaderOutput[] {
  switch (system) {
    case 'darwin':
      return [createVoiceOverOutput()]
    case 'win32':
      return [createNvdaOutput(nvdaLibrary(env)), createJawsOutput()]
    default:
      return [createOrcaOutput(env)]
  }
}

/** The packed program brings it along (electron-builder.yml); from a checkout DESCRY_NVDA_CLIENT names it. */
function nvdaLibrary(env: NodeJS.ProcessEnv): string | null {
  if (env.DESCRY_NVDA_CLIENT) return resolve(env.DESCRY_NVDA_CLIENT)
  const { resourcesPath } = process as { resourcesPath?: string }
  return resourcesPath === undefined ? null : join(resourcesPath, 'nvda', 'nvdaControllerClient.dll')
}
