import type Electron from 'electron'
import type { Copied } from '../clipboard-contract.ts'

type System = 'darwin' | 'win32'

/** What programs of a system call their formats. */
const names = {
  darwin: { jpeg: 'public.jpeg', secret: 'org.nspasteboard.ConcealedType' },
  win32: { jpeg: 'JFIF', secret: 'ExcludeClipboardContentFromMonitorProcessing' }
}

/** Electron's clipboard in the main process: what other programs copied, under the names that Electron gives. */
export class FakeElectronClipboard implements Pick<Electron.Clipboard, 'read' | 'writeText'> {
  /** Grows with each change, as the system's own count does. */
  changeCount = 0
  readonly #system: System
  #content = new Map<string, Uint8Array>()

  constructor(system: System) {
    this.#system = system
  }

  /** Another program copies something. */
  copy({ png, jpeg, text, html, files, isSecret }: Copied): void {
    const { jpeg: jpegName, secret } = names[this.#system]
    // [clipboard-names]
    const wrap = (name: string): string => `electron application/osclipboard;format="${name}"`
    const offers: [string, string | Uint8Array | undefined][] = [
      ['text/plain', text],
      ['text/html', html],
      ['image/png', png],
      ['text/uri-list', files?.join('\r\n')],
      [wrap(jpegName), jpeg],
      [wrap(secret), isSecret ? '1' : undefined]
    ]
    this.#content = new Map(
      offers.filter(([, data]) => data !== undefined).map(([type, data]) => [type, Buffer.from(data as Uint8Array)])
    )
    this.changeCount += 1
  }

  async read(): Promise<Electron.ClipboardItem[]> {
    const content = this.#content
    // [clipboard-is-one-item]
    const item = {
      types: [...content.keys()],
      getType: async (type: string) => new Blob([Uint8Array.from(content.get(type) ?? [])], { type })
    }
    return [item as unknown as Electron.ClipboardItem]
  }

  async writeText(text: string): Promise<void> {
    this.copy({ text })
  }

  paste(): string {
    return Buffer.from(this.#content.get('text/plain') ?? []).toString()
  }
}
