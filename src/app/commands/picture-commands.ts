import { basename } from 'node:path'
import type { CommandContext, HandlersOf } from './command-context.ts'
import type { RepeatPress } from './repeat-press.ts'
import { readClipboardPictures } from '../intake/clipboard-pictures.ts'
import type { Item } from '#shared/bridge.ts'
import type { Detail } from '#shared/caption.ts'
import { DescryError } from '#shared/errors.ts'

/** How long a new picture waits for its command (behavior B6). */
const retryMs = 5 * 60_000

/** The commands that describe a copied picture or a file. */
export function createPictureCommands({
  dependencies,
  host,
  items,
  captioning,
  opening,
  intake,
  preferences,
  repeatPress
}: CommandContext & { repeatPress: RepeatPress }): HandlersOf<'clipboard' | 'open'> {
  /** The last new picture that a command described. */
  let lastNewPictureId: string | null = null

  /** The newest screenshot file, if describing it failed or was stopped. The same command tries it again. */
  function fileToRetry(): Item | null {
    const newest = items.all().findLast(({ origin }) => origin === 'file' || origin === 'clipboard')
    if (newest?.origin !== 'file' || (newest.state !== 'failed' && newest.state !== 'stopped')) return null
    return Date.now() - Date.parse(newest.at) < retryMs ? newest : null
  }

  /** Describes the first picture on the clipboard, and adds the others to the list. */
  async function describeClipboard(detail: Detail | undefined, previous: Item | null): Promise<{ itemId: string }> {
    const offered = await readClipboardPictures(dependencies.clipboard, preferences.current())
    const [first, ...others] = offered
    if (!first) throw new DescryError('no-picture')
    const bytes = first.path === null ? await first.read() : null
    if (previous && offered.some(({ path }) => isSame(previous, path, bytes)))
      return repeatPress.describeMore('clipboard', previous.id)
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
    repeatPress.note('clipboard', id)
    return { itemId: id }
  }

  /** Whether the clipboard still holds the picture of this item. */
  function isSame(item: Item, path: string | null, bytes: Uint8Array | null): boolean {
    // A document's label continues with the page.
    if (path !== null)
      return item.origin === 'file' ? item.label.startsWith(basename(path)) : item.label === basename(path)
    const before = items.picture(item.id).bytes
    return bytes !== null && typeof before !== 'function' && Buffer.compare(before, bytes) === 0
  }

  return {
    async clipboard({ detail }) {
      const newPicture = intake.takeWaiting() ?? fileToRetry()
      if (newPicture) {
        lastNewPictureId = newPicture.id
        captioning.start(newPicture.id, { detail, cause: 'command' })
        return noted(newPicture)
      }
      const previous = detail === undefined ? repeatPress.recent('clipboard') : null
      // A newer screenshot would be a new picture, but something other than a picture may have been copied.
      if (previous?.origin === 'file' && previous.id === lastNewPictureId)
        return repeatPress.describeMore('clipboard', previous.id)
      return describeClipboard(detail, previous)
    },
    async open({ path }, surface) {
      if (path !== undefined) return { itemId: (await opening.openPath(path)).id }
      await host.showWindow()
      // A page can open a file dialog only after a key press or click inside it, and a menu is outside the page.
      if (surface === 'menu' && host.chooseFile) {
        const chosen = await host.chooseFile()
        return chosen === null ? null : { itemId: (await opening.openPath(chosen)).id }
      }
      host.send('goto', { place: 'open' })
      return null
    }
  }
}
