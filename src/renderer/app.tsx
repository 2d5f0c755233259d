import { useCallback, useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { CaptionView, FailureText } from './caption-view.tsx'
import { CommandList } from './command-list.tsx'
import { EarlierList } from './earlier-list.tsx'
import { FirstRun } from './first-run.tsx'
import { LiveRegions, useAnnouncements } from './live-regions.tsx'
import { OpenFile } from './open-file.tsx'
import { Question } from './question.tsx'
import { RegionGrid } from './region-grid.tsx'
import { SettingsPanel } from './settings-panel.tsx'
import { StatusLine } from './status-line.tsx'
import { Toolbar } from './toolbar.tsx'
import { useKeys } from './use-keys.ts'
import { useShownItem } from './use-shown-item.ts'
import type { AppState, Store } from './store.ts'
import type { Bridge, EventPayload, Item, RequestInput, RequestName, RequestOutput } from '#shared/bridge.ts'
import type { CommandId } from '#shared/commands.ts'
import type { Failure } from '#shared/errors.ts'
import type { Settings } from '#shared/settings.ts'

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
  history: '#earlier-title',
  settings: '#settings-title, #first-run-title',
  question: '#question',
  caption: '[data-sentence], #caption-title',
  open: '#open-file'
}

interface WindowProps {
  bridge: Bridge
  state: AppState
  announce: (announcement: EventPayload<'announce'>) => void
}

function Window({ bridge, state: { items, status }, announce }: WindowProps): ReactNode {
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isListOpen, setIsListOpen] = useState(false)
  const [grid, setGrid] = useState<EventPayload<'grid'> | null>(null)
  const focusBefore = useRef<HTMLElement | null>(null)
  const { shown, newest, show } = useShownItem(items)
  const say = useCallback((text: string) => announce({ text, urgency: 'polite' }), [announce])

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

  const goTo = useCallback((place: Place): void => {
    if (place === 'commands') {
      focusBefore.current ??= document.activeElement as HTMLElement | null
      setIsListOpen(true)
      return
    }
    focusBefore.current = null
    // At once: what is inert takes no focus.
    flushSync(() => setIsListOpen(false))
    document.querySelector<HTMLElement>(places[place])?.focus()
  }, [])
  useEffect(() => bridge.on('goto', ({ place }) => goTo(place)), [bridge, goTo])
  useEffect(() => bridge.on('grid', setGrid), [bridge])

  function closeList(): void {
    const before = focusBefore.current
    focusBefore.current = null
    flushSync(() => setIsListOpen(false))
    before?.focus()
  }

  function closeGrid(isCaptured: boolean): void {
    flushSync(() => setGrid(null))
    if (isCaptured) show(null)
    document.getElementById('caption-title')?.focus()
  }

  async function open(file: File): Promise<void> {
    const bytes = new Uint8Array(await file.arrayBuffer())
    if (await request('open-file', { name: file.name, bytes })) show(null)
  }

  async function run(command: CommandId): Promise<void> {
    if (command === 'commands' || command === 'history' || command === 'settings') return goTo(command)
    if (command === 'open') {
      goTo('open')
      document.getElementById('open-file')?.click()
      return
    }
    if (command === 'ask') return goTo('question')
    if (isListOpen) closeList()
    const ran = await request('run', { command, input: command === 'copy' && shown ? { itemId: shown.id } : {} })
    // What a command brought is shown.
    if (ran && typeof ran.value === 'object' && ran.value !== null && 'itemId' in ran.value) show(null)
  }

  useKeys((command) => void run(command))

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

  function showNewest(): void {
    document.getElementById('caption-title')?.focus()
    show(null)
  }

  async function changeSettings(change: Partial<Settings>): Promise<void> {
    await request('change-settings', change)
  }

  async function setKey(key: string): Promise<boolean> {
    const stored = await request('set-key', { key })
    if (stored) say(`Key for ${stored.value.provider} stored`)
    return stored !== null
  }

  async function removeKey(): Promise<void> {
    // The button goes away under the user's finger: focus stays beside it.
    document.getElementById('key')?.focus()
    if (await request('remove-key', null)) say('Key removed')
  }

  async function changeFirstSettings(change: Partial<Settings>): Promise<void> {
    // Done goes away, too.
    if (change.isSetUp) document.getElementById('caption-title')?.focus()
    await changeSettings(change)
  }

  return (
    <>
      <div className="window" inert={isListOpen || grid !== null}>
        <header>
          <h1>Descry</h1>
          <Toolbar onRun={(command) => void run(command)} />
        </header>
        <main>
          {failure && <FailureText failure={failure} />}
          {!status.settings.isSetUp && <FirstRun status={status} onChange={changeFirstSettings} />}
          <div className="columns">
            <div className="shown">
              {shown ? (
                <CaptionView
                  bridge={bridge}
                  item={shown}
                  language={status.settings.language}
                  onDescribe={describe}
                  say={say}
                />
              ) : (
                <article aria-labelledby="caption-title" data-region>
                  <h2 id="caption-title" tabIndex={-1}>
                    No picture yet
                  </h2>
                  <p>Copy a picture or take a screenshot, or describe the screen.</p>
                </article>
              )}
              {newest && newest !== shown && (
                <button type="button" onClick={showNewest}>
                  Show the newest: {newest.question ?? newest.label}
                </button>
              )}
              {shown && <Question onAsk={ask} />}
              <OpenFile onOpen={(file) => void open(file)} />
            </div>
            <EarlierList items={items} shownId={shown?.id ?? null} onChoose={(item) => show(item.id)} />
          </div>
          {/* Not beside the first questions: the same controls twice would confuse. */}
          {status.settings.isSetUp && (
            <SettingsPanel
              bridge={bridge}
              status={status}
              onChange={changeSettings}
              onSetKey={setKey}
              onRemoveKey={() => void removeKey()}
            />
          )}
        </main>
        <StatusLine status={status} />
      </div>
      {grid && <RegionGrid key={grid.gridId} bridge={bridge} grid={grid} onClose={closeGrid} />}
      {isListOpen && <CommandList onRun={(command) => void run(command)} onClose={closeList} say={say} />}
    </>
  )
}
