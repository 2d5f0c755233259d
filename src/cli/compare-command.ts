import { writeFile } from 'node:fs/promises'
import type { AskedModel, ComparedPicture, ModelAnswer } from './compare-output.ts'
import { declared } from './declaration.ts'
import { exitCodes, UsageError, type ExitCode } from './exit-codes.ts'
import { readPicture } from './picture-input.ts'
import { bindEnvironmentKey, chooseBaseUrl } from './provider.ts'
import { describeFlags } from './options.ts'
import { parse } from './syntax.ts'
import { askYesOrNo, type Terminal } from './terminal.ts'
import type { Detail } from '#shared/caption.ts'
import { asDescryError, DescryError, isAbort, type Failure } from '#shared/errors.ts'
import { formatList } from '#shared/messages/formats.ts'
import { t } from '#shared/messages/messages.ts'
import { captionLanguageOf, openAiBaseUrl } from '#shared/settings.ts'
import { dollars } from '#shared/spent.ts'

/** A comparison asks before it spends more than this. */
const askAboveUsd = 0.1

/** A picture whose size is known, or why it cannot be read. */
type LoadedPicture = { source: string } & ({ bytes: Uint8Array; width: number; height: number } | { failure: Failure })

/** `descry compare FILE|URL|-… --models A,B` */
export async function compareCommand(args: string[], terminal: Terminal): Promise<ExitCode> {
  const { values, operands } = parse(declared.compare, args)
  const flags = describeFlags(values)
  if (operands.filter((source) => source === '-').length > 1) throw new UsageError(t('cli.one-standard-input'))
  readModels(values.models, chooseBaseUrl(flags.baseUrl, process.env, openAiBaseUrl))

  const { createDependencies } = await import('#app/dependencies.ts')
  const { needsKey } = await import('#app/keys.ts')
  const { readPictureHeader } = await import('#adapters/pictures/picture-header.ts')
  const { askToExceed, createKeyFinder, createServiceForRun, presetForRun, settingsForRun } =
    await import('./describe-request.ts')
  const { comparePicture, comparisonPage, printComparison } = await import('./compare-output.ts')

  const dependencies = createDependencies(bindEnvironmentKey(process.env, flags.baseUrl))
  const { settings: saved, warning } = await dependencies.settingsStore.load()
  if (warning !== null) terminal.tell(warning)
  const settings = settingsForRun(saved, flags)
  const models = readModels(values.models, settings.baseUrl)
  const language = captionLanguageOf(settings)
  const findKey = createKeyFinder({ dependencies, flags, terminal })
  // A comparison always sends new requests. Its captions are not saved, so they are not checked.
  const service = await createServiceForRun(
    { dependencies, settings, flags, terminal, findKey },
    { spending: dependencies.spending, captions: null }
  )
  const intent = {
    preset: presetForRun(flags, settings),
    question: flags.question,
    // The models' own words are compared.
    checksText: false,
    mayExceed: askToExceed(terminal)
  }

  async function load(source: string): Promise<LoadedPicture> {
    try {
      const bytes = await readPicture(source, terminal)
      const { width, height } = readPictureHeader(bytes)
      return { source, bytes, width, height }
    } catch (error) {
      if (isAbort(error)) throw error
      return { source, failure: asDescryError(error).toFailure() }
    }
  }

  const pictures: LoadedPicture[] = []
  for (const source of operands) pictures.push(await load(source))
  terminal.signal.throwIfAborted()
  const sizes = pictures.flatMap((picture) => ('failure' in picture ? [] : [picture]))
  if (!(await agreeToCost(models, sizes, settings.detail, values.yes, terminal))) return exitCodes.failed
  async function askModel(source: string, bytes: Uint8Array, asked: AskedModel): Promise<ModelAnswer> {
    try {
      if (needsKey(asked.baseUrl) && (await findKey(asked.baseUrl)) === null) throw new DescryError('no-key')
      const picture = { source, bytes, origin: 'elsewhere', windowTitle: null, applicationName: null } as const
      const description = await service.describe({ picture, intent: { ...intent, other: asked } }, terminal)
      if (!description.offline) return { asked, description }
      // Made on this computer, not by a model, because no provider could be reached or the picture is blank.
      const [why = { code: 'no-picture', message: description.caption, next: t('cli.compare-not-asked') } as const] =
        description.warnings
      return { asked, failure: why }
    } catch (error) {
      if (isAbort(error)) throw error
      return { asked, failure: asDescryError(error).toFailure() }
    }
  }

  async function compare(picture: LoadedPicture): Promise<ComparedPicture> {
    if ('failure' in picture) return picture
    const { source, bytes } = picture
    try {
      // A damaged picture is the picture's failure, not each model's.
      await dependencies.decoder.decode(bytes)
    } catch (error) {
      return { source, failure: asDescryError(error).toFailure() }
    }
    const answers = await Promise.all(models.map((asked) => askModel(source, bytes, asked)))
    return comparePicture(source, answers, language)
  }

  const compared: ComparedPicture[] = []
  for (const picture of pictures) {
    const result = await compare(picture)
    terminal.signal.throwIfAborted()
    compared.push(result)
    printComparison(result, flags.isJson, terminal)
  }
  await dependencies.reader.close()
  if (values.html !== null) await writePage(values.html, comparisonPage(compared, language), terminal)

  const answers = compared.flatMap((picture) => ('failure' in picture ? [false] : picture.answers.map(isAnswered)))
  if (answers.every(Boolean)) return exitCodes.ok
  return answers.some(Boolean) ? exitCodes.someFailed : exitCodes.failed
}

function isAnswered(answer: ModelAnswer): boolean {
  return 'description' in answer
}

/** `MODEL` at the chosen provider, or `ADDRESS#MODEL`. A model used at two addresses is identified by address. */
function readModels(typed: string, baseUrl: string): AskedModel[] {
  const pieces = typed.split(',').map((piece) => piece.trim())
  /** By their full names. */
  const models = new Map<string, AskedModel>()
  for (const piece of pieces.filter((piece) => piece !== '')) {
    const at = piece.indexOf('#')
    const [address, model] = at < 0 ? [baseUrl, piece] : [piece.slice(0, at), piece.slice(at + 1)]
    if (model === '' || !/^https?:/iu.test(address) || !URL.canParse(address))
      throw new UsageError(t('cli.compare.not-a-model', { typed: piece }))
    const asked = chooseBaseUrl(address, {}, address)
    const name = `${model} at ${asked.replace(/^https?:\/\//u, '')}`
    models.set(name, { name, model, baseUrl: asked })
  }
  if (models.size < 2) throw new UsageError(t('cli.compare.needs-models'))
  for (const asked of models.values())
    if ([...models.values()].filter(({ model }) => model === asked.model).length === 1) asked.name = asked.model
  return [...models.values()]
}

/** Shows the estimated cost, if known, and asks if it is more than a few cents. */
async function agreeToCost(
  models: AskedModel[],
  pictures: { width: number; height: number }[],
  detail: Detail,
  isAgreed: boolean,
  terminal: Terminal
): Promise<boolean> {
  const { estimateCostUsd } = await import('#core/spending/estimate.ts')
  let totalUsd = 0
  const unknown: string[] = []
  for (const { name, model, baseUrl } of models) {
    const costs = pictures.map((picture) => estimateCostUsd(model, baseUrl, picture, detail))
    if (costs.includes(null)) unknown.push(name)
    for (const cost of costs) totalUsd += cost ?? 0
  }
  if (totalUsd === 0) return true
  const cost = dollars(totalUsd)
  terminal.tell(
    unknown.length === 0
      ? t('cli.compare.cost', { cost })
      : t('cli.compare.cost-without', { cost, models: formatList(unknown) })
  )
  if (isAgreed || totalUsd <= askAboveUsd) return true
  if (await askYesOrNo(t('cli.continue'), terminal)) return true
  if (!process.stdin.isTTY) terminal.tell(t('cli.compare.needs-agreement'))
  return false
}

async function writePage(path: string, page: string, terminal: Terminal): Promise<void> {
  try {
    await writeFile(path, page)
  } catch (cause) {
    throw new DescryError('no-permission', {
      message: t('cli.compare.page-unwritable'),
      next: t('cli.compare.page-unwritable.next'),
      cause
    })
  }
  terminal.tell(t('cli.compare.page-written', { path }))
}
