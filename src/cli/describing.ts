import type { DescribeFlags } from './options.ts'
import { askToExceed, createServiceForRun, presetForRun, settingsForRun } from './describe-request.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { inOrder, sideBySide } from './in-order.ts'
import { asTyped, jsonOutput, speechOutput, textOutput, type Named, type PictureEvent } from './outcome.ts'
import { openChosen } from './parts-flag.ts'
import { bindEnvironmentKey } from './provider.ts'
import { askYesOrNo, canAsk, type Terminal } from './terminal.ts'
import { createSerialQueue } from '#core/async/serial-queue.ts'
import type { DescribeEvent } from '#core/describing/describer-request.ts'
import type { DescribeRequest, SourcePicture } from '#app/describing/request.ts'
import type { Dependencies } from '#app/dependencies.ts'
import { createPictureDependencies } from '#app/picture-dependencies.ts'
import type { Description } from '#shared/caption.ts'
import { asDescryError, DescryError, isAbort } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { captionLanguageOf } from '#shared/settings.ts'

/** What was typed: a capture, or a file, which may contain several pictures. */
export type PictureJob = { source: string } & (
  | { isCapture?: false; load(): Promise<LoadedPicture> }
  /** A capture of the desktop: one picture, whatever its shape. */
  | { isCapture: true; load(dependencies: Dependencies): Promise<LoadedPicture> }
)

type LoadedPicture = Omit<SourcePicture, 'bytes' | 'readText'> & { bytes: Uint8Array }

/** How many files are loaded, decoded and described at a time. */
const sideBySideLimit = 4

/** Describes all pictures here, in this process, and prints and speaks them in the order given. */
export async function describeHere(jobs: PictureJob[], flags: DescribeFlags, terminal: Terminal): Promise<ExitCode> {
  const env = bindEnvironmentKey(process.env, flags.baseUrl)
  // Voices and screen capture take time to load.
  const desktop =
    flags.isSpoken || jobs.some(({ isCapture }) => isCapture)
      ? (await import('#app/dependencies.ts')).createDependencies(env)
      : null
  const dependencies = desktop ?? createPictureDependencies(env)
  const { settings: saved, warning } = await dependencies.settingsStore.load()
  if (warning !== null) terminal.tell(warning)
  const settings = settingsForRun(saved, flags)
  const service = await createServiceForRun({ dependencies, settings, flags, terminal }, dependencies)
  const intent: DescribeRequest['intent'] = {
    preset: presetForRun(flags, settings),
    question: flags.question,
    // With --offline the user wants a result made on this computer, even if there is a saved caption.
    isFresh: flags.isFresh || flags.isOffline,
    mayExceed: askToExceed(terminal)
  }
  const queue = flags.isSpoken && desktop ? (await import('./speech.ts')).openSpeech(desktop, saved, terminal) : null
  const outputs = [flags.isJson ? jsonOutput(terminal) : textOutput(terminal, flags)]
  if (queue)
    outputs.push(
      speechOutput(queue, { isOffline: flags.isOffline, language: captionLanguageOf(settings) }, settings.notices)
    )
  const events = inOrder<{ named: Named; event: PictureEvent }>(jobs.length, (_, { named, event }) => {
    // An interrupted picture is neither a caption nor a failure.
    if (terminal.signal.aborted) return
    for (const output of outputs) output(named, event)
  })

  let [described, failed] = [0, 0]
  // Pictures are described side by side, but questions are asked one after the other.
  const questions = createSerialQueue()

  /** Describes the picture, or reports why it cannot; an interruption is neither. */
  async function attempt(tell: (event: PictureEvent) => void, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (isAbort(error)) return
      failed += 1
      tell({ type: 'failed', failure: asDescryError(error).toFailure() })
    }
  }

  async function describePicture(
    picture: DescribeRequest['picture'],
    tell: (event: PictureEvent) => void
  ): Promise<void> {
    const onEvent = (event: DescribeEvent): void => {
      if (event.type === 'caption') tell({ type: 'text', text: event.text })
      if (event.type === 'notice') tell({ type: 'notice', notice: event.notice })
      if (event.type === 'checking') terminal.tell(t('privacy.checking'))
      if (event.type === 'privacy' && event.privacy.hidden.length > 0)
        tell({ type: 'hidden', hidden: event.privacy.hidden })
    }
    const describe = (how: Partial<DescribeRequest['intent']>): Promise<Description> =>
      service.describe({ picture, intent: { ...intent, ...how } }, { signal: terminal.signal, onEvent })
    const description = await describe({ mayAsk: canAsk() }).catch(async (error: unknown) => {
      if (!(error instanceof DescryError) || error.code !== 'private') throw error
      const isSent = await questions.add(() => askYesOrNo(t('cli.send-hidden', { reason: error.message }), terminal))
      return describe(isSent ? { privacy: 'hide' } : { isLocal: true })
    })
    described += 1
    tell({ type: 'described', description: { ...description, warnings: description.warnings.map(asTyped) } })
  }

  async function describeJob(job: PictureJob, index: number): Promise<void> {
    const fileName = jobs.length > 1 ? job.source : null
    const tellAs =
      (named: Named) =>
      (event: PictureEvent): void =>
        events.push(index, { named, event })
    const tell = tellAs({ source: job.source, heading: fileName })
    await attempt(tell, async () => {
      if (job.isCapture) {
        if (desktop) await describePicture({ source: job.source, origin: 'screen', ...(await job.load(desktop)) }, tell)
        return
      }
      const { bytes, ...context } = await job.load()
      const file = await openChosen(dependencies.opener, bytes, flags.parts)
      try {
        if (file.left > 0)
          terminal.tell(
            t('cli.first-pages-only', {
              source: job.source,
              described: file.chosen.length,
              total: file.chosen.length + file.left
            })
          )
        for (const part of file.chosen) {
          terminal.signal.throwIfAborted()
          const source = job.source + part.fragment
          const names = [fileName, file.chosen.length > 1 ? part.label : null].filter((name) => name !== null)
          const named = { source, heading: names.join(', ') || null }
          const picture: DescribeRequest['picture'] = {
            source,
            origin: 'elsewhere',
            bytes: () => part.load(),
            readText: () => part.text(),
            ...context
          }
          await attempt(tellAs(named), () => describePicture(picture, tellAs(named)))
        }
      } finally {
        await file.close()
      }
    })
  }

  await sideBySide(jobs.length, sideBySideLimit, async (index) => {
    const job = jobs[index]
    if (job && !terminal.signal.aborted) await describeJob(job, index)
    events.finish(index)
  })
  if (queue && !terminal.signal.aborted) await queue.idle()
  await queue?.close()
  if (terminal.signal.aborted) return exitCodes.interrupted
  await dependencies.reader.close()
  if (failed === 0) return exitCodes.ok
  return described > 0 ? exitCodes.someFailed : exitCodes.failed
}
