import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DescryError } from '#shared/errors.ts'
import { t, type PlainMessageKey } from '#shared/messages/messages.ts'
import { powerShell } from '../programs/windows-programs.ts'
import { damaged } from './picture-header.ts'

// HEIC is patented and in no library that Descry could bring; so the system's own reads it, where there is one.

interface Converter {
  program: string
  /** It is started in the folder with in.heic and writes a PNG or JPEG there. */
  args: string[]
}

/** Windows Imaging Component by way of .NET; it needs Microsoft's HEIF Image Extensions. */
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
  // It leaves the orientation to the reader, which heeds it in a JPEG wherever the picture comes from.
  darwin: [{ program: '/usr/bin/sips', args: [...sipsOptions, 'in.heic', '--out', 'out.jpg'] }],
  win32: [{ program: powerShell(), args: ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', windowsScript] }],
  linux: [
    { program: 'heif-dec', args: ['in.heic', 'out.png'] },
    { program: 'heif-convert', args: ['in.heic', 'out.png'] }
  ]
}

const advice: Partial<Record<NodeJS.Platform, PlainMessageKey>> = {
  win32: 'pictures.heic-unsupported.next-windows',
  linux: 'pictures.heic-unsupported.next-linux'
}

/**
 * A PNG or JPEG of a HEIC picture, by the system's own library: in a process without the user's environment, in a folder that only the
 * user can read and that is removed. Errors: unsupported (no library; says what to install), bad-image (also after
 * `limitMs`).
 */
export async function convertHeic(
  bytes: Uint8Array,
  { platform = process.platform, path = process.env.PATH ?? '', limitMs = 20_000 } = {}
): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'descry-heic-'))
  try {
    await writeFile(join(folder, 'in.heic'), bytes)
    for (const { program, args } of converters[platform] ?? []) {
      const outcome = await runIn(folder, program, args, path, limitMs)
      if (outcome === 'missing') continue
      // A file with several pictures becomes out-1.png, out-2.png …
      const [picture] = (await readdir(folder)).filter((name) => name.startsWith('out')).toSorted()
      if (outcome === 'done' && picture !== undefined) return await readFile(join(folder, picture))
      // Windows tells a missing codec like a damaged file.
      if (platform !== 'win32') throw damaged('image/heic')
    }
    throw new DescryError('unsupported', {
      message: t('pictures.heic-unsupported'),
      next: t(advice[platform] ?? 'pictures.save-as-jpeg')
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function runIn(
  folder: string,
  program: string,
  args: string[],
  path: string,
  limitMs: number
): Promise<'done' | 'failed' | 'missing'> {
  const { SystemRoot } = process.env
  const child = spawn(program, args, {
    cwd: folder,
    env: { PATH: path, TMPDIR: folder, ...(SystemRoot && { SystemRoot, TEMP: folder, TMP: folder }) },
    stdio: 'ignore',
    timeout: limitMs,
    killSignal: 'SIGKILL',
    windowsHide: true
  })
  return new Promise((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ENOENT' ? 'missing' : 'failed'))
    child.once('close', (code) => resolve(code === 0 ? 'done' : 'failed'))
  })
}
