import { useCallback, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react'
import { z } from 'zod'
import { CaptionView } from './caption/caption-view.tsx'
import { CommandList, Toolbar } from './commands/command-list.tsx'
import { type DescribeOptions, Question } from './caption/follow-ups.tsx'
import { HistoryList } from './history/history-list.tsx'
import { FailureText } from './ui/failure-text.tsx'
import { FirstRun } from './settings/first-run.tsx'
import { LiveRegions, useAnnouncements, Say } from './ui/announcements.tsx'
import { OpenFile, useOpenFiles } from './commands/open-files.tsx'
import { RegionGrid } from './commands/region-grid.tsx'
import { SettingsPanel } from './settings/settings-panel.tsx'
import { useOverlay } from './commands/use-overlay.ts'
import { useKeys } from './commands/use-keys.ts'
import { useSettingRequests } from './settings/use-setting-requests.ts'
import { useShownItem } from './caption/use-shown-item.ts'
import { titleOf } from './caption/item-labels.ts'
import type { AppState, Store } from './store.ts'
import type { Bridge, EventPayload, Item, RequestInput, RequestName, RequestOutput, Status } from '#shared/bridge.ts'
import { commandEntry, type CommandId } from '#shared/commands.ts'
import type { Failure } from '#shared/errors.ts'
import { spentSentence } from '#shared/spent.ts'
import { speakerWords, watchingWords } from '#shared/status-words.ts'

type Place = EventPayload<'goto'>['place']

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
          <h1>Descry</h1>
          <FailureText failure={failure} />
        </main>
      )}
      <LiveRegions lines={lines} />
    </>
  )
}

/** Where each place begins. The commands are a list of their own. */
const places: Record<Exclude<Place, 'commands'>, string> = {
  history: '#history-title',
  settings: '#settings-title, #first-run-title',
  question: '#question',
  caption: '[data-sentence], #caption-title',
  open: '#open-file'
}

/** Whether a command is about one picture. */
function isAboutItem(command: CommandId): boolean {
  const { input } = commandEntry(command)
  return input instanceof z.ZodObject && 'itemId' in input.shape
}

interface WindowProps {
  bridge: Bridge
  state: AppState
  announce: (announcement: EventPayload<'announce'>) => void
}

function Window({ bridge, state: { items, status }, announce }: WindowProps): ReactNode {
  const [failure, setFailure] = useState<Failure | null>(null)
  const { shown, newest, show } = useShownItem(items)
  const { overlay, openCommands, close } = useOverlay(bridge)
  const say = useCallback((text: string) => announce({ text, urgency: 'polite' }), [announce])
  const settings = useSettingRequests(bridge, say)
  const files = useOpenFiles(bridge, announce, () => show(null))

  /** Sends a request. Its failure is shown; the app itself has it heard. */
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
    (place: Place): void => {
      if (place === 'commands') return openCommands()
      close(null)
      document.querySelector<HTMLElement>(places[place])?.focus()
    },
    [openCommands, close]
  )
  useEffect(() => bridge.on('goto', ({ place }) => goTo(place)), [bridge, goTo])

  function closeGrid(outcome: 'captured' | 'closed' | Failure): void {
    if (typeof outcome === 'object') setFailure(outcome)
    if (outcome !== 'captured') return close()
    show(null)
    close(document.getElementById('caption-title'))
  }

  /** What was captured before the list of commands opened is forgotten, unless the command that was chosen there took it. */
  function forgetBefore(): void {
    void bridge.request('commands-left', null)
  }

  function leaveCommands(): void {
    close()
    forgetBefore()
  }

  async function run(command: CommandId, input?: Record<string, unknown>): Promise<void> {
    const isListLeft = overlay === 'commands' && command !== 'commands'
    await runCommand(command, input)
    if (isListLeft) forgetBefore()
  }

  /** About the picture that is shown, where a command is about one. */
  async function runCommand(command: CommandId, input: Record<string, unknown> = {}): Promise<void> {
    if (command === 'commands' || command === 'history' || command === 'settings') return goTo(command)
    if (command === 'open') {
      goTo('open')
      document.getElementById('open-file')?.click()
      return
    }
    if (command === 'ask') return goTo('question')
    // Choosing a part goes on while something is only said.
    if (overlay === 'commands') close()
    const about = shown && isAboutItem(command) ? { itemId: shown.id } : {}
    const ran = await request('run', { command, input: { ...about, ...input } })
    // What a command brought is shown.
    const brought = ran && (ran.value as { itemId?: string } | null)?.itemId
    if (!brought) return
    if (overlay !== null && overlay !== 'commands') close()
    if (brought !== shown?.id) show(null)
  }

  useKeys((command) => void run(command), say)

  async function ask(question: string): Promise<boolean> {
    const asked = await request('run', { command: 'ask', input: { question, ...(shown && { itemId: shown.id }) } })
    if (asked) show(null)
    return asked !== null
  }

  // Buttons that go away when they have done their work: focus goes to the heading of what they brought. At once: a
  // screen reader stays silent when what had focus is gone before focus moves.
  function describe(item: Item): void {
    document.getElementById('caption-title')?.focus()
    void request('describe', { itemId: item.id })
  }

  function describeAgain(options: DescribeOptions): void {
    document.getElementById('caption-title')?.focus()
    void run('more', options)
  }

  function read(): void {
    document.getElementById('caption-title')?.focus()
    void run('repeat')
  }

  function showNewest(): void {
    document.getElementById('caption-title')?.focus()
    show(null)
  }

  const settingProps = { bridge, status, onChange: settings.change, keyRequests: settings }
  return (
    <Say value={say}>
      <div className="window" inert={overlay !== null}>
        <header>
          <h1>Descry</h1>
          <Toolbar onRun={(command) => void run(command)} />
        </header>
        <main>
          {failure && <FailureText failure={failure} />}
          {!status.settings.isSetUp && <FirstRun {...settingProps} />}
          <div className="columns">
            <div className="shown">
              <article aria-labelledby="caption-title" data-region>
                {/* The same heading whatever it says: what has focus must not go away. */}
                <h2 id="caption-title" tabIndex={-1}>
                  {shown ? titleOf(shown) : 'No picture yet'}
                </h2>
                {shown ? (
                  <CaptionView
                    bridge={bridge}
                    item={shown}
                    settings={status.settings}
                    onDescribe={describe}
                    onDescribeAgain={describeAgain}
                    onDoubt={() => void run('doubt')}
                    onRead={read}
                    say={say}
                  />
                ) : (
                  <p>Copy a picture or take a screenshot, or describe the screen.</p>
                )}
              </article>
              {newest && newest !== shown && (
                <button type="button" onClick={showNewest}>
                  Show the newest: {titleOf(newest)}
                </button>
              )}
              {shown && <Question onAsk={ask} />}
              <OpenFile onOpen={files.open} waiting={files.waiting} refused={files.refused} />
            </div>
            <HistoryList items={items} shownId={shown?.id ?? null} onChoose={(item) => show(item.id)} />
          </div>
          {/* Not beside the first questions: the same controls twice would confuse. */}
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

/** What is watched, where pictures go, who speaks and what was spent. Shown; commands say it aloud. */
export function StatusLine({ status }: { status: Status }): ReactNode {
  const sending = status.sendingOn
    ? `Pictures go to ${status.provider} when you describe them.`
    : 'No picture leaves this computer.'
  return (
    <footer className="status">
      <p>{[watchingWords(status), sending, speakerWords(status)].join(' ')}</p>
      <p>{spentSentence(status.spent, status.settings.monthlyLimitUsd)}</p>
      {status.host.limits && <p>{status.host.limits}</p>}
    </footer>
  )
}
