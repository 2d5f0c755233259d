import { createApp, type AppOptions } from '#app/app.ts'
import type { App, Host } from '#app/host.ts'
import { createDependencies, type Dependencies } from '#app/dependencies.ts'
import type { EventName, EventPayload, Item } from '#shared/bridge.ts'
import { settingsSchema, type Settings } from '#shared/settings.ts'
import type { Desktop } from './desktop.ts'
import { createFakeEarcons } from './fake-earcons.ts'
import { createFakeVoice, type FakeVoice } from './fake-voice.ts'
import { createMemoryKeyStore } from './memory-key-store.ts'
import { until } from './process.ts'

export interface SentEvent<Name extends EventName = EventName> {
  name: Name
  payload: EventPayload<Name>
}

/** The real app with real dependencies on a private desktop. Only the voice and the keychain are fakes. */
export interface RunningApp {
  app: App
  dependencies: Dependencies
  voice: FakeVoice
  /** What the host was asked to do. */
  host: { events: SentEvent[]; shown: number; hasQuit: boolean; isFocused: boolean }
  items(): Promise<Item[]>
  /** Waits until the newest item satisfies `test`. */
  newest: (test: (item: Item) => boolean, what: string) => Promise<Item>
  close(): Promise<void>
}

export async function startApp(
  desktop: Desktop,
  settings: Partial<Settings>,
  {
    dependencies: changed = {},
    host: hostName = 'terminal',
    ...options
  }: Omit<AppOptions, 'dependencies'> & { dependencies?: Partial<Dependencies>; host?: Host['name'] } = {}
): Promise<RunningApp> {
  // Native modules read the process's own environment.
  process.env.DISPLAY = desktop.env.DISPLAY
  delete process.env.WAYLAND_DISPLAY
  const voice = createFakeVoice('fake', { isHandDriven: false })
  const dependencies: Dependencies = {
    ...createDependencies(desktop.env),
    keys: createMemoryKeyStore(),
    voices: [voice],
    screenReader: { running: () => Promise.resolve(null) },
    earcons: createFakeEarcons(),
    findScreenshotFolders: () => Promise.resolve([]),
    ...changed
  }
  // The same pictures are used in many tests, so captions are not kept here.
  await dependencies.settingsStore.save(settingsSchema.parse({ keepCaptions: false, ...settings }))
  const seen: RunningApp['host'] = { events: [], shown: 0, hasQuit: false, isFocused: false }
  const host: Host = {
    name: hostName,
    limits: null,
    isWindowFocused: () => Promise.resolve(seen.isFocused),
    showWindow: async () => void (seen.shown += 1),
    send: (name, payload) => seen.events.push({ name, payload }),
    quit: () => (seen.hasQuit = true)
  }
  const app = await createApp(host, { ...options, dependencies })
  await app.start()
  const items = async (): Promise<Item[]> => (await app.handlers.snapshot(null)).items
  return {
    app,
    dependencies,
    voice,
    host: seen,
    items,
    newest: (test, what) =>
      until(
        async () => {
          const item = (await items()).at(-1)
          return item && test(item) ? item : null
        },
        { what }
      ),
    close: () => app.close()
  }
}
