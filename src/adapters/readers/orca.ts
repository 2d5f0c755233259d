import type { ReaderOutput } from '#core/ports/speech.ts'
import { connectSessionBus, type SessionBus } from '../linux/session-bus.ts'
import { lineFor, readerGone } from './reader-words.ts'

/** Orca 51 and later call themselves Orca1; 49 and 50 did not. */
const serviceNames = ['org.gnome.Orca1', 'org.gnome.Orca']

/**
 * Orca 49 and later, through its service on the session bus. Its PresentMessage speaks the text and shows it in braille, and
 * returns before it was heard.
 */
export function createOrcaOutput(env: NodeJS.ProcessEnv = process.env): ReaderOutput {
  let connection: Promise<SessionBus> | null = null
  /** Whether Orca may be speaking text of ours that stop() must silence. */
  let mayBeSpeaking = false

  function connected(): Promise<SessionBus> {
    if (connection === null) {
      const opening = connectSessionBus(env, forget)
      opening.catch(forget)
      connection = opening
    }
    return connection
  }

  function forget(): void {
    connection = null
  }

  async function service(): Promise<{ bus: SessionBus; name: string }> {
    const bus = await connected()
    for (const name of serviceNames) if (await bus.hasOwner(`${name}.Service`)) return { bus, name }
    throw new Error('Orca is not on the bus.')
  }

  async function ask(member: string, ...args: string[]): Promise<unknown> {
    const { bus, name } = await service()
    return await bus.call({ ...objectOf(name), interface: `${name}.Service`, member, args })
  }

  async function interrupt(): Promise<void> {
    const { bus, name } = await service()
    if (name === 'org.gnome.Orca1') {
      await bus.call({
        ...objectOf(name, '/SpeechManager'),
        interface: 'org.gnome.Orca1.SpeechManager',
        member: 'InterruptSpeech',
        args: [false]
      })
      return
    }
    // The module was renamed from 49 to 50.
    const command = { interface: 'org.gnome.Orca.Module', member: 'ExecuteCommand', args: ['InterruptSpeech', false] }
    await bus
      .call({ ...objectOf(name, '/SpeechManager'), ...command })
      .catch(() => bus.call({ ...objectOf(name, '/SpeechAndVerbosityManager'), ...command }))
  }

  return {
    readerName: 'Orca',

    async check() {
      try {
        return typeof (await ask('GetVersion')) === 'string'
      } catch {
        return false
      }
    },

    async speak(text) {
      mayBeSpeaking = true
      const isTaken = await ask('PresentMessage', lineFor(text)).catch((error: unknown) => {
        throw readerGone('Orca', error)
      })
      if (isTaken !== true) throw readerGone('Orca')
      return 'handed-over'
    },

    stop() {
      if (!mayBeSpeaking) return
      mayBeSpeaking = false
      interrupt().catch(() => undefined)
    },

    async close() {
      const bus = await connection?.catch(() => null)
      bus?.close()
    }
  }
}

function objectOf(name: string, module = ''): { destination: string; path: string } {
  return { destination: `${name}.Service`, path: `/${name.replaceAll('.', '/')}/Service${module}` }
}
