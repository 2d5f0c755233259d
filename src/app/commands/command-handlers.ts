import { basename } from 'node:path'
import type { Again } from './again.ts'
import type { Intake } from '../intake/intake.ts'
import { readClipboardPictures } from '../intake/clipboard-pictures.ts'
import type { CaptionCommand } from './caption-commands.ts'
import type { CaptureCommand } from './capture-commands.ts'
import type { Captioning } from '../captions/captioning.ts'
import type { Host } from '../host.ts'
import type { Items } from '../items.ts'
import type { Opening } from '../opening.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Preferences } from '../preferences.ts'
import type { SpeechCommand } from './speech-commands.ts'
import { statusSentence } from './status-sentence.ts'
import type { Announcer } from '#core/speaking/announcer.ts'
import type { Reading } from '#core/speaking/reading.ts'
import { completeText } from '#core/text/sentences.ts'
import type { Item, Status } from '#shared/bridge.ts'
import type { Detail } from '#shared/caption.ts'
import type { CommandHandlers } from '#shared/commands.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

/** As long as a picture waits for its command (behavior B6). */
const retriedMs = 5 * 60_000
const pausedMs = 60 * 60_000

/** What the commands work on. */
export interface CommandWorld {
  dependencies: Pick<Dependencies, 'clipboard' | 'clock'>
  host: Host
  items: Items
  captioning: Captioning
  opening: Opening
  again: Again
  intake: Pick<Intake, 'arrivals' | 'takeWaiting'>
  announcer: Announcer
  reading: Reading
  preferences: Preferences
  status: () => Status
  statusChanged: () => void
}

export function createCommandHandlers({
  dependencies,
  host,
  items,
  captioning,
  opening,
  again,
  intake: { arrivals, takeWaiting },
  announcer,
  reading,
  preferences,
  status,
  statusChanged
}: CommandWorld): Omit<CommandHandlers, SpeechCommand | CaptureCommand | CaptionCommand | 'second-opinion'> {
  let cameByItself: string | null = null

  /** The newest file that came by itself, if describing it failed or was stopped: the same command tries it again. */
  function fileToRetry(): Item | null {
    const newest = items.all().findLast(({ origin }) => origin === 'file' || origin === 'clipboard')
    if (newest?.origin !== 'file' || (newest.state !== 'failed' && newest.state !== 'stopped')) return null
    return Date.now() - Date.parse(newest.at) < retriedMs ? newest : null
  }

  /** What the clipboard holds or names. Of many, the first is described and the others wait in the list. */
  async function describeClipboard(detail: Detail | undefined, before: Item | null): Promise<{ itemId: string }> {
    const offered = await readClipboardPictures(dependencies.clipboard, preferences.current())
    const [first, ...others] = offered
    if (!first) throw new DescryError('no-picture')
    const bytes = first.path === null ? await first.read() : null
    if (before && offered.some(({ path }) => isSame(before, path, bytes))) return again.more('clipboard', before)
    for (const other of others.toReversed()) {
      const picture = { bytes: () => other.read(), windowTitle: null, applicationName: null }
      items.add({ origin: 'clipboard', label: other.label }, picture)
    }
    if (bytes === null) return noted(await opening.openPath(first.path ?? '', detail))
    const item = items.add(
      { origin: 'clipboard', label: first.label },
      { bytes, windowTitle: null, applicationName: null }
    )
    captioning.start(item.id, { detail, cause: 'command' })
    return noted(item)
  }

  function noted({ id }: Item): { itemId: string } {
    again.pressed('clipboard', id)
    return { itemId: id }
  }

  /** Whether the clipboard still holds what this item shows. */
  function isSame(item: Item, path: string | null, bytes: Uint8Array | null): boolean {
    // Opened by a command, a document is named with its page.
    if (path !== null)
      return item.origin === 'file' ? item.label.startsWith(basename(path)) : item.label === basename(path)
    const before = items.picture(item.id).bytes
    return bytes !== null && typeof before !== 'function' && Buffer.compare(before, bytes) === 0
  }

  const newestDescribed = (): Item | null => items.all().findLast(({ caption }) => caption !== '') ?? null

  function described(itemId: string | undefined): Item {
    const item = itemId ? items.find(itemId) : newestDescribed()
    if (!item?.caption) throw new DescryError('no-picture', { message: t('caption.nothing-to-repeat'), next: '' })
    return item
  }

  return {
    async clipboard({ detail }) {
      const waiting = takeWaiting() ?? fileToRetry()
      if (waiting) {
        cameByItself = waiting.id
        captioning.start(waiting.id, { detail, cause: 'command' })
        return noted(waiting)
      }
      const before = detail === undefined ? again.about('clipboard') : null
      // A newer screenshot would be waiting, too; but not all that may have been copied since comes by itself.
      if (before?.origin === 'file' && before.id === cameByItself) return again.more('clipboard', before)
      return describeClipboard(detail, before)
    },
    async open({ path }, surface) {
      if (path !== undefined) return { itemId: (await opening.openPath(path)).id }
      await host.showWindow()
      // A menu outside the page does not let the page's field open its dialog.
      if (surface === 'menu' && host.chooseFile) {
        const chosen = await host.chooseFile()
        return chosen === null ? null : { itemId: (await opening.openPath(chosen)).id }
      }
      host.send('goto', { place: 'open' })
      return null
    },
    async 'pause-watching'() {
      const isPaused = arrivals.pausedUntilMs() !== null
      if (isPaused) arrivals.resume()
      else arrivals.pauseFor(pausedMs)
      announcer.say(isPaused ? t('capture.watching-resumed') : t('capture.watching-paused-for-hour'), 'answer')
      statusChanged()
      return null
    },
    async stop() {
      arrivals.cancelPending()
      captioning.stop()
      announcer.stop()
      announcer.say(t('speech.stopped'), 'answer')
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
    async repeat({ itemId }) {
      // While the newest is being read: this sentence. Else the caption, wherever it is heard now.
      const isNewest = itemId === undefined || itemId === newestDescribed()?.id
      if (isNewest && reading.isUnderWay && reading.repeat()) return null
      const { id, caption, sentences } = described(itemId)
      items.show(id)
      const speech = announcer.caption('command', id)
      speech.read(completeText(caption, sentences))
      speech.end()
      return null
    },
    async copy({ itemId }) {
      await dependencies.clipboard.writeText(described(itemId).caption)
      announcer.say(t('caption.copied'), 'answer')
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
