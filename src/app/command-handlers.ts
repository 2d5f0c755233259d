import type { Captioning } from './captioning.ts'
import type { Host } from './host.ts'
import type { Items } from './items.ts'
import type { Parts } from './parts.ts'
import type { SpeechCommand } from './speech-commands.ts'
import { statusSentence } from './status-sentence.ts'
import type { Capture } from '#core/ports.ts'
import type { Announcer } from '#core/speaking/announcer.ts'
import type { Reading } from '#core/speaking/reading.ts'
import type { Item, Status } from '#shared/bridge.ts'
import type { CommandHandlers, Surface } from '#shared/commands.ts'
import { DescryError } from '#shared/errors.ts'
import { messages } from '#shared/messages.ts'

/** What was on the screen before the list of commands opened counts as the present for this long. */
const capturedKeptMs = 2 * 60_000
/** As long as a picture waits for its command (Manners 6). */
const retriedMs = 5 * 60_000

export function createCommandHandlers(
  parts: Pick<Parts, 'clipboard' | 'screen' | 'clock'>,
  host: Host,
  items: Items,
  captioning: Captioning,
  takeWaiting: () => Item | null,
  cancelPending: () => void,
  announcer: Announcer,
  reading: Reading,
  status: () => Status
): Omit<CommandHandlers, SpeechCommand> {
  /** The screen as it was before our command list covered it. */
  let beforeCommands: { captured: Capture; atMs: number } | null = null

  function takeScreenBeforeCommands(surface: Surface): Capture | null {
    const taken = beforeCommands
    beforeCommands = null
    const isMeant = taken !== null && (surface === 'window' || surface === 'menu')
    return isMeant && parts.clock.nowMs() - taken.atMs < capturedKeptMs ? taken.captured : null
  }

  /** The newest file that came by itself, if describing it failed or was stopped: the same command tries it again. */
  function fileToRetry(): Item | null {
    const newest = items.all().findLast(({ origin }) => origin === 'file' || origin === 'clipboard')
    if (newest?.origin !== 'file' || (newest.state !== 'failed' && newest.state !== 'stopped')) return null
    return Date.now() - Date.parse(newest.at) < retriedMs ? newest : null
  }

  async function readClipboard(): Promise<Item> {
    const content = await parts.clipboard.read()
    if (content.isConcealed) throw new DescryError('no-picture', { message: 'The clipboard is marked private.' })
    if (!content.picture) throw new DescryError('no-picture', { message: 'There is no picture on the clipboard.' })
    return items.add(
      { origin: 'clipboard', label: 'Clipboard picture' },
      { bytes: content.picture, windowTitle: null, applicationName: null }
    )
  }

  function described(itemId: string | undefined): Item {
    const item = itemId ? items.find(itemId) : items.all().findLast(({ caption }) => caption !== '')
    if (!item?.caption) throw new DescryError('no-picture', { message: messages.nothingToRepeat, next: '' })
    return item
  }

  return {
    async screen({ detail }, surface) {
      const { label, ...context } = takeScreenBeforeCommands(surface) ?? (await parts.screen.captureScreens())[0]
      const item = items.add({ origin: 'screen', label }, context)
      announcer.captured()
      captioning.start(item.id, { detail, cause: 'command' })
      return { itemId: item.id }
    },
    async clipboard({ detail }) {
      const item = takeWaiting() ?? fileToRetry() ?? (await readClipboard())
      captioning.start(item.id, { detail, cause: 'command' })
      return { itemId: item.id }
    },
    async stop() {
      cancelPending()
      captioning.stop()
      announcer.stop()
      announcer.say(messages.stopped, 'answer')
      return null
    },
    async commands() {
      // Captured first, or the picture would show our own list. Without permission the list still opens.
      const [captured] = await parts.screen.captureScreens().catch(() => [null])
      beforeCommands = captured && { captured, atMs: parts.clock.nowMs() }
      await host.showWindow()
      host.send('goto', { place: 'commands' })
      return null
    },
    async ask({ question, itemId }) {
      const about = itemId ? items.find(itemId) : items.newest()
      if (!about) throw new DescryError('no-picture')
      items.picture(about.id)
      const item = items.add({ origin: 'question', label: about.label, question, pictureId: about.pictureId })
      captioning.start(item.id, { cause: 'command' })
      return { itemId: item.id }
    },
    async repeat() {
      // While it is being read: this sentence. Else the newest caption, wherever it is heard now.
      if (reading.isUnderWay && reading.repeat()) return null
      const speech = announcer.caption('command')
      speech.append(described(undefined).caption)
      speech.end()
      return null
    },
    async copy({ itemId }) {
      await parts.clipboard.writeText(described(itemId).caption)
      announcer.say(messages.copied, 'answer')
      return null
    },
    async history() {
      await host.showWindow()
      host.send('goto', { place: 'history' })
      return null
    },
    async settings() {
      await host.showWindow()
      host.send('goto', { place: 'settings' })
      return null
    },
    async status() {
      const text = statusSentence(status())
      announcer.say(text, 'answer')
      return { text }
    },
    async quit() {
      host.quit()
      return null
    }
  }
}
