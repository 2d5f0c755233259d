import { createLaterFacts } from './later-facts.ts'
import { createWatching, type NewPicture } from './watching.ts'
import type { Captioning } from '../captions/captioning.ts'
import type { Dependencies } from '../dependencies.ts'
import type { ItemChange, Items } from '../items.ts'
import type { Preferences } from '../preferences.ts'
import type { Events } from '#core/async/emitter.ts'
import { createSerialQueue } from '#core/async/serial-queue.ts'
import { createArrivals, type Arrivals } from '#core/intake/arrivals.ts'
import type { Announcer } from '#core/speaking/announcer.ts'
import type { Item, Status } from '#shared/bridge.ts'
import { t } from '#shared/messages/messages.ts'

/** New pictures on their way from the clipboard and the screenshot folders into the list. */
export interface Intake extends Pick<Arrivals<NewPicture>, 'cancelPending' | 'pauseFor' | 'resume'> {
  /** Watches the clipboard, and the screenshot folders of the settings or of this system. */
  start(): Promise<void>
  status(): Status['watching']
  /** The item of the new picture that was announced and not described yet, for five minutes; it is given out once. */
  takeWaiting(): Item | null
  close(): void
}

export interface IntakeOptions {
  dependencies: Pick<
    Dependencies,
    'clipboard' | 'folderWatcher' | 'findScreenshotFolders' | 'decoder' | 'codes' | 'clock' | 'memory' | 'ownFiles'
  >
  items: Items
  itemChanges: Events<ItemChange>
  captioning: Pick<Captioning, 'start'>
  preferences: Pick<Preferences, 'current' | 'isSendingOn'>
  announcer: Pick<Announcer, 'say' | 'pictureReady'>
  /** Called with what could not be watched or read; the user hears it, too. */
  onProblem: (problem: string) => void
  /** Called when watching was paused or resumed by itself. */
  onPause: () => void
}

export function createIntake(options: IntakeOptions): Intake {
  const { dependencies, items, itemChanges, captioning, preferences, announcer, onProblem, onPause } = options
  const arrivedItems = new WeakMap<NewPicture, Item>()
  const queue = createSerialQueue()
  const comingCount = (): number => queue.waiting
  const facts = createLaterFacts(dependencies, items, comingCount)

  function add(picture: NewPicture): Item {
    const item = items.add(
      { origin: picture.origin, label: picture.label },
      { bytes: picture.bytes, windowTitle: null, applicationName: null }
    )
    arrivedItems.set(picture, item)
    return item
  }

  const arrivals = createArrivals<NewPicture>({
    clock: dependencies.clock,
    mode: () => {
      const { whenPictureArrives } = preferences.current()
      return whenPictureArrives === 'describe' && !preferences.isSendingOn() ? 'ready' : whenPictureArrives
    },
    coming: comingCount,
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
      onPause()
    },
    onResumed() {
      announcer.say(t('capture.watching-resumed'), 'watcher')
      onPause()
    }
  })
  const watching = createWatching({
    dependencies,
    queue,
    arrivals,
    onPicture(picture) {
      arrivals.offer(picture)
      const item = arrivedItems.get(picture)
      if (item) facts.add(item.id)
    },
    onProblem(problem) {
      announcer.say(problem, 'watcher')
      onProblem(problem)
    }
  })

  dependencies.ownFiles.on((sha256) => arrivals.noteOwnWrite(sha256))
  // A caption that was kept from an earlier run comes without facts.
  itemChanges.on(({ item }) => {
    if (item.state === 'done' && item.facts === null) facts.add(item.pictureId)
  })

  return {
    cancelPending: () => arrivals.cancelPending(),
    pauseFor: (ms) => arrivals.pauseFor(ms),
    resume: () => arrivals.resume(),
    async start() {
      await watching.start(preferences.current().screenshotFolders ?? (await dependencies.findScreenshotFolders()))
    },
    status: () => ({
      clipboard: watching.isClipboardWatched(),
      folders: watching.watchedFolders(),
      isPaused: arrivals.pausedUntilMs() !== null
    }),
    takeWaiting() {
      const picture = arrivals.takeWaiting()
      return picture && (arrivedItems.get(picture) ?? null)
    },
    close() {
      watching.close()
      arrivals.close()
      facts.close()
    }
  }
}
