import { basename, dirname, extname, join, relative, resolve } from 'node:path'
import { listFormat, writeList } from './batch-output.ts'
import { declared } from './declaration.ts'
import { exitCodes, UsageError, type ExitCode } from './exit-codes.ts'
import { asTyped } from './outcome.ts'
import { bindEnvironmentKey, chooseBaseUrl, findKey } from './provider.ts'
import { describeFlags } from './options.ts'
import { parse } from './syntax.ts'
import type { Terminal } from './terminal.ts'
import { failureText, type ErrorCode, type Failure } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import type { Privacy } from '#shared/privacy-rules.ts'
import { captionLanguageOf, openAiBaseUrl } from '#shared/settings.ts'

/** Not about a single picture, so shown only once. */
const aboutTheRun = new Set<ErrorCode>(['no-key', 'bad-key', 'no-credit', 'over-limit', 'model-gone', 'provider-down'])

/** `descry batch FOLDER --out FILE` */
export async function batchCommand(args: string[], terminal: Terminal): Promise<ExitCode> {
  const { values, operands } = parse(declared.batch, args)
  const flags = describeFlags(values)
  const [typed = ''] = operands
  if (flags.isJson) throw new UsageError(t('cli.batch.out-instead-of-json'))
  const isProviderBatch = values.api === 'batch'
  if (isProviderBatch && flags.isOffline)
    throw new UsageError(t('cli.cannot-combine', { first: '--api batch', second: '--offline' }))
  const maxCostUsd = values['max-cost']
  const format = listFormat(values.out)
  chooseBaseUrl(flags.baseUrl, process.env, openAiBaseUrl)

  const { createDependencies } = await import('#app/dependencies.ts')
  const { needsKey } = await import('#app/keys.ts')
  const { runBatch, sortFiles } = await import('#app/batch/batch.ts')
  const { createPictureKeys } = await import('#app/batch/picture-keys.ts')
  const { openJournal } = await import('#app/batch/journal.ts')
  const { listPictures } = await import('#app/batch/picture-list.ts')
  const { agreeToCost } = await import('./batch-cost.ts')
  const { presetForRun, settingsForRun } = await import('./describe-request.ts')
  const { openSpeech } = await import('./speech.ts')
  const { createBatchProgress } = await import('#core/batch/progress.ts')
  const { DescryError } = await import('#shared/errors.ts')

  const dependencies = createDependencies(bindEnvironmentKey(process.env, flags.baseUrl))
  const { settings: saved, warning } = await dependencies.settingsStore.load()
  if (warning !== null) terminal.tell(warning)
  const folder = resolve(typed)
  const out = resolve(values.out)
  const settings = settingsForRun(saved, flags)
  const { baseUrl } = settings
  const apiKey = await findKey(dependencies, baseUrl, flags, terminal)
  if (apiKey === null && !flags.isOffline && needsKey(baseUrl)) throw new DescryError('no-key')
  const language = captionLanguageOf(settings)
  const asked = {
    detail: settings.detail,
    preset: presetForRun(flags, settings),
    question: flags.question,
    language,
    model: settings.model,
    baseUrl,
    apiKey,
    isOffline: flags.isOffline,
    firstTokenTimeoutMs: settings.firstTokenTimeoutMs,
    privacy: settings
  }

  const { files, leftOut } = await listPictures(folder, { isRecursive: values.recursive }, terminal.signal)
  if (leftOut !== null) terminal.tell(leftOut)
  if (files.length === 0) {
    throw new DescryError('no-picture', {
      message: t('batch.no-pictures'),
      next: t('batch.no-pictures.next')
    })
  }
  // The same journal for every kind of list, so that another kind costs nothing.
  const beside = join(dirname(out), basename(out, extname(out)))
  const journal = await openJournal(`${beside}.journal`)
  const stop = new AbortController()
  const queue = flags.isSpoken ? openSpeech(dependencies, settings, terminal) : null
  const altText = values.write ? (await import('#adapters/pictures/xmp.ts')).createPictureAltText() : null
  try {
    const keys = createPictureKeys(asked, journal)
    const sorted = await sortFiles(files, journal, keys, altText, terminal.signal)
    if (sorted.lostAnswers > 0) {
      const lost = t('batch.answers-lost', { count: sorted.lostAnswers })
      terminal.tell(lost)
      queue?.say(lost, 'normal', 'en')
    }
    const budget = await agreeToCost(
      {
        ...asked,
        files: flags.isOffline ? [] : sorted.open,
        factor: isProviderBatch ? 0.5 : 1,
        maxCostUsd,
        isAgreed: values.yes
      },
      { spending: dependencies.spending, settings },
      terminal
    )
    if (budget === null) return exitCodes.failed
    const providerBatches = isProviderBatch
      ? (await import('#adapters/providers/openai-batches.ts')).createOpenAiBatches(
          { baseUrl, apiKey },
          `${beside}.requests.jsonl`
        )
      : null
    const tellOf = createTeller(flags.isOffline, terminal)
    const progress = createBatchProgress(files.length, dependencies.clock, {
      onShown: (sentence) => terminal.tell(sentence),
      onSpoken: (sentence) => queue?.say(sentence, 'normal', 'en')
    })
    terminal.onFirstInterrupt(() => {
      terminal.tell(t('batch.stopping'))
      stop.abort()
    })
    const outcomes = await runBatch(dependencies, {
      ...budget,
      sorted,
      options: asked,
      keys,
      journal,
      providerBatches,
      altText,
      onNote: (sentence) => terminal.tell(sentence),
      onWait: (waitMs) => progress.wait(waitMs),
      onFinished(file, outcome, isFromEarlier) {
        progress.step(isFromEarlier)
        const failures = outcome.type === 'failed' ? [outcome.failure] : outcome.description.warnings
        for (const failure of failures) tellOf(file.name, failure)
      },
      stop: stop.signal,
      signal: terminal.signal
    }).finally(() => progress.end())
    const pictures = files.map(({ name }, index) => ({ name, outcome: outcomes[index] as (typeof outcomes)[number] }))
    const pictureBase = relative(dirname(out), folder).replaceAll('\\', '/')
    await writeList(out, format(pictures, { language, pictureBase }))
    const described = outcomes.filter(({ type }) => type === 'described').length
    const withAction = (action: Privacy['action']): number =>
      outcomes.filter((one) => one.type === 'described' && one.description.privacy.action === action).length
    const [hidden, kept] = [withAction('hidden'), withAction('local')]
    const closing = [
      t('batch.done', { described, total: files.length }),
      ...(hidden > 0 ? [t('batch.hidden', { count: hidden })] : []),
      ...(kept > 0 ? [t('batch.kept-private', { count: kept })] : [])
    ].join(' ')
    terminal.tell(`${closing} ${t('batch.list-written', { path: out })}`)
    queue?.say(closing, 'normal', 'en')
    await queue?.idle()
    if (described === files.length) return exitCodes.ok
    return described > 0 ? exitCodes.someFailed : exitCodes.failed
  } catch (error) {
    if (terminal.signal.aborted || stop.signal.aborted) terminal.tell(t('batch.interrupted'))
    throw error
  } finally {
    await journal.close()
    await altText?.close()
    await queue?.close()
    if (!terminal.signal.aborted) await dependencies.reader.close()
  }
}

function createTeller(isOffline: boolean, terminal: Terminal): (name: string, failure: Failure) => void {
  // The user asked for this and needs no notice.
  const told = new Set<ErrorCode>(isOffline ? ['offline'] : [])
  return (name, failure) => {
    const { code } = failure
    if (told.has(code)) return
    if (aboutTheRun.has(code)) told.add(code)
    terminal.tell(`${aboutTheRun.has(code) ? '' : `${name}: `}${failureText(asTyped(failure))}`)
  }
}
