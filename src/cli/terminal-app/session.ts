import { bindEnvironmentKey, chooseBaseUrl } from '../provider.ts'
import { waitForKeychain, type Terminal } from '../terminal.ts'
import { shouldBeQuiet } from './quiet.ts'
import { createApp } from '#app/app.ts'
import { createDependencies, type Dependencies } from '#app/dependencies.ts'
import type { App, Host } from '#app/host.ts'
import { DescryError } from '#shared/errors.ts'
import type { Item } from '#shared/bridge.ts'
import { t } from '#shared/messages/messages.ts'
import type { Settings } from '#shared/settings.ts'

/** The app behind the prompt. */
export interface Session {
  readonly app: App
  readonly dependencies: Dependencies
  readonly settings: Settings
  /** Where pictures go, as the user knows it. */
  readonly provider: string
  /** A request could be sent if the user allowed it: there is a key, or none is needed. */
  readonly canSend: boolean
  readonly isSendingOn: boolean
  /** Descry's voice, until the end of the session. */
  isVoiceOn: boolean
  /** The address from OPENAI_BASE_URL if it replaces the one in the settings. */
  readonly environmentBaseUrl: string | null
  /** The same switch as in the window; for an address from the environment only until the end of the session. */
  allowSending(isAllowed: boolean): Promise<void>
  change(patch: Partial<Settings>): Promise<void>
  close(): Promise<void>
}

/** Errors: UsageError (OPENAI_BASE_URL is no address), and those of starting the app. */
export async function openSession(
  terminal: Terminal,
  { onLine, onItem }: { onLine: (line: string) => void; onItem: (item: Item) => void }
): Promise<Session> {
  const dependencies = createDependencies(bindEnvironmentKey(process.env, null))
  const saved = (await dependencies.settingsStore.load()).settings
  const baseUrl = chooseBaseUrl(null, process.env, saved.baseUrl)
  const environmentBaseUrl = baseUrl === saved.baseUrl ? null : baseUrl
  const isQuiet = await shouldBeQuiet(process.env, dependencies.screenReader)
  const overrides: Partial<Settings> = {
    ...(isQuiet && { speaker: 'silent' }),
    ...(environmentBaseUrl !== null && { baseUrl, sendingAllowedTo: null })
  }
  const app = await createApp(terminalHost, { dependencies, overrides, isSession: true, onLine, onItem })
  await waitForKeychain(app.start(), terminal)

  const change = async (patch: Partial<Settings>): Promise<void> => void (await app.handlers['change-settings'](patch))
  return {
    app,
    dependencies,
    environmentBaseUrl,
    get settings() {
      return app.status().settings
    },
    get provider() {
      return app.status().provider
    },
    get canSend() {
      const { key } = app.status()
      return key !== 'none' && key !== 'unavailable'
    },
    get isSendingOn() {
      return app.status().sendingOn
    },
    get isVoiceOn() {
      return app.status().settings.speaker !== 'silent'
    },
    set isVoiceOn(isOn) {
      overrides.speaker = isOn ? 'own' : 'silent'
    },
    async allowSending(isAllowed) {
      const sendingAllowedTo = isAllowed ? app.status().settings.baseUrl : null
      if (environmentBaseUrl === null) await change({ sendingAllowedTo })
      else overrides.sendingAllowedTo = sendingAllowedTo
    },
    change,
    close: () => app.close()
  }
}

const terminalHost: Host = {
  name: 'terminal',
  limits: null,
  // The terminal's lines are no live region: captions are spoken if the voice is on.
  isWindowFocused: async () => false,
  async showWindow() {
    throw new DescryError('unsupported', { message: t('cli.watch.no-window'), next: t('cli.watch.no-window.next') })
  },
  send: () => undefined,
  // The prompt ends itself.
  quit: () => undefined
}
