import { access, constants } from 'node:fs/promises'
import { leftOut, ok, toDo, type Check, type Observation } from './checks.ts'
import { testCode, testPicture, testWords } from './test-picture.ts'
import type { Dependencies } from '../dependencies.ts'
import { readLocalFacts } from '#core/facts/local-facts.ts'
import { formatList } from '#shared/messages/formats.ts'
import { t } from '#shared/messages/messages.ts'
import type { Settings } from '#shared/settings.ts'

/** Voices, screen readers, capturing, clipboard, folders and reading on this computer. Captures are not kept. */
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
    { name: t('doctor.name.voices'), limitMs: 30_000, run: () => voices(dependencies, settings) },
    { name: t('doctor.name.screen-reader'), limitMs: 10_000, run: () => screenReader(dependencies) },
    { name: t('doctor.name.silence'), limitMs: 10_000, run: () => silence(dependencies) },
    { name: t('doctor.name.screen'), limitMs: 20_000, run: () => screen(dependencies) },
    { name: t('doctor.name.clipboard'), limitMs: 20_000, run: () => clipboard(dependencies) },
    { name: t('doctor.name.folders'), limitMs: 10_000, run: () => folders(dependencies, settings) },
    { name: t('doctor.name.text'), limitMs: 60_000, run: (signal) => text(dependencies, signal) },
    { name: t('doctor.name.codes'), limitMs: 10_000, run: () => codes(dependencies) }
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
  if (heard.length > 0) yield ok(t('doctor.voices', { voices: formatList(heard) }))
  else if (speaker === 'silent') yield leftOut(t('doctor.silent'))
  else yield toDo(t('errors.no-voice'), t('errors.no-voice.next'))
}

async function* screenReader({
  screenReader,
  readers
}: Pick<Dependencies, 'screenReader' | 'readers'>): AsyncGenerator<Observation> {
  const name = await screenReader.running()
  if (name === null) {
    yield ok(t('doctor.no-reader'))
    return
  }
  const output = readers.find(({ readerName }) => readerName === name)
  const takesText = (await output?.check()) ?? false
  await output?.close()
  yield takesText
    ? ok(t('doctor.reader', { reader: name }))
    : toDo(t('doctor.reader-refuses', { reader: name }), t('doctor.reader-refuses.next'))
}

/** The reason why new pictures may arrive without a sound. */
async function* silence({ presence }: Pick<Dependencies, 'presence'>): AsyncGenerator<Observation> {
  if (await presence.isShared()) yield leftOut(t('doctor.shared'), t('doctor.shared.next'))
}

const noCodes = { read: () => Promise.resolve([]) }

async function* screen({ screen, decoder }: Pick<Dependencies, 'screen' | 'decoder'>): AsyncGenerator<Observation> {
  const captures = await screen.captureScreens()
  for (const { bytes, label } of captures) {
    const { isBlank, blankColor, width, height } = await readLocalFacts(await decoder.decode(bytes), noCodes)
    yield isBlank
      ? toDo(
          blankColor === null
            ? t('doctor.screen-one-color', { label })
            : t('doctor.screen-blank', { label, color: blankColor }),
          t('doctor.screen-blank.next')
        )
      : ok(t('doctor.screen', { label, width, height }))
  }
}

async function* clipboard({ clipboard }: Pick<Dependencies, 'clipboard'>): AsyncGenerator<Observation> {
  const { picture, isConcealed } = await clipboard.read({ isForWatcher: true })
  if (isConcealed) yield ok(t('doctor.clipboard-private'))
  else yield ok(picture ? t('doctor.clipboard-picture') : t('doctor.clipboard-empty'))
}

async function* folders(
  { folderWatcher, findScreenshotFolders }: Pick<Dependencies, 'folderWatcher' | 'findScreenshotFolders'>,
  { screenshotFolders }: Pick<Settings, 'screenshotFolders'>
): AsyncGenerator<Observation> {
  const chosen = screenshotFolders ?? (await findScreenshotFolders())
  if (chosen.length === 0)
    yield screenshotFolders === null
      ? toDo(t('doctor.no-folder'), t('doctor.no-folder.next'))
      : leftOut(t('doctor.no-folder-chosen'))
  for (const folder of chosen) {
    if (await canRead(folder)) {
      const stop = await folderWatcher.watch(folder, () => undefined)
      stop()
      yield ok(t('doctor.folder', { folder }))
    } else if (screenshotFolders === null)
      yield leftOut(t('doctor.folder-not-yet', { folder }), t('doctor.folder-not-yet.next'))
    else yield toDo(t('doctor.folder-missing', { folder }), t('doctor.folder-missing.next'))
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
    yield text.includes(testWords) ? ok(t('doctor.text')) : toDo(t('doctor.text-wrong'), t('doctor.reinstall'))
  } finally {
    await reader.close()
  }
}

async function* codes({ codes, decoder }: Pick<Dependencies, 'codes' | 'decoder'>): AsyncGenerator<Observation> {
  const found = await codes.read(await decoder.decode(testPicture()))
  yield found.some(({ text }) => text === testCode)
    ? ok(t('doctor.codes'))
    : toDo(t('doctor.codes-wrong'), t('doctor.reinstall'))
}
