/**
 * `npm run privacy [-- --set tune|report] [-- --seed N] [-- --kind K] [-- --save FOLDER] [-- --cache]`: how well private
 * values are hidden before a picture is sent. Draws a set of test/privacy-set, passes it through the privacy gate with the
 * default settings, and reads the result again, at the places of its values, with Tesseract. Set `tune` is for tuning,
 * `report`, the default, for reporting. --kind takes only pictures with this kind. --save writes the pictures that went wrong.
 * --cache keeps OCR's first results in the system's temporary folder. Exit code 1 when a goal is missed.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createZxingReader } from '#adapters/pictures/zxing.ts'
import type { DecodedPicture, ReadText } from '#core/ports/pictures.ts'
import type { Area } from '#shared/caption.ts'
import { report, type PictureResult, type ValueResult } from './privacy-report.ts'
import { createOcrCache } from './ocr-cache.ts'
import { readPicture } from '../test/privacy-set/first-reader.ts'
import { passGate } from '../test/privacy-set/gate.ts'
import { falseAreas, isFound, isLeaked, isRead } from '../test/privacy-set/judge.ts'
import type { PrivateTruth } from '../test/privacy-set/page.ts'
import { privacyPictures, seeds, type PrivacyPicture } from '../test/privacy-set/pictures.ts'
import { readInPlace } from '../test/privacy-set/second-reader.ts'
import { privacyKinds, type SetName } from '../test/privacy-set/values.ts'

const { values: options } = parseArgs({
  options: {
    set: { type: 'string', default: 'report' },
    seed: { type: 'string' },
    kind: { type: 'string' },
    save: { type: 'string' },
    cache: { type: 'boolean' }
  }
})
if (!(options.set in seeds))
  throw new Error(`No such set: ${options.set}. There are: ${Object.keys(seeds).join(', ')}.`)
if (options.kind !== undefined && !privacyKinds.some((kind) => kind === options.kind))
  throw new Error(`No such kind: ${options.kind}. There are: ${privacyKinds.join(', ')}.`)
const set = options.set as SetName

const decoder = createCanvasDecoder()
const codeReader = createZxingReader()
const cached = options.cache ? await createOcrCache('descry-privacy') : null

const cpuMsSince = (before: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const valueResults: ValueResult[] = []
const pictureResults: PictureResult[] = []

async function judge(one: PrivacyPicture): Promise<void> {
  const bytes = await one.png()
  const picture = await decoder.decode(bytes)
  const readNow = async (): Promise<{ read: ReadText; readMs: number }> => {
    const before = process.cpuUsage()
    const read = await readPicture(picture, one.language)
    return { read, readMs: cpuMsSince(before) }
  }
  const { read, readMs } = cached ? await cached(bytes, readNow) : await readNow()
  const codes = await codeReader.read(picture)
  const before = process.cpuUsage()
  const { areas, sent } = await passGate(picture, { read, codes, codeReader, language: one.language })
  const hideMs = cpuMsSince(before)
  const place = `${one.layout}, ${one.language}`
  const wrong = falseAreas(one, areas)
  const results: ValueResult[] = []
  for (const truth of one.truth) {
    const isCode = truth.kind === 'login-code'
    results.push({
      kind: truth.kind,
      place,
      isRead: isCode ? codes.some(({ text }) => text === truth.text) : isRead(truth.text, read.text),
      isFound: isFound(truth, areas),
      isReadable: sent !== null && (await isStillReadable(truth, sent, one)),
      wasReadable: await isStillReadable(truth, picture, one)
    })
  }
  valueResults.push(...results)
  pictureResults.push({
    place,
    isHarmless: one.truth.length === 0,
    hidden: areas.length,
    isKept: sent === null,
    falseAreas: wrong.length,
    readMs,
    hideMs
  })
  const isRight = wrong.length === 0 && results.every((value) => value.isFound && !value.isReadable)
  if (options.save !== undefined && !isRight)
    await save(options.save, one, { bytes, sent, results, wrong, text: read.text })
}

async function isStillReadable(
  truth: PrivateTruth,
  picture: DecodedPicture,
  { language }: PrivacyPicture
): Promise<boolean> {
  if (truth.kind === 'login-code') return (await codeReader.read(picture)).some(({ text }) => text === truth.text)
  for (const { text, area } of truth.lines) if (isLeaked(text, await readInPlace(picture, area, language))) return true
  return false
}

async function save(
  folder: string,
  { name, truth }: PrivacyPicture,
  {
    bytes,
    sent,
    ...rest
  }: { bytes: Uint8Array; sent: DecodedPicture | null; results: ValueResult[]; wrong: Area[]; text: string }
): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, `${name}.png`), bytes)
  if (sent !== null) {
    const whole = { x: 0, y: 0, width: sent.width, height: sent.height }
    await writeFile(join(folder, `${name}.hidden.png`), await sent.crop(whole))
  }
  await writeFile(join(folder, `${name}.json`), JSON.stringify({ truth, ...rest }, null, 2))
}

const seed = options.seed === undefined ? seeds[set] : Number(options.seed)
const pictures = privacyPictures(set, seed).filter(
  ({ truth }) => options.kind === undefined || truth.some(({ kind }) => kind === options.kind)
)
console.log(`Set ${set}, seed ${seed}: ${pictures.length} pictures\n`)
for (const picture of pictures) await judge(picture)
const missedGoals = report(valueResults, pictureResults)
console.log(missedGoals.length === 0 ? '\nAll goals are met.' : `\nGoals missed: ${missedGoals.join(', ')}`)
// The engines would wait for more.
process.exit(missedGoals.length === 0 ? 0 : 1)
