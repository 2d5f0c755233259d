import { access, constants } from 'node:fs/promises'
import { leftOut, ok, toDo, type Check, type Observation } from './checks.ts'
import { testCode, testPicture, testWords } from './test-picture.ts'
import type { Dependencies } from '../dependencies.ts'
import { readLocalFacts } from '#core/facts/local-facts.ts'
import type { Settings } from '#shared/settings.ts'

/** What Descry hears, sees and speaks with on this computer. Captured pictures stay in memory and are thrown away. */
export function senseChecks(
  dependencies: Pick<
    Dependencies,
    | 'voices'
    | 'screenReader'
    | 'presence'
    | 'readers'
    | 'screen'
    | 'clipboard'
    | 'decoder'
    | 'codes'
    | 'reader'
    | 'folderWatcher'
    | 'findScreenshotFolders'
  >,
  settings: Pick<Settings, 'speaker' | 'screenshotFolders'>
): Check[] {
  return [
    { name: 'Voices', limitMs: 30_000, run: () => voices(dependencies, settings) },
    { name: 'Screen reader', limitMs: 10_000, run: () => screenReader(dependencies) },
    { name: 'Silence', limitMs: 10_000, run: () => silence(dependencies) },
    { name: 'Screen', limitMs: 20_000, run: () => screen(dependencies) },
    { name: 'Clipboard', limitMs: 20_000, run: () => clipboard(dependencies) },
    { name: 'Screenshot folders', limitMs: 10_000, run: () => folders(dependencies, settings) },
    { name: 'Reading text', limitMs: 60_000, run: (signal) => text(dependencies, signal) },
    { name: 'Reading codes', limitMs: 10_000, run: () => codes(dependencies) }
  ]
}

async function* voices(
  { voices }: Pick<Dependencies, 'voices'>,
  { speaker }: Pick<Settings, 'speaker'>
): AsyncGenerator<Observation> {
  const tried = await Promise.all(
    voices
      .filter(({ name }) => name !== 'silent')
      .map(async (voice) => {
        const sounds = await voice.check()
        await voice.close()
        return sounds ? [voice.name] : []
      })
  )
  const heard = tried.flat()
  if (heard.length > 0) yield ok(`These can be heard: ${heard.join(', ')}.`)
  else if (speaker === 'silent') yield leftOut('No voice can be heard; you chose none.')
  else yield toDo('No voice can be heard.', 'Install espeak-ng, or check the sound output.')
}

async function* screenReader({
  screenReader,
  readers
}: Pick<Dependencies, 'screenReader' | 'readers'>): AsyncGenerator<Observation> {
  const name = await screenReader.running()
  if (name === null) {
    yield ok('No screen reader is running.')
    return
  }
  const output = readers.find(({ readerName }) => readerName === name)
  const takesText = (await output?.check()) ?? false
  await output?.close()
  yield takesText
    ? ok(`${name} is running and speaks for Descry.`)
    : toDo(
        `${name} is running, but takes no text from Descry; its own voice speaks.`,
        'See docs/guide/screen-readers.md for what this reader needs.'
      )
}

/** Who wonders why "Picture ready" is never heard finds the reason here. */
async function* silence({ presence }: Pick<Dependencies, 'presence'>): AsyncGenerator<Observation> {
  if (await presence.isShared())
    yield leftOut(
      'A microphone or screen sharing is in use, or the screen is locked.',
      'Until that ends, new pictures come without a sound.'
    )
}

const noCodes = { read: () => Promise.resolve([]) }

async function* screen({ screen, decoder }: Pick<Dependencies, 'screen' | 'decoder'>): AsyncGenerator<Observation> {
  const captures = await screen.captureScreens()
  for (const { bytes, label } of captures) {
    const { isBlank, blankColor, width, height } = await readLocalFacts(await decoder.decode(bytes), noCodes)
    yield isBlank
      ? toDo(
          `${label} can be captured, but is all ${blankColor ?? 'one color'}.`,
          'Switch off a screen curtain, unlock the screen, and allow screen recording.'
        )
      : ok(`${label} can be captured, ${width} by ${height} pixels.`)
  }
}

async function* clipboard({ clipboard }: Pick<Dependencies, 'clipboard'>): AsyncGenerator<Observation> {
  const { picture, isConcealed } = await clipboard.read({ isForWatcher: true })
  const holds = isConcealed ? 'it is marked private' : picture ? 'there is a picture' : 'there is no picture'
  yield ok(`The clipboard can be read; ${holds}.`)
}

async function* folders(
  { folderWatcher, findScreenshotFolders }: Pick<Dependencies, 'folderWatcher' | 'findScreenshotFolders'>,
  { screenshotFolders }: Pick<Settings, 'screenshotFolders'>
): AsyncGenerator<Observation> {
  const chosen = screenshotFolders ?? (await findScreenshotFolders())
  if (chosen.length === 0)
    yield screenshotFolders === null
      ? toDo('No folder for screenshots was found.', 'Take a screenshot, or name the folder in settings.')
      : leftOut('You chose no folder for screenshots.')
  for (const folder of chosen) {
    if (await canRead(folder)) {
      const stop = await folderWatcher.watch(folder, () => undefined)
      stop()
      yield ok(`${folder} can be watched.`)
    } else if (screenshotFolders === null)
      yield leftOut(`${folder} is not there yet.`, 'It comes with the first screenshot.')
    else yield toDo(`${folder} is not there, or may not be read.`, 'Choose another folder in settings.')
  }
}

function canRead(folder: string): Promise<boolean> {
  return access(folder, constants.R_OK | constants.X_OK).then(
    () => true,
    () => false
  )
}

async function* text(
  { reader, decoder }: Pick<Dependencies, 'reader' | 'decoder'>,
  signal: AbortSignal
): AsyncGenerator<Observation> {
  try {
    const { text } = await reader.read(await decoder.decode(testPicture()), signal)
    yield text.includes(testWords)
      ? ok('Text in pictures can be read here.')
      : toDo('The text in a test picture was read wrongly.', 'Install Descry again, or report it.')
  } finally {
    await reader.close()
  }
}

async function* codes({ codes, decoder }: Pick<Dependencies, 'codes' | 'decoder'>): AsyncGenerator<Observation> {
  const found = await codes.read(await decoder.decode(testPicture()))
  yield found.some(({ text }) => text === testCode)
    ? ok('Codes in pictures can be read here.')
    : toDo('The code in a test picture was not found.', 'Install Descry again, or report it.')
}
