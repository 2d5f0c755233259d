import type { DescribeFlags } from './describe-options.ts'
import { exitCodes, UsageError, type ExitCode } from './exit-codes.ts'
import { inOrder, sideBySide } from './in-order.ts'
import { jsonOutlet, speechOutlet, textOutlet, type PictureEvent } from './outcome.ts'
import { bindEnvironmentKey, chooseBaseUrl, isSafeForKey } from './provider.ts'
import { chooseParts } from './parts-flag.ts'
import { openSpeech } from './speech.ts'
import { askYesOrNo, waitForKeychain, type Terminal } from './terminal.ts'
import { createKeys } from '#app/keys.ts'
import { createParts, type Parts } from '#app/parts.ts'
import { findPreset } from '#app/caption-request.ts'
import { createMeteredDescriber } from '#app/metered-describer.ts'
import { plainOptions, systemLanguage, type DescribeOptions } from '#app/picture-describer.ts'
import type { Fallback } from '#core/describing/fallback.ts'
import { presets, type OwnPreset, type Preset } from '#shared/caption.ts'
import { asDescryError, isAbort } from '#shared/errors.ts'
import type { Settings } from '#shared/settings.ts'
import { dollars } from '#shared/spent.ts'

/** One picture, or one file of several, to be described. */
export interface PictureJob {
  /** As typed, for people and for `source`. */
  source: string
  load(parts: Parts): Promise<{
    bytes: Uint8Array
    windowTitle: string | null
    applicationName: string | null
  }>
  /** A capture of the desktop: one picture, whatever its shape. */
  isCapture?: boolean
}

/** Pictures that are loaded, decoded and asked about at the same time. */
const sideBySideLimit = 4

/** Describes all pictures here, in this process, and prints and speaks them in the order given. */
export async function describeHere(jobs: PictureJob[], flags: DescribeFlags, terminal: Terminal): Promise<ExitCode> {
  const parts = createParts(bindEnvironmentKey(process.env, flags.baseUrl))
  const { settings, warning } = await parts.settingsStore.load()
  if (warning !== null) terminal.tell(warning)
  const preset = flags.preset === null ? null : knownPreset(flags.preset, settings)
  const baseUrl = chooseBaseUrl(flags.baseUrl, process.env, settings.baseUrl)
  // While the first picture is being read: a keychain takes its time.
  const apiKey = findKey(parts, baseUrl, flags, terminal)
  apiKey.catch(() => undefined)
  const language = flags.language ?? settings.language ?? systemLanguage()
  const options = async (): Promise<Omit<DescribeOptions, 'receivedAtMs'>> => ({
    ...plainOptions,
    detail: flags.detail ?? settings.detail,
    preset,
    question: flags.question,
    language,
    model: flags.model ?? settings.model,
    baseUrl,
    apiKey: await apiKey,
    fallback: flags.baseUrl === null ? fallbackHere(parts, settings, flags, terminal) : null,
    firstTokenTimeoutMs: settings.firstTokenTimeoutMs,
    whyLocal: flags.isOffline ? 'offline' : null
  })
  const describer = createMeteredDescriber(parts, () => settings)

  const run = { hasSeveral: jobs.length > 1, isOffline: flags.isOffline }
  const queue = flags.isSpoken ? openSpeech(parts, settings, terminal) : null
  const outlets = [flags.isJson ? jsonOutlet(terminal) : textOutlet(terminal, run)]
  if (queue) outlets.push(speechOutlet(queue, run))
  const events = inOrder<{ source: string; event: PictureEvent }>(jobs.length, (_, { source, event }) => {
    // What was interrupted is neither a caption nor a failure.
    if (terminal.signal.aborted) return
    for (const outlet of outlets) outlet(source, event)
  })

  let [described, failed] = [0, 0]

  async function describeOne(index: number, source: string, picture: LoadedPicture): Promise<void> {
    const push = (event: PictureEvent): void => events.push(index, { source, event })
    try {
      const bytes = await picture.load()
      const knownText = (await picture.text?.()) ?? null
      terminal.signal.throwIfAborted()
      const request = {
        bytes,
        source,
        options: { ...(await options()), ...picture.context, knownText, receivedAtMs: parts.clock.nowMs() },
        isFresh: flags.isFresh,
        mayExceed: (estimateUsd: number | null) => askToExceed(estimateUsd, terminal)
      }
      const description = await describer.describe(
        request,
        (event) => {
          if (event.type === 'caption') push({ type: 'text', text: event.text })
        },
        terminal.signal
      )
      described += 1
      push({ type: 'described', description })
    } catch (error) {
      if (isAbort(error)) return
      failed += 1
      push({ type: 'failed', failure: asDescryError(error).toFailure() })
    }
  }

  async function describeJob(index: number): Promise<void> {
    const job = jobs[index]
    if (!job || terminal.signal.aborted) return
    const { bytes, ...context } = await job.load(parts)
    if (job.isCapture)
      return describeOne(index, job.source, { load: async () => bytes, context: { ...context, origin: 'screen' } })
    const file = await parts.opener.open(bytes)
    try {
      const chosen = chooseParts(file, bytes, flags.parts)
      if (chosen.left > 0)
        terminal.tell(`${job.source}: ${chosen.parts.length} of ${file.parts.length} pages; --parts all for the rest.`)
      for (const part of chosen.parts)
        await describeOne(index, job.source + part.fragment, {
          load: () => part.load(),
          text: () => part.text(),
          context
        })
    } finally {
      await file.close()
    }
  }

  await sideBySide(jobs.length, sideBySideLimit, async (index) => {
    try {
      await describeJob(index)
    } catch (error) {
      if (isAbort(error)) return
      failed += 1
      const event = { type: 'failed' as const, failure: asDescryError(error).toFailure() }
      events.push(index, { source: jobs[index]?.source ?? '', event })
    } finally {
      events.finish(index)
    }
  })
  if (queue && !terminal.signal.aborted) await queue.idle()
  await queue?.close()
  if (terminal.signal.aborted) return exitCodes.interrupted
  await parts.reader.close()
  if (failed === 0) return exitCodes.ok
  return described > 0 ? exitCodes.someFailed : exitCodes.failed
}

interface LoadedPicture {
  load: () => Promise<Uint8Array>
  text?: () => Promise<string | null>
  context: Pick<DescribeOptions, 'windowTitle' | 'applicationName'> & Partial<Pick<DescribeOptions, 'origin'>>
}

/** An unknown name is a wrong command line. */
export function knownPreset(name: string, settings: Settings): Preset | OwnPreset {
  try {
    return findPreset(name, settings)
  } catch {
    const names = [...presets, ...settings.presets.map((own) => own.name)]
    throw new UsageError(`--preset wants one of ${names.join(', ')}.`)
  }
}

/** The user who names a fallback in the settings agreed to it; `--offline` and another `--base-url` are stronger. */
function fallbackHere(parts: Parts, settings: Settings, flags: DescribeFlags, terminal: Terminal): Fallback | null {
  const { fallback } = settings
  if (fallback === null || flags.isOffline) return null
  return {
    ...fallback,
    maySend: () => true,
    connect: async () => parts.connectVision(fallback.baseUrl, await findKey(parts, fallback.baseUrl, flags, terminal))
  }
}

async function askToExceed(estimateUsd: number | null, terminal: Terminal): Promise<boolean> {
  const price = estimateUsd === null ? '' : ` It costs about ${dollars(estimateUsd)}.`
  return askYesOrNo(`Your spending limit is reached.${price} Send it all the same?`, terminal)
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
