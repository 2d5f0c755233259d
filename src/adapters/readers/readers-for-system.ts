import { join, resolve } from 'node:path'
import type { ReaderOutput } from '#core/ports/speech.ts'
import { createJawsOutput } from './jaws.ts'
import { createNvdaOutput } from './nvda.ts'
import { createOrcaOutput } from './orca.ts'
import { createVoiceOverOutput } from './voiceover.ts'

/** The screen readers on a system that accept text from other programs. Narrator does not. Nothing is started yet. */
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

/** It is part of the packed program (electron-builder.yml); in a checkout, DESCRY_NVDA_CLIENT says where it is. */
function nvdaLibrary(env: NodeJS.ProcessEnv): string | null {
  if (env.DESCRY_NVDA_CLIENT) return resolve(env.DESCRY_NVDA_CLIENT)
  const { resourcesPath } = process as { resourcesPath?: string }
  return resourcesPath === undefined ? null : join(resourcesPath, 'nvda', 'nvdaControllerClient.dll')
}
