import { expect, it } from 'vitest'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createFileOpener } from '#adapters/pictures/file-opener.ts'
import { isPdf, readPictureHeader } from '#adapters/pictures/picture-header.ts'
import { DescryError } from '#shared/errors.ts'
import { startInProcess } from '#test/in-process-helper.ts'
import { decodedHere, drawnByHelper, mutated, randomNumbers, withChecksums } from '#test/mutations.ts'

const decoder = createCanvasDecoder(startInProcess)
const opener = createFileOpener(decoder, startInProcess)

async function look(bytes: Uint8Array): Promise<void> {
  const file = await opener.open(bytes)
  for (const part of file.parts.slice(0, 2))
    (await decoder.decode(await part.load())).pixels({ maxWidthPx: 64, maxHeightPx: 64 })
  await file.close()
}

/** What came of it: a picture, or the code of a refusal. Whatever is not in Descry's own words is an error of the test. */
async function outcome(work: () => Promise<void>, what: string): Promise<string> {
  try {
    await work()
    return 'picture'
  } catch (error) {
    expect(error, what).toBeInstanceOf(DescryError)
    return (error as DescryError).code
  }
}

it.each(await decodedHere())('a mutated %s is decoded or refused, and nothing else happens', async (name, whole) => {
  const random = randomNumbers(name.length * 7919)
  const outcomes = new Set<string>()
  for (let run = 0; run < 60; run += 1) {
    const bytes = mutated(whole, random)
    const hex = Buffer.from(bytes).toString('hex')
    outcomes.add(await outcome(() => look(name.endsWith('PNG') ? withChecksums(bytes) : bytes), hex))
  }
  expect(outcomes).toContain('bad-image')
  expect([...outcomes].filter((code) => !['picture', 'bad-image', 'too-large', 'unsupported'].includes(code))).toEqual(
    []
  )
})

it('a mutated TIFF, SVG or PDF is recognized or refused before the helper is asked', async () => {
  const files = await drawnByHelper()
  const random = randomNumbers(1)
  const outcomes = new Set<string>()
  for (let run = 0; run < 2000; run += 1) {
    const bytes = mutated(files[run % files.length]![1], random)
    const readHead = async (): Promise<void> => void (isPdf(bytes) || readPictureHeader(bytes))
    outcomes.add(await outcome(readHead, Buffer.from(bytes).toString('hex')))
  }
  expect(outcomes).toContain('picture')
  expect(outcomes).toContain('bad-image')
})
