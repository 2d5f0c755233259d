import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { commandFor } from '../linux/missing-parts.ts'
import { startProgram } from '../programs/start-program.ts'
import { withTemporaryFolder } from '../programs/temporary-folder.ts'
import { powerShell } from '../programs/windows-programs.ts'
import { damaged } from './picture-header.ts'

// HEIC is patented, and no library that Descry could include reads it, so the system's own does, if there is one.

interface Converter {
  program: string
  /** Run in the folder that holds in.heic; it writes a PNG or JPEG there. */
  args: string[]
}

/** The Windows Imaging Component, through .NET; it needs Microsoft's HEIF Image Extensions. */
const windowsScript = `
  $ErrorActionPreference = 'Stop'
  Add-Type -AssemblyName PresentationCore
  $source = [IO.File]::OpenRead("$PWD\\in.heic")
  $decoder = [Windows.Media.Imaging.BitmapDecoder]::Create($source, 'None', 'OnLoad')
  $encoder = New-Object Windows.Media.Imaging.PngBitmapEncoder
  $encoder.Frames.Add($decoder.Frames[0])
  $target = [IO.File]::Create("$PWD\\out.png")
  $encoder.Save($target)
  $target.Close()`

const sipsOptions = ['-s', 'format', 'jpeg', '-s', 'formatOptions', '95']

const converters: Partial<Record<NodeJS.Platform, Converter[]>> = {
  // sips keeps the orientation as EXIF, which the JPEG decoder applies.
  darwin: [{ program: '/usr/bin/sips', args: [...sipsOptions, 'in.heic', '--out', 'out.jpg'] }],
  win32: [{ program: powerShell(), args: ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', windowsScript] }],
  linux: [
    { program: 'heif-dec', args: ['in.heic', 'out.png'] },
    { program: 'heif-convert', args: ['in.heic', 'out.png'] }
  ]
}

function advice(platform: NodeJS.Platform): string {
  if (platform === 'win32') return t('pictures.heic-unsupported.next-windows')
  const command = platform === 'linux' ? commandFor('libheif') : null
  return command === null ? t('pictures.save-as-jpeg') : t('pictures.heic-unsupported.next-linux', { command })
}

/**
 * A PNG or JPEG of a HEIC picture, converted by the system's own library in a process without the user's environment, in a
 * temporary folder that only the user can read. Errors: unsupported (no library; says what to install), bad-image (also after
 * `timeoutMs`).
 */
export async function convertHeic(
  bytes: Uint8Array,
  { platform = process.platform, path = process.env.PATH ?? '', timeoutMs = 20_000 } = {}
): Promise<Uint8Array> {
  return withTemporaryFolder('heic', async (folder) => {
    await writeFile(join(folder, 'in.heic'), bytes)
    for (const { program, args } of converters[platform] ?? []) {
      const outcome = await runIn(folder, program, args, path, timeoutMs)
      if (outcome === 'missing') continue
      // A file with several pictures becomes out-1.png, out-2.png …
      const [picture] = (await readdir(folder)).filter((name) => name.startsWith('out')).toSorted()
      if (outcome === 'done' && picture !== undefined) return await readFile(join(folder, picture))
      // Windows reports a missing codec as a damaged file.
      if (platform !== 'win32') throw damaged('image/heic')
    }
    throw new DescryError('unsupported', {
      message: t('pictures.heic-unsupported'),
      next: advice(platform)
    })
  })
}

function runIn(
  folder: string,
  program: string,
  args: string[],
  path: string,
  timeoutMs: number
): Promise<'done' | 'failed' | 'missing'> {
  const { SystemRoot } = process.env
  const child = startProgram(program, args, {
    cwd: folder,
    env: { PATH: path, TMPDIR: folder, ...(SystemRoot && { SystemRoot, TEMP: folder, TMP: folder }) },
    stdio: 'ignore',
    timeoutMs
  })
  return new Promise((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ENOENT' ? 'missing' : 'failed'))
    child.once('close', (code) => resolve(code === 0 ? 'done' : 'failed'))
  })
}
