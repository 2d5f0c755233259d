/**
 * `node scripts/make-window-image.ts` takes the screenshot in the README, docs/images/window.png. It shows the real preview
 * on a private X display, with captions from the tests' scripted model server.
 */
import { fileURLToPath } from 'node:url'
import { answer } from '#test/model-server.ts'
import { chartPicture, screenPicture } from '#test/pictures.ts'
import { until } from '#test/process.ts'
import { openWindow } from '../test/window/open-window.ts'

const chart =
  'A bar chart titled “Visitors a month”, from January to August. It rises from 120 to a peak of 420 in June.'
const screen =
  'A dialog asks: “Delete message?” It says “This message will be deleted permanently.” The buttons are Delete and Cancel. ' +
  'Behind it is the inbox of a mail program with sixteen messages.'

async function main(): Promise<void> {
  const shown = await openWindow()
  try {
    for (const [words, picture] of [
      [chart, await chartPicture()],
      [screen, await screenPicture()]
    ] as const) {
      // As slow as a real model, so that the text in the picture is checked in time.
      shown.server.script([answer(`${words}\nTags: example`, { delayMs: 200 })])
      await shown.copy(picture)
      await shown.press('ctrl+p')
      await until(async () => (await shown.preview.app.handlers.snapshot(null)).items.at(-1)?.state === 'done', {
        what: 'the caption',
        timeoutMs: 60_000
      })
    }
    const lastSentence = sentences(screen).at(-1) ?? ''
    await shown.page.getByText(lastSentence).first().waitFor()
    await shown.page.locator('img').evaluate((image: HTMLImageElement) => image.decode())
    await shown.page.screenshot({ path: fileURLToPath(new URL('../docs/images/window.png', import.meta.url)) })
  } finally {
    await shown.end()
  }
}

function sentences(caption: string): string[] {
  return caption.split(/(?<=\.) /u)
}

await main()
