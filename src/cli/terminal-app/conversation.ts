import { UsageError } from '../exit-codes.ts'
import {
  commandNames,
  findCommandNamed,
  helpOf,
  inputOf,
  takesItem,
  usageOf,
  type OwnCommand,
  type TableCommand
} from './command-words.ts'
import { historyLines, itemLines } from './history-lines.ts'
import type { Prompt } from './prompt.ts'
import type { Session } from './session.ts'
import { changeSetting, describeSettings } from './setting-lines.ts'
import { readSources, readTypedLine, type Source } from './typed-line.ts'
import { fetchPicture } from '#adapters/pictures/picture-address.ts'
import { isSafeForKey } from '#shared/addresses.ts'
import type { Item } from '#shared/bridge.ts'
import { asDescryError, failureText, isAbort } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

/** Answers what is typed at the prompt. */
export interface Conversation {
  /**
   * Does what a line says and resolves when that is done; true if the user wants to quit. Failures are written; the signal
   * ends only what the app does not do itself.
   */
  answer(line: string, signal: AbortSignal): Promise<boolean>
  /** Opens what was named on the command line. */
  open(sources: Source[], signal: AbortSignal): Promise<void>
}

export interface ConversationOptions {
  session: Session
  prompt: Pick<Prompt, 'ask' | 'readHidden'>
  /** Writes a line. */
  write: (line: string) => void
  /** Work begins that may take long; the user must not be left in silence. */
  onWait: () => void
}

/** Commands that may send a picture. */
const describing = new Set<TableCommand>([
  'screen',
  'region',
  'changed',
  'clipboard',
  'open',
  'ask',
  'more',
  'second-opinion'
])
/** Commands for Descry's own voice. */
const speaking = new Set<TableCommand>(['pause', 'previous-sentence', 'next-sentence', 'spell', 'slower', 'faster'])

export function createConversation({ session, prompt, write, onWait }: ConversationOptions): Conversation {
  const { app } = session
  /** The picture of the history that the user went back to; null for the newest. */
  let currentId: string | null = null
  let wasAskedToSend = false

  const items = async (): Promise<Item[]> => (await app.handlers.snapshot(null)).items

  /** Asks, once, whether pictures may be sent, if everything else is there. */
  async function agreeToSend(): Promise<void> {
    await app.reloadSettings()
    if (session.isSendingOn || !session.canSend || wasAskedToSend) return
    const { provider } = session
    const typed = await prompt.ask(t('cli.yes-or-no', { question: t('terminal.ask-to-send', { provider }) }))
    // Given up with Ctrl-C: what it was asked for is given up, too.
    if (typed === null) return
    wasAskedToSend = true
    const isAllowed = /^\s*y(?:es)?\s*$/iu.test(typed)
    if (isAllowed) await session.allowSending(true)
    write(isAllowed ? t('terminal.sending-on') : t('terminal.sending-off'))
  }

  async function open(sources: Source[], signal: AbortSignal): Promise<void> {
    await agreeToSend()
    for (const source of sources) {
      if (signal.aborted) return
      const name = source.kind === 'file' ? source.path : source.address
      if (sources.length > 1) write(t('terminal.picture', { name }))
      const known = new Set((await items()).map(({ id }) => id))
      onWait()
      await openSource(source, signal)
      currentId = null
      const added = (await items()).filter(({ id }) => !known.has(id))
      if (added.length > 1) write(t('terminal.more-parts'))
      await finish(signal)
    }
  }

  async function openSource(source: Source, signal: AbortSignal): Promise<void> {
    if (source.kind === 'file') {
      await app.run('open', { path: source.path }, 'terminal')
      return
    }
    const { pathname, hostname } = new URL(source.address)
    const bytes = await fetchPicture(source.address, { signal, mayBePrivate: true })
    await app.handlers['open-file']({ name: pathname.split('/').findLast(Boolean) ?? hostname, bytes })
  }

  /** Waits for the captions that were begun. */
  async function finish(signal: AbortSignal): Promise<void> {
    // Stopped while the picture was still being loaded: its caption has begun since.
    if (signal.aborted) await app.run('stop', {}, 'terminal')
    await app.idle()
  }

  async function run(id: TableCommand, rest: string, signal: AbortSignal): Promise<void> {
    const input = inputOf(id, rest)
    if (speaking.has(id) && !session.isVoiceOn) return write(t('terminal.voice.needed'))
    if (id === 'ask' && (await items()).length === 0) return write(t('terminal.nothing-to-ask-about'))
    if (describing.has(id)) {
      await agreeToSend()
      if (signal.aborted) return
      onWait()
    }
    const reply = await app.run(
      id,
      { ...input, ...(currentId !== null && takesItem(id) && { itemId: currentId }) },
      'terminal'
    )
    // Everything else is said, and so written.
    if (reply.ok && id === 'diagnostics')
      for (const line of (reply.value as { text: string }).text.split('\n')) write(line)
    if (reply.ok && describing.has(id)) currentId = null
    await finish(signal)
  }

  async function history(rest: string, signal: AbortSignal): Promise<void> {
    const all = await items()
    if (rest === '') {
      for (const line of historyLines(all)) write(line)
      return
    }
    const item = /^\d+$/u.test(rest) ? all[Number(rest) - 1] : undefined
    if (!item) throw new UsageError(t('terminal.history.no-such-number', { number: rest }))
    currentId = item.id
    if (item.state !== 'waiting') {
      for (const line of itemLines(item)) write(line)
      return
    }
    await agreeToSend()
    if (signal.aborted) return
    onWait()
    await app.handlers.describe({ itemId: item.id })
    await finish(signal)
  }

  async function settings(rest: string): Promise<void> {
    await app.reloadSettings()
    const [, name = '', value = ''] = /^(\S*)\s*(.*)$/su.exec(rest) ?? []
    if (name !== '' && value !== '') await changeSetting(session, name, value)
    if (name === 'provider' && session.environmentBaseUrl !== null)
      write(t('terminal.settings.from-environment', { address: session.environmentBaseUrl }))
    for (const line of describeSettings(session, name === '' ? undefined : name)) write(line)
    if (name === '') write(t('terminal.settings.next'))
  }

  async function voice(rest: string): Promise<void> {
    if (rest !== '' && rest !== 'on' && rest !== 'off')
      throw new UsageError(t('terminal.usage', { usage: usageOf('voice') }))
    if (rest === 'off' && session.isVoiceOn) await app.run('stop', {}, 'terminal')
    if (rest !== '') session.isVoiceOn = rest === 'on'
    write(session.isVoiceOn ? t('terminal.voice.on') : t('terminal.voice.off'))
  }

  async function key(): Promise<void> {
    const address = session.settings.baseUrl
    if (!isSafeForKey(address)) throw new UsageError(t('cli.key.not-encrypted'))
    const typed = (await prompt.readHidden(t('cli.key.prompt', { address }))).trim()
    if (typed === '') throw new UsageError(t('cli.key.none-given'))
    const { key: state } = await app.handlers['set-key']({ key: typed })
    write(state === 'session' ? t('settings.key.state.session') : t('cli.key.stored', { address }))
  }

  function help(rest: string): void {
    if (rest !== '') {
      const found = findCommandNamed(rest.replace(/^:/u, ''))
      const name = 'own' in found ? found.own : found.table
      return write(t('terminal.help.row', { usage: usageOf(name), help: helpOf(name) }))
    }
    write(t('terminal.help.row', { usage: t('terminal.help.path.usage'), help: t('terminal.help.path') }))
    write(t('terminal.help.row', { usage: t('terminal.help.question.usage'), help: t('terminal.help.question') }))
    for (const name of commandNames) write(t('terminal.help.row', { usage: usageOf(name), help: helpOf(name) }))
    write(t('terminal.help.keys'))
  }

  const own: Record<Exclude<OwnCommand, 'quit'>, (rest: string, signal: AbortSignal) => void | Promise<void>> = {
    help,
    history,
    settings,
    voice,
    key
  }

  async function answer(line: string, signal: AbortSignal): Promise<boolean> {
    const typed = readTypedLine(line)
    if (typed.kind === 'pictures') await open(typed.sources, signal)
    if (typed.kind === 'missing') {
      const isLikeQuestion = /\s/u.test(typed.path)
      write(
        [
          t('terminal.no-such-file', { path: typed.path }),
          ...(isLikeQuestion ? [t('terminal.no-such-file.next')] : [])
        ].join('. ')
      )
    }
    if (typed.kind === 'question') await run('ask', typed.question, signal)
    if (typed.kind !== 'command') return false
    const found = findCommandNamed(typed.name)
    // Quoted and escaped like a path without a command.
    const sources = 'table' in found && found.table === 'open' ? readSources(typed.rest) : null
    if (sources) await open(sources, signal)
    else if ('table' in found) await run(found.table, typed.rest, signal)
    else if (found.own === 'quit') return true
    else await own[found.own](typed.rest, signal)
    return false
  }

  /** Does the work, and writes why if it cannot be done. */
  async function safely<Value>(work: () => Promise<Value>, otherwise: Value): Promise<Value> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof UsageError) write(error.message)
      else if (!isAbort(error)) write(failureText(asDescryError(error)))
      return otherwise
    }
  }

  return {
    answer: (line, signal) => safely(() => answer(line, signal), false),
    open: (sources, signal) => safely(() => open(sources, signal), undefined)
  }
}
