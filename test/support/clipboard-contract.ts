import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Clipboard } from '#core/ports/intake.ts'
import { until } from '#test/process.ts'

/** What a program copies. */
export interface Copied {
  png?: Uint8Array
  jpeg?: Uint8Array
  text?: string
  html?: string
  /** Addresses of copied files. */
  files?: string[]
  /** Marked by a password manager. */
  isSecret?: boolean
}

/** A clipboard, and the rest of the computer. */
export interface ClipboardPlace {
  clipboard: Clipboard
  /** Another program copies something; resolves when it is on the clipboard. */
  copy(copied: Copied): Promise<void>
  /** The text that another program pastes. */
  paste(): Promise<string>
  end(): Promise<void>
}

// The clipboard does not look into them.
const png = new Uint8Array(60_000).map((_, index) => (index * 31) % 251)
const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, ...png.subarray(0, 9000)])
const nothing = { picture: null, hasText: false, isConcealed: false, files: [], imageAddress: null, text: null }

/** What every clipboard does, whatever the system. `start` sets up a place for all tests. */
export function clipboardContract(name: string, start: () => Promise<ClipboardPlace>): void {
  describe(name, () => {
    let place: ClipboardPlace
    beforeAll(async () => void (place = await start()))
    afterAll(() => place?.end())

    it('gives the bytes of a picture', async () => {
      await place.copy({ png })
      const content = await place.clipboard.read()
      expect(content).toEqual({ ...nothing, picture: content.picture })
      expect(Buffer.from(content.picture ?? []).equals(png)).toBe(true)
      await place.copy({ jpeg })
      expect(Buffer.from((await place.clipboard.read()).picture ?? []).equals(jpeg)).toBe(true)
    })

    it('says that there is text beside a picture, which a watcher then leaves', async () => {
      await place.copy({ png, text: '1\t2' })
      const content = await place.clipboard.read()
      expect(content).toMatchObject({ hasText: true, text: '1\t2' })
      expect(content.picture).not.toBeNull()
      expect(await place.clipboard.read({ isForWatcher: true })).toEqual({ ...nothing, hasText: true })
    })

    it('does not count the HTML of a single image as text', async () => {
      await place.copy({
        png,
        html: '<img src="https://example.org/a.png" alt="A">',
        text: 'https://example.org/a.png'
      })
      const content = await place.clipboard.read({ isForWatcher: true })
      expect(content).toMatchObject({ hasText: false, imageAddress: 'https://example.org/a.png' })
      expect(content.picture).not.toBeNull()
    })

    it('reads nothing of what a password manager copied', async () => {
      await place.copy({ png, text: 'hunter2', isSecret: true })
      expect(await place.clipboard.read()).toEqual({ ...nothing, isConcealed: true })
    })

    it('lists copied files', async () => {
      await place.copy({ files: ['file:///home/me/A%20cat.png', 'file:///home/me/b.jpg'] })
      const { files } = await place.clipboard.read({ isForWatcher: true })
      expect(files).toEqual(['/home/me/A cat.png', '/home/me/b.jpg'])
    })

    it('copies text', async () => {
      await place.clipboard.writeText('Größe: 3 €\nzwei Zeilen')
      expect(await place.paste()).toBe('Größe: 3 €\nzwei Zeilen')
    })

    it('reports each change, and none after it ended', async () => {
      let changes = 0
      const stop = place.clipboard.watch(() => (changes += 1))
      // A change before the watcher has begun may be missed.
      await until(async () => {
        await place.copy({ text: 'ready?' })
        return changes > 0
      })
      for (const copied of [{ png }, { jpeg }]) {
        const before = changes
        await place.copy(copied)
        await until(() => changes > before, { what: 'the change' })
      }
      stop()
      const before = changes
      await place.copy({ png })
      await place.clipboard.read()
      expect(changes).toBe(before)
    })
  })
}
