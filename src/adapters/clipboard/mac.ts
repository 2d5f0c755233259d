import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { programText, type ProgramError } from '../programs/run-program.ts'
import { maxClipboardBytes, ownerHangs, writeWithTool, type ClipboardAccess } from './clipboard-access.ts'
import { changeCountOf, watchByCount, type ChangeCount } from './change-count.ts'
import { mimeOfSystemFormat } from './formats.ts'

/**
 * JavaScript for osascript. Without an argument it prints the names of the formats, one per line; with one, the content in
 * that format as base64. Of several copied files it gives the addresses, one per line.
 */
export const pasteboardScript = `
ObjC.import('AppKit')
function run(args) {
  const board = $.NSPasteboard.generalPasteboard
  const format = args[0]
  if (format === undefined) return (ObjC.deepUnwrap(board.types) || []).join('\\n')
  let data = board.dataForType(format)
  if (format === 'public.file-url') {
    const items = ObjC.unwrap(board.pasteboardItems) || []
    const addresses = items.map((item) => ObjC.unwrap(item.stringForType(format))).filter(Boolean)
    data = $(addresses.join('\\n')).dataUsingEncoding($.NSUTF8StringEncoding)
  }
  return data.isNil() ? '' : ObjC.unwrap(data.base64EncodedStringWithOptions(0))
}`

/**
 * Runs JavaScript and returns what it prints.
 *
 * @param args the script, then its arguments.
 */
export type RunOsascript = (args: string[], timeoutMs: number) => Promise<string>

const runOsascript: RunOsascript = (args, timeoutMs) =>
  programText('/usr/bin/osascript', ['-l', 'JavaScript', '-e', ...args], {
    timeoutMs,
    maxBytes: (maxClipboardBytes * 4) / 3
  })

/** What macOS brings; tests have stand-ins. */
export interface MacTools {
  osascript?: RunOsascript
  /** The program that copies its input. */
  pbcopy?: string
  changeCount?: ChangeCount
}

/**
 * The clipboard of macOS where Electron is not at hand: in the preview and on the command line. Each reading starts
 * osascript. Not tried on macOS.
 */
export function createMacAccess(
  env: NodeJS.ProcessEnv,
  { osascript = runOsascript, pbcopy = '/usr/bin/pbcopy', changeCount = changeCountOf('darwin') }: MacTools = {}
): ClipboardAccess {
  const ask = async (timeoutMs: number, ...format: string[]): Promise<string> => {
    try {
      return (await osascript([pasteboardScript, ...format], timeoutMs)).trim()
    } catch (cause) {
      const { code, killed } = cause as ProgramError
      if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') throw new DescryError('too-large', { cause })
      if (killed) throw ownerHangs(cause)
      throw new DescryError('no-permission', { message: t('capture.clipboard-unreachable'), cause })
    }
  }
  const names = async (timeoutMs: number): Promise<string[]> => (await ask(timeoutMs)).split('\n').filter(Boolean)
  return {
    formats: async (timeoutMs) => [...new Set((await names(timeoutMs)).map(mimeOfSystemFormat))],
    async bytes(format, timeoutMs) {
      const name = (await names(timeoutMs)).find((one) => mimeOfSystemFormat(one) === format)
      const content = name === undefined ? '' : await ask(timeoutMs, name)
      return content === '' ? null : Buffer.from(content, 'base64')
    },
    writeText: (text, timeoutMs) =>
      // Without it, pbcopy takes the text for Mac Roman.
      writeWithTool(pbcopy, [], text, { env: { ...env, LC_CTYPE: 'UTF-8' }, timeoutMs }),
    watch: (onChange) => watchByCount(changeCount, onChange)
  }
}
