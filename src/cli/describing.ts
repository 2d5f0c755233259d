import type { DescribeFlags } from './describe-options.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { inOrder, sideBySide } from './in-order.ts'
import { jsonOutlet, speechOutlet, textOutlet, type PictureEvent } from './outcome.ts'
import { bindEnvironmentKey, chooseBaseUrl, isSafeForKey } from './provider.ts'
import { openSpeech } from './speech.ts'
import { waitForKeychain, type Terminal } from './terminal.ts'
import { createKeys } from '#app/keys.ts'
import { createParts, type Parts } from '#app/parts.ts'
import { describePicture, systemLanguage, type DescribeOptions } from '#app/picture-describer.ts'
import type { Preset } from '#shared/caption.ts'
import { asDescryError, isAbort } from '#shared/errors.ts'

/** One picture to be described. */
export interface PictureJob {
  /** As typed, for people and for `source`. */
  source: string
  load(parts: Parts): Promise<{ bytes: Uint8Array; windowTitle: string | null; applicationName: string | null }>
}

/** Pictures that are loaded, decoded and asked about at the same time. */
const sideBySideLimit = 4

/** Describes all pictures here, in this process, and prints and speaks them in the order given. */
export async function describeHere(
  jobs: PictureJob[],
  flags: DescribeFlags,
  terminal: Terminal,
  defaultPreset: Preset | null = null
): Promise<ExitCode> {
  const parts = createParts(bindEnvironmentKey(process.env, flags.baseUrl))
  const { settings, warning } = await parts.settingsStore.load()
  if (warning !== null) terminal.tell(warning)
  const baseUrl = chooseBaseUrl(flags.baseUrl, process.env, settings.baseUrl)
  // While the first picture is being read: a keychain takes its time.
  const apiKey = findKey(parts, baseUrl, flags, terminal)
  apiKey.catch(() => undefined)
  const language = flags.language ?? settings.language ?? systemLanguage()
  const options = async (): Promise<Omit<DescribeOptions, 'receivedAtMs'>> => ({
    detail: flags.detail ?? settings.detail,
    preset: flags.preset ?? defaultPreset,
    question: flags.question,
    language,
    model: flags.model ?? settings.model,
    baseUrl,
    apiKey: await apiKey,
    isOffline: flags.isOffline,
    firstTokenTimeoutMs: settings.firstTokenTimeoutMs,
    windowTitle: null,
    applicationName: null
  })

  const run = { hasSeveral: jobs.length > 1, isOffline: flags.isOffline }
  const queue = flags.isSpoken ? openSpeech(parts, settings, terminal) : null
  const outlets = [flags.isJson ? jsonOutlet(terminal) : textOutlet(terminal, run)]
  if (queue) outlets.push(speechOutlet(queue, language, run))
  const events = inOrder<PictureEvent>(jobs.length, (index, event) => {
    // What was interrupted is neither a caption nor a failure.
    if (terminal.signal.aborted) return
    for (const outlet of outlets) outlet(jobs[index]?.source ?? '', event)
  })

  let described = 0
  await sideBySide(jobs.length, sideBySideLimit, async (index) => {
    const job = jobs[index]
    if (!job || terminal.signal.aborted) return
    try {
      const { bytes, ...context } = await job.load(parts)
      const receivedAtMs = parts.clock.nowMs()
      const picture = await parts.decoder.decode(bytes)
      terminal.signal.throwIfAborted()
      const description = await describePicture(
        parts,
        picture,
        job.source,
        { ...(await options()), ...context, receivedAtMs },
        (event) => {
          if (event.type === 'caption') events.push(index, { type: 'text', text: event.text })
        },
        terminal.signal
      )
      described += 1
      events.push(index, { type: 'described', description })
    } catch (error) {
      if (isAbort(error)) return
      events.push(index, { type: 'failed', failure: asDescryError(error).toFailure() })
    } finally {
      events.finish(index)
    }
  })
  if (queue && !terminal.signal.aborted) await queue.idle()
  await queue?.close()
  if (terminal.signal.aborted) return exitCodes.interrupted
  await parts.reader.close()
  if (described === jobs.length) return exitCodes.ok
  return described > 0 ? exitCodes.someFailed : exitCodes.failed
}

/** The key for this address; null where none may or need be sent. */
export async function findKey(
  parts: Parts,
  baseUrl: string,
  flags: Pick<DescribeFlags, 'isOffline'>,
  terminal: Terminal
): Promise<string | null> {
  if (flags.isOffline) return null
  if (isSafeForKey(baseUrl))
    return waitForKeychain(createKeys(parts.keys, parts.environmentKey).find(baseUrl), terminal)
  if (parts.environmentKey?.baseUrl === baseUrl)
    terminal.tell('The key is not sent, because the address is not encrypted. Use https to send it.')
  return null
}
