import type { ChildProcess } from 'node:child_process'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { createLineHelper } from '../programs/line-helper.ts'
import { startPowerShell } from '../programs/windows-programs.ts'
import { maxClipboardBytes, ownerHangs, type ClipboardAccess } from './clipboard-access.ts'
import { changeCountOf, watchByCount, type ChangeCount } from './change-count.ts'
import { mimeOfSystemFormat } from './formats.ts'

/**
 * Line in: an id, then FORMATS, BYTES or WRITE, and for these a name or a text in base64. Line out: the id, and the names
 * separated by tabs, or the content, in base64; "-" if there is none; the id alone when it failed. A bitmap comes as PNG, which
 * programs rarely offer themselves. Of HTML only the fragment that was copied, since Windows puts a header before it.
 */
const script = `
Add-Type -AssemblyName System.Windows.Forms, System.Drawing
$clipboard = [System.Windows.Forms.Clipboard]
function encode([byte[]]$bytes) { if ($null -ne $bytes -and $bytes.Length -gt 0) { [Convert]::ToBase64String($bytes) } else { '-' } }
function encodeText($text) { encode ([Text.Encoding]::UTF8.GetBytes([string]$text)) }
function decodeText($text) { [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($text)) }
function formats {
  $data = $clipboard::GetDataObject()
  $names = @()
  if ($data) { $names += $data.GetFormats($false) }
  if ($clipboard::ContainsImage()) { $names += 'image/png' }
  if ($clipboard::ContainsText('UnicodeText')) { $names += 'text/plain' }
  if ($clipboard::ContainsText('Rtf')) { $names += 'text/rtf' }
  if ($clipboard::ContainsText('Html')) { $names += 'text/html' }
  if ($clipboard::ContainsFileDropList()) { $names += 'text/uri-list' }
  encodeText ($names -join [char]9)
}
function content($name) {
  switch ($name) {
    'text/plain' { return encodeText ($clipboard::GetText('UnicodeText')) }
    'text/html' {
      $html = [string]$clipboard::GetText('Html')
      $start = $html.IndexOf('<!--StartFragment-->')
      $end = $html.IndexOf('<!--EndFragment-->')
      if ($start -ge 0 -and $end -gt $start) { $html = $html.Substring($start + 20, $end - $start - 20) }
      return encodeText $html
    }
    'text/uri-list' { return encodeText (@($clipboard::GetFileDropList() | % { ([Uri]$_).AbsoluteUri }) -join [char]10) }
    'image/png' {
      $image = $clipboard::GetImage()
      if ($null -eq $image) { return '-' }
      $stream = New-Object IO.MemoryStream
      $image.Save($stream, [System.Drawing.Imaging.ImageFormat]::Png)
      return encode ($stream.ToArray())
    }
  }
  $data = $clipboard::GetData($name)
  if ($data -is [IO.MemoryStream]) { return encode ($data.ToArray()) }
  '-'
}
while ($null -ne ($line = [Console]::In.ReadLine())) {
  $id, $what, $argument = $line.Split(' ')
  try {
    switch ($what) {
      'FORMATS' { $answer = formats }
      'BYTES' { $answer = content (decodeText $argument) }
      'WRITE' { $clipboard::SetDataObject((decodeText $argument), $true, 5, 100); $answer = '-' }
    }
    [Console]::Out.WriteLine("$id $answer")
  } catch { [Console]::Out.WriteLine($id) }
}
`

/**
 * The clipboard of Windows where Electron is not at hand: in the preview and on the command line. One PowerShell keeps
 * running, since starting it takes a second. Not tried on Windows.
 *
 * @param startHelper stdin and stdout are pipes; tests pass a program that speaks the same lines.
 */
export function createWindowsAccess(
  env: NodeJS.ProcessEnv,
  startHelper: () => ChildProcess = () => startPowerShell(script, env),
  changeCount: ChangeCount = changeCountOf('win32')
): ClipboardAccess {
  const waiting = new Map<string, (content: string | null) => void>()
  const answered = (id: string, content: string | null): void => {
    waiting.get(id)?.(content)
    waiting.delete(id)
  }
  const helper = createLineHelper(
    () => {
      const started = startHelper()
      // It must not keep Descry alive, and ends with its stdin.
      started.unref()
      for (const pipe of [started.stdin, started.stdout]) (pipe as Partial<{ unref(): void }> | null)?.unref?.()
      return started
    },
    (line) => {
      const [id = '', content = null] = line.split(' ')
      answered(id, content)
    },
    () => {
      for (const id of waiting.keys()) answered(id, null)
    }
  )
  let questions = 0

  /** The content; null if there is none. */
  async function ask(timeoutMs: number, what: 'FORMATS' | 'BYTES' | 'WRITE', argument = ''): Promise<Buffer | null> {
    questions += 1
    const id = String(questions)
    const { promise, resolve } = Promise.withResolvers<string | null>()
    waiting.set(id, resolve)
    let hasTimedOut = false
    const timer = setTimeout(() => {
      hasTimedOut = true
      // It is busy with what nobody waits for anymore. Its end answers.
      helper.kill()
    }, timeoutMs)
    try {
      helper.send([id, what, Buffer.from(argument).toString('base64')].join(' ').trim())
      const content = await promise
      if (hasTimedOut) throw ownerHangs(new Error('PowerShell did not answer.'))
      if (content === null) throw new DescryError('no-permission', { message: t('capture.clipboard-unreachable') })
      if (content.length > (maxClipboardBytes * 4) / 3) throw new DescryError('too-large')
      return content === '-' ? null : Buffer.from(content, 'base64')
    } finally {
      clearTimeout(timer)
      waiting.delete(id)
    }
  }
  const names = async (timeoutMs: number): Promise<string[]> =>
    (await ask(timeoutMs, 'FORMATS'))?.toString().split('\t') ?? []

  return {
    formats: async (timeoutMs) => [...new Set((await names(timeoutMs)).map(mimeOfSystemFormat))],
    async bytes(format, timeoutMs) {
      const name = (await names(timeoutMs)).find((one) => mimeOfSystemFormat(one) === format)
      return name === undefined ? null : await ask(timeoutMs, 'BYTES', name)
    },
    writeText: async (text, timeoutMs) => void (await ask(timeoutMs, 'WRITE', text)),
    watch: (onChange) => watchByCount(changeCount, onChange)
  }
}
