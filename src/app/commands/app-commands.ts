import type { CommandContext, HandlersOf } from './command-context.ts'
import { diagnose, diagnosticsText } from '../diagnostics.ts'
import { statusSentence } from '../status.ts'
import { t } from '#shared/messages/messages.ts'

const pauseMs = 60 * 60_000

/** The commands about Descry itself. */
export function createAppCommands({
  dependencies: { clipboard },
  host,
  captioning,
  intake,
  announcer,
  status,
  log
}: CommandContext): HandlersOf<'pause-watching' | 'stop' | 'history' | 'settings' | 'status' | 'diagnostics' | 'quit'> {
  async function goTo(place: 'history' | 'settings'): Promise<null> {
    await host.showWindow()
    host.send('goto', { place })
    return null
  }

  return {
    async 'pause-watching'() {
      const { isPaused } = intake.status()
      if (isPaused) intake.resume()
      else intake.pauseFor(pauseMs)
      announcer.say(isPaused ? t('capture.watching-resumed') : t('capture.watching-paused-for-hour'), 'answer')
      status.changed()
      return null
    },
    async stop() {
      intake.cancelPending()
      captioning.stop()
      announcer.stop()
      announcer.say(t('speech.stopped'), 'answer')
      return null
    },
    history: () => goTo('history'),
    settings: () => goTo('settings'),
    async status() {
      const text = statusSentence(status.current())
      announcer.say(text, 'answer')
      return { text }
    },
    async diagnostics(_, surface) {
      const now = status.current()
      const { settings, screenReader } = now
      const text = diagnosticsText(
        diagnose({ program: host.name, settings, screenReader, status: now, isLogOn: log.isOn(), recent: log.recent() })
      )
      // A terminal prints it, be it the terminal app or one that sent the command over the socket.
      if (surface !== 'socket' && surface !== 'terminal') {
        await clipboard.writeText(text)
        announcer.say(t('log.diagnostics-copied'), 'answer')
      }
      return { text }
    },
    async quit() {
      host.quit()
      return null
    }
  }
}
