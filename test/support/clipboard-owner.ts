import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Desktop } from './desktop.ts'
import { start, until, type Running } from './process.ts'

/**
 * Puts data on the desktop's X clipboard under any number of targets ("image/png", "text/html", "UTF8_STRING" …), and
 * resolves when it is there. The owner ends when another program takes the clipboard, or with the desktop.
 *
 * @param hangOn A target that the owner offers but hands over only after `hangMs`; default a minute.
 */
export async function ownClipboard(
  desktop: Desktop,
  offers: Record<string, string | Uint8Array>,
  { hangOn = null, hangMs = 60_000 }: { hangOn?: string | null; hangMs?: number } = {}
): Promise<Running> {
  const script = fileURLToPath(new URL('clipboard-owner.py', import.meta.url))
  const owner = desktop.own(
    start('/usr/bin/python3', [script], { env: desktop.env, stdio: ['pipe', 'pipe', 'inherit'] })
  )
  const { stdin, stdout } = owner.child
  if (!stdin || !stdout) throw new Error('The clipboard owner has no pipes.')
  const encoded = Object.entries(offers).map(([target, data]) => [target, Buffer.from(data).toString('base64')])
  stdin.end(JSON.stringify({ offers: Object.fromEntries(encoded), hang_on: hangOn, hang_ms: hangMs }))
  const ended = once(owner.child, 'exit').then(() => {
    throw new Error('The clipboard owner ended before it owned the clipboard.')
  })
  const owned = once(createInterface({ input: stdout }), 'line')
  await Promise.race([owned, ended])
  // Once it owns the clipboard, it may end normally.
  ended.catch(() => undefined)
  return owner
}

/** Copies with xclip, and resolves when it is there: xclip itself ends before the clipboard is its own. */
export async function copyWithXclip(desktop: Desktop, mime: string, bytes: Uint8Array): Promise<void> {
  const selection = ['-selection', 'clipboard', '-t', mime]
  // Its output must not be a pipe, since it goes on in the background.
  await desktop.run('sh', ['-c', 'exec xclip "$@" >/dev/null 2>&1', 'sh', ...selection, '-i'], { input: bytes })
  await until(async () => (await desktop.run('xclip', [...selection, '-o'])).stdout.equals(bytes), {
    what: 'what xclip copied'
  })
}
