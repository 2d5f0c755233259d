import type { Captioning } from '../captions/captioning.ts'
import type { Items } from '../items.ts'
import { createLaterFacts } from './later-facts.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Preferences } from '../preferences.ts'
import { createWatching, type NewPicture, type Watching } from './watching.ts'
import { createArrivals, type Arrivals } from '#core/intake/arrivals.ts'
import type { Announcer } from '#core/speaking/announcer.ts'
import type { Item } from '#shared/bridge.ts'
import { t } from '#shared/messages/messages.ts'

/** Pictures that come by themselves, on their way from the clipboard and the folders into the list. */
export interface Intake {
  watching: Pick<Watching, 'clipboard' | 'folders'>
  /** Watches the clipboard, and the screenshot folders of the settings or of this system. */
  start(): Promise<void>
  /** What the user says about them. */
  arrivals: Pick<Arrivals<NewPicture>, 'cancelPending' | 'pausedUntilMs' | 'pauseFor' | 'resume'>
  /** The list's entry for the picture that waits for its command; it waits no more then. */
  takeWaiting(): Item | null
  /** Local facts of this item, when nothing else is on its way, unless somebody else finds them first. */
  findFacts(itemId: string): void
  close(): void
}

/**
 * @param onProblem Hears what could not be watched or read, beside the user.
 * @param onChange Watching was paused, or goes on.
 */
export function createIntake(
  dependencies: Dependencies,
  items: Items,
  captioning: Captioning,
  preferences: Preferences,
  announcer: Announcer,
  onProblem: (problem: string) => void,
  onChange: () => void
): Intake {
  const arrivedItems = new WeakMap<NewPicture, Item>()
  const arrivals = createArrivals<NewPicture>({
    clock: dependencies.clock,
    mode: () => {
      const { whenPictureArrives } = preferences.current()
      return whenPictureArrives === 'describe' && !preferences.isSendingOn() ? 'ready' : whenPictureArrives
    },
    coming: () => watching.coming(),
    onReady(picture) {
      add(picture)
      announcer.pictureReady()
    },
    onCounted(count) {
      if (count === 1) announcer.pictureReady()
      else announcer.say(t('capture.pictures-ready', { count }), 'watcher')
    },
    onKept: add,
    onDescribe: (picture) => captioning.start(add(picture).id, { cause: 'watcher' }),
    onPaused() {
      announcer.say(t('capture.watching-paused'), 'watcher')
      onChange()
    },
    onResumed() {
      announcer.say(t('capture.watching-resumed'), 'watcher')
      onChange()
    }
  })
  dependencies.ownFiles.onWrite = (sha256) => arrivals.noteOwnWrite(sha256)
  const watching = createWatching(
    dependencies,
    (picture) => {
      arrivals.offer(picture)
      const item = arrivedItems.get(picture)
      if (item) facts.add(item.id)
    },
    (problem) => {
      announcer.say(problem, 'watcher')
      onProblem(problem)
    },
    arrivals
  )
  const facts = createLaterFacts(dependencies, items, () => watching.coming())

  function add(picture: NewPicture): Item {
    const item = items.add(
      { origin: picture.origin, label: picture.label },
      { bytes: picture.bytes, windowTitle: null, applicationName: null }
    )
    arrivedItems.set(picture, item)
    return item
  }

  return {
    watching,
    async start() {
      await watching.start(preferences.current().screenshotFolders ?? (await dependencies.findScreenshotFolders()))
    },
    arrivals,
    takeWaiting() {
      const picture = arrivals.takeWaiting()
      return picture && (arrivedItems.get(picture) ?? null)
    },
    findFacts: (itemId) => facts.add(itemId),
    close() {
      watching.close()
      arrivals.close()
      facts.close()
    }
  }
}
