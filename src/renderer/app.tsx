import { useCallback, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react'
import { z } from 'zod'
import { CaptionView } from './caption/caption-view.tsx'
import { Question, type DescribeOptions } from './caption/follow-ups.tsx'
import { titleOf } from './caption/item-labels.ts'
import { useShownItem, HistoryList } from './history/history-list.tsx'
import { CommandList, Toolbar } from './commands/command-list.tsx'
import { OpenFiles, useFileOpening } from './commands/open-files.tsx'
import { RegionGrid } from './commands/region-grid.tsx'
import { useKeys } from './commands/use-keys.ts'
import { useOverlay } from './commands/use-overlay.ts'
import { moveFocus, regionRefs, targetRefs } from './focus-navigation.ts'
import { FirstRun } from './settings/first-run.tsx'
import { SettingsPanel } from './settings/settings-panel.tsx'
import { useSettingRequests } from './settings/use-setting-requests.ts'
import type { AppState, Store } from './store.ts'
import { LiveRegions, Say, useAnnouncements, type Announcement, FailureText } from './ui/announcements.tsx'
import type { Bridge, EventPayload, Item, RequestInput, RequestName, RequestOutput, Status } from '#shared/bridge.ts'
import { commandEntry, type CommandId } from '#shared/commands.ts'
import type { Failure } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { spentSentence } from '#shared/spent.ts'
import { speakerWords, watchingWords } from '#shared/status-words.ts'

interface Props {
  bridge: Bridge
  store: Store
}

export function App({ bridge, store }: Props): ReactNode {
  const state = useSyncExternalStore(store.subscribe, store.current)
  const failure = useSyncExternalStore(store.subscribe, store.failure)
  const [lines, announce] = useAnnouncements()
  useEffect(() => bridge.on('announce', announce), [bridge, announce])

  return (
    <>
      {state && <Window bridge={bridge} state={state} announce={announce} />}
      {!state && failure && (
        <main>
          <h1>{t('window.name')}</h1>
          <FailureText failure={failure} />
        </main>
      )}
      <LiveRegions lines={lines} />
    </>
  )
}

/** Whether a command is about one picture. */
function isAboutItem(command: CommandId): boolean {
  const { input } = commandEntry(command)
  return input instanceof z.ZodObject && 'itemId' in input.shape
}

interface WindowProps {
  bridge: Bridge
  state: AppState
  announce: (announcement: Announcement) => void
}

function Window({ bridge, state: { items, status }, announce }: WindowProps): ReactNode {
  const [failure, setFailure] = useState<Failure | null>(null)
  const { shown, newest, show } = useShownItem(items)
  const { overlay, openCommands, close } = useOverlay(bridge)
  const say = useCallback((text: string) => announce({ text, urgency: 'polite' }), [announce])
  const settings = useSettingRequests(bridge, say)
  const files = useFileOpening(bridge, announce, () => show(null))

  /** Sends a request. A failure is shown here; the app announces it. */
  async function request<Name extends RequestName>(
    name: Name,
    input: RequestInput<Name>
  ): Promise<{ value: RequestOutput<Name> } | null> {
    const reply = await bridge.request(name, input)
    setFailure(reply.ok ? null : reply.error)
    if (reply.ok) return { value: reply.value }
    return null
  }

  const goTo = useCallback(
    (place: EventPayload<'goto'>['place']): void => {
      if (place === 'commands') openCommands()
      else if (!close(place)) say(t('window.nothing-to-ask-about'))
    },
    [openCommands, close, say]
  )
  useEffect(() => bridge.on('goto', ({ place }) => goTo(place)), [bridge, goTo])

  function closeGrid(outcome: 'captured' | 'closed' | Failure): void {
    if (typeof outcome === 'object') setFailure(outcome)
    if (outcome === 'captured') show(null)
    close(outcome === 'captured' ? 'caption' : undefined)
  }

  /** The app forgets what it captured before the list opened, unless the chosen command has taken it. */
  function forgetCapture(): void {
    void bridge.request('commands-left', null)
  }

  function leaveCommands(): void {
    close()
    forgetCapture()
  }

  async function run(command: CommandId, input?: Record<string, unknown>): Promise<void> {
    const isListLeft = overlay === 'commands' && command !== 'commands'
    await runCommand(command, input)
    if (isListLeft) forgetCapture()
  }

  /** Commands about one picture apply to the displayed picture. */
  async function runCommand(command: CommandId, input: Record<string, unknown> = {}): Promise<void> {
    if (command === 'commands' || command === 'history' || command === 'settings') return goTo(command)
    if (command === 'open') {
      goTo('open')
      files.input.current?.click()
      return
    }
    if (command === 'ask') return goTo('question')
    // The grid stays open for commands that only speak.
    if (overlay === 'commands') close()
    const about = shown && isAboutItem(command) ? { itemId: shown.id } : {}
    const ran = await request('run', { command, input: { ...about, ...input } })
    const newItemId = ran && (ran.value as { itemId?: string } | null)?.itemId
    if (!newItemId) return
    if (overlay !== null && overlay !== 'commands') close()
    if (newItemId !== shown?.id) show(null)
  }

  useKeys((command) => void run(command), say)

  async function ask(question: string): Promise<boolean> {
    const asked = await request('run', { command: 'ask', input: { question, ...(shown && { itemId: shown.id }) } })
    if (asked) show(null)
    return asked !== null
  }

  /**
   * For buttons that disappear when pressed. Moves focus first, because screen readers stay silent if the focused
   * element disappears before focus moves.
   */
  function fromCaptionHeading(action: () => void): void {
    moveFocus('caption')
    action()
  }

  const settingProps = { bridge, status, onChange: settings.change, keyRequests: settings }
  return (
    <Say value={say}>
      <div className="window" inert={overlay !== null}>
        <header>
          <h1>{t('window.name')}</h1>
          <Toolbar onRun={(command) => void run(command)} />
        </header>
        <main>
          {failure && <FailureText failure={failure} />}
          {!status.settings.isSetUp && <FirstRun {...settingProps} />}
          <div className="columns">
            <div className="shown">
              <article aria-labelledby="caption-title" ref={regionRefs.caption}>
                {/* Always the same element, because it may have focus when its text changes. */}
                <h2 id="caption-title" ref={targetRefs.caption} tabIndex={-1}>
                  {shown ? titleOf(shown) : t('window.no-picture')}
                </h2>
                {shown ? (
                  <CaptionView
                    bridge={bridge}
                    item={shown}
                    settings={status.settings}
                    onDescribe={({ id }: Item) => fromCaptionHeading(() => void request('describe', { itemId: id }))}
                    onDescribeAgain={(options: DescribeOptions) => fromCaptionHeading(() => void run('more', options))}
                    onExplainUnverified={() => void run('doubt')}
                    onReadHidden={() => void run('read-hidden')}
                    onDescribeOtherwise={(command) => fromCaptionHeading(() => void run(command))}
                    onRead={() => fromCaptionHeading(() => void run('repeat'))}
                    say={say}
                  />
                ) : (
                  <p>{t('window.no-picture.hint')}</p>
                )}
              </article>
              {newest && newest !== shown && (
                <button type="button" onClick={() => fromCaptionHeading(() => show(null))}>
                  {t('window.show-newest', { title: titleOf(newest) })}
                </button>
              )}
              {shown && <Question onAsk={ask} />}
              <OpenFiles {...files} />
            </div>
            <HistoryList items={items} shownId={shown?.id ?? null} onChoose={(item) => show(item.id)} />
          </div>
          {status.settings.isSetUp && <SettingsPanel {...settingProps} />}
        </main>
        <StatusLine status={status} />
      </div>
      {overlay === 'commands' && (
        <CommandList onRun={(command) => void run(command)} onClose={leaveCommands} say={say} />
      )}
      {overlay !== null && overlay !== 'commands' && (
        <RegionGrid key={overlay.gridId} bridge={bridge} grid={overlay} onClose={closeGrid} />
      )}
    </Say>
  )
}

/** Shows what is watched, where pictures are sent, which voice speaks and what was spent. Commands say it aloud. */
function StatusLine({ status }: { status: Status }): ReactNode {
  const { provider } = status
  const sending = status.sendingOn ? t('window.sending-on', { provider }) : t('window.sending-off')
  return (
    <footer className="status">
      <p>{[watchingWords(status), sending, speakerWords(status)].join(' ')}</p>
      <p>{spentSentence(status.spent, status.settings.monthlyLimitUsd)}</p>
      {status.host.limits && <p>{status.host.limits}</p>}
    </footer>
  )
}
