import { writeFile } from 'node:fs/promises'
import type { AskedModel, ComparedPicture, ModelAnswer } from './compare-output.ts'
import { describeFlags, describeOptions, parse } from './describe-options.ts'
import { exitCodes, UsageError, type ExitCode } from './exit-codes.ts'
import { readPicture } from './picture-input.ts'
import { bindEnvironmentKey, chooseBaseUrl, findKey } from './provider.ts'
import { askYesOrNo, type Terminal } from './terminal.ts'
import type { Detail } from '#shared/caption.ts'
import { asDescryError, DescryError, isAbort, type Failure } from '#shared/errors.ts'
import { captionLanguageOf, openAiBaseUrl } from '#shared/settings.ts'
import { dollars } from '#shared/spent.ts'

const options = {
  detail: describeOptions.detail,
  ask: describeOptions.ask,
  preset: describeOptions.preset,
  lang: describeOptions.lang,
  json: describeOptions.json,
  'base-url': describeOptions['base-url'],
  models: { type: 'string' },
  html: { type: 'string' },
  yes: { type: 'boolean' }
} as const

/** Beyond this it asks first. */
const askAboveUsd = 0.1

/** A picture that can be decoded, or why it cannot. */
type LoadedPicture = { source: string } & ({ bytes: Uint8Array; width: number; height: number } | { failure: Failure })

/** `descry compare FILE|URL|-… --models A,B` */
export async function compareCommand(args: string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parse(args, options)
  const flags = describeFlags(values)
  if (positionals.length === 0) throw new UsageError('compare wants a file, an address, or - for standard input.')
  if (positionals.filter((source) => source === '-').length > 1)
    throw new UsageError('- can be given once: there is one standard input.')
  readModels(values.models, chooseBaseUrl(flags.baseUrl, process.env, openAiBaseUrl))

  const { createDependencies } = await import('#app/dependencies.ts')
  const { needsKey } = await import('#app/keys.ts')
  const { createMeteredDescriber } = await import('#app/captions/metered-describer.ts')
  const { plainOptions } = await import('#app/captions/picture-describer.ts')
  const { knownPreset } = await import('./describe-request.ts')
  const { comparePicture, comparisonPage, printComparison } = await import('./compare-output.ts')

  const dependencies = createDependencies(bindEnvironmentKey(process.env, flags.baseUrl))
  const { settings, warning } = await dependencies.settingsStore.load()
  if (warning !== null) terminal.tell(warning)
  const models = readModels(values.models, chooseBaseUrl(flags.baseUrl, process.env, settings.baseUrl))
  const language = flags.language ?? captionLanguageOf(settings)
  const shared = {
    ...plainOptions,
    // What is compared are the models' own words.
    checksText: false,
    detail: flags.detail ?? settings.detail,
    preset: flags.preset === null ? null : knownPreset(flags.preset, settings),
    question: flags.question,
    language,
    firstTokenTimeoutMs: settings.firstTokenTimeoutMs
  }
  // A comparison asks anew, and what it hears was not checked: it is not kept.
  const describer = createMeteredDescriber(dependencies, () => ({ ...settings, keepCaptions: false }))

  async function load(source: string): Promise<LoadedPicture> {
    try {
      const bytes = await readPicture(source, terminal)
      const { width, height } = await dependencies.decoder.decode(bytes)
      return { source, bytes, width, height }
    } catch (error) {
      if (isAbort(error)) throw error
      return { source, failure: asDescryError(error).toFailure() }
    }
  }

  const pictures: LoadedPicture[] = []
  for (const source of positionals) pictures.push(await load(source))
  terminal.signal.throwIfAborted()
  const sizes = pictures.flatMap((picture) => ('failure' in picture ? [] : [picture]))
  if (!(await agreeToCost(models, sizes, shared.detail, values.yes ?? false, terminal))) return exitCodes.failed
  const keys = new Map<string, string | null>()
  for (const { baseUrl } of models)
    if (!keys.has(baseUrl)) keys.set(baseUrl, await findKey(dependencies, baseUrl, flags, terminal))
  /** Models are asked side by side, the user once. */
  let mayExceed: Promise<boolean> | null = null

  async function askModel(source: string, bytes: Uint8Array, asked: AskedModel): Promise<ModelAnswer> {
    const { model, baseUrl } = asked
    const apiKey = keys.get(baseUrl) ?? null
    try {
      if (apiKey === null && needsKey(baseUrl)) throw new DescryError('no-key')
      const description = await describer.describe(
        {
          bytes,
          source,
          options: { ...shared, model, baseUrl, apiKey, receivedAtMs: dependencies.clock.nowMs() },
          isFresh: true,
          mayExceed: () => (mayExceed ??= askYesOrNo('Your spending limit is reached. Send it all the same?', terminal))
        },
        () => undefined,
        terminal.signal
      )
      if (!description.offline) return { asked, description }
      // Made here because nobody could be reached, or because there is nothing to be seen: no model said that.
      const [why = { code: 'no-picture', message: description.caption, next: 'No model was asked.' } as const] =
        description.warnings
      return { asked, failure: why }
    } catch (error) {
      if (isAbort(error)) throw error
      return { asked, failure: asDescryError(error).toFailure() }
    }
  }

  const compared: ComparedPicture[] = []
  for (const picture of pictures) {
    const { source } = picture
    const result: ComparedPicture =
      'failure' in picture
        ? picture
        : comparePicture(
            source,
            await Promise.all(models.map((asked) => askModel(source, picture.bytes, asked))),
            language
          )
    terminal.signal.throwIfAborted()
    compared.push(result)
    printComparison(result, flags.isJson, terminal)
  }
  await dependencies.reader.close()
  if (values.html !== undefined) await writePage(values.html, comparisonPage(compared, language), terminal)

  const answers = compared.flatMap((picture) => ('failure' in picture ? [false] : picture.answers.map(isAnswered)))
  if (answers.every(Boolean)) return exitCodes.ok
  return answers.some(Boolean) ? exitCodes.someFailed : exitCodes.failed
}

function isAnswered(answer: ModelAnswer): boolean {
  return 'description' in answer
}

/** `MODEL` at the chosen provider, or `ADDRESS#MODEL`. A model asked at two addresses is told apart by them. */
function readModels(typed: string | undefined, baseUrl: string): AskedModel[] {
  const pieces = (typed ?? '').split(',').map((piece) => piece.trim())
  /** By their full names. */
  const models = new Map<string, AskedModel>()
  for (const piece of pieces.filter((piece) => piece !== '')) {
    const at = piece.indexOf('#')
    const [address, model] = at < 0 ? [baseUrl, piece] : [piece.slice(0, at), piece.slice(at + 1)]
    if (model === '' || !/^https?:/iu.test(address) || !URL.canParse(address))
      throw new UsageError(
        `${piece} is no model: --models wants MODEL, or ADDRESS#MODEL with an http or https address.`
      )
    const asked = chooseBaseUrl(address, {}, address)
    const name = `${model} at ${asked.replace(/^https?:\/\//u, '')}`
    models.set(name, { name, model, baseUrl: asked })
  }
  if (models.size < 2) throw new UsageError('compare wants --models with two or more: MODEL, or ADDRESS#MODEL.')
  for (const asked of models.values())
    if ([...models.values()].filter(({ model }) => model === asked.model).length === 1) asked.name = asked.model
  return [...models.values()]
}

/** Says about what it will cost, where that is known, and asks where it is more than a few cents. */
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
  const rest = unknown.length === 0 ? '' : `, without ${unknown.join(', ')}, whose price is not known`
  terminal.tell(`This costs about ${dollars(totalUsd)}${rest}.`)
  if (isAgreed || totalUsd <= askAboveUsd) return true
  if (await askYesOrNo('Go on?', terminal)) return true
  if (!process.stdin.isTTY) terminal.tell('Say --yes to go on.')
  return false
}

async function writePage(path: string, page: string, terminal: Terminal): Promise<void> {
  try {
    await writeFile(path, page)
  } catch (cause) {
    throw new DescryError('no-permission', {
      message: 'The page could not be written.',
      next: 'Give another --html.',
      cause
    })
  }
  terminal.tell(`The page is in ${path}.`)
}
