import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createFileOpener } from '#adapters/pictures/file-opener.ts'
import { cutParts } from '#core/pictures/long-picture.ts'
import { openPdf } from '#adapters/pictures/drawn-formats.ts'
import type { DecodedPicture, OpenedFile } from '#core/ports/pictures.ts'
import { isRunning, rememberingStart } from '#test/helper-processes.ts'
import { pdfFile } from '#test/pdf-files.ts'
import {
  animatedGif,
  animatedPng,
  animatedWebp,
  blankPicture,
  cornerPicture,
  longPagePicture,
  movingGif,
  notAPicture,
  truncated
} from '#test/pictures.ts'
import { cornerTiffPage, tiffFile } from '#test/tiff-files.ts'

const { startHelper, started } = rememberingStart()
const decoder = createCanvasDecoder(startHelper)
const opener = createFileOpener(decoder, startHelper)

/** Closed with the test, and no process stays. */
async function opened(bytes: Uint8Array): Promise<OpenedFile> {
  const file = await opener.open(bytes)
  onTestFinished(async () => {
    await file.close()
    expect(started.some(isRunning)).toBe(false)
  })
  return file
}

async function loaded(file: OpenedFile, index: number): Promise<DecodedPicture> {
  return decoder.decode((await file.parts[index]?.load()) ?? expect.fail('no such part'))
}

function colorAt(picture: DecodedPicture, x: number, y: number): string {
  const { data, width } = picture.pixels({ maxWidthPx: 10_000, maxHeightPx: 10_000 })
  const [red = 0, green = 0, blue = 0] = data.subarray((y * width + x) * 4)
  const name = [red, green, blue].map((value) => (value > 200 ? 1 : 0)).join('')
  return { '111': 'white', '100': 'red', '010': 'green', '001': 'blue', '000': 'black' }[name] ?? name
}

/** Share of pixels that are not white. */
function inkShare(picture: DecodedPicture): number {
  const { data } = picture.pixels({ maxWidthPx: 400, maxHeightPx: 400 })
  return data.filter((value, at) => at % 4 === 0 && value < 128).length / (data.length / 4)
}

describe('a file that is one picture', () => {
  it('is its own only part', async () => {
    const bytes = await cornerPicture('jpeg')
    const { mime, parts } = await opened(bytes)
    expect(mime).toBe('image/jpeg')
    expect(parts).toMatchObject([{ label: null, fragment: '' }])
    expect(await parts[0]?.load()).toBe(bytes)
    expect(await parts[0]?.text()).toBeNull()
  })

  it("is refused with the decoder's errors", async () => {
    await expect(opener.open(notAPicture)).rejects.toMatchObject({ code: 'bad-image' })
    await expect(opener.open((await cornerPicture('png')).subarray(0, 30))).rejects.toMatchObject({ code: 'bad-image' })
  })
})

describe('a PDF', () => {
  const letter = pdfFile([
    { lines: ['Dear reader,', 'the total is (49.90) euro.'] },
    { size: [300, 100] },
    { lines: ['turned'], rotation: 90 },
    { size: [5_000_000, 20] }
  ])

  it('has its pages as parts, each with its picture and its text', async () => {
    const file = await opened(letter)
    expect(file.mime).toBe('application/pdf')
    expect(file.parts.map(({ label, fragment }) => [label, fragment])).toEqual([
      ['Page 1 of 4', '#page=1'],
      ['Page 2 of 4', '#page=2'],
      ['Page 3 of 4', '#page=3'],
      ['Page 4 of 4', '#page=4']
    ])
    const [first, blank, turned] = [await loaded(file, 0), await loaded(file, 1), await loaded(file, 2)]
    expect([first.width, first.height]).toEqual([1447, 2048])
    expect(inkShare(first)).toBeGreaterThan(0.001)
    expect(await file.parts[0]?.text()).toBe('Dear reader,\nthe total is (49.90) euro.')
    expect([blank.width, blank.height]).toEqual([1200, 400])
    expect(inkShare(blank)).toBe(0)
    expect(await file.parts[1]?.text()).toBeNull()
    expect([turned.width, turned.height]).toEqual([2048, 1447])
    expect(await file.parts[2]?.text()).toBe('turned')
    const monstrous = await loaded(file, 3)
    expect([monstrous.width, monstrous.height]).toEqual([2048, 1])
  })

  it('of 500 pages opens at once, and of one page has no page numbers', async () => {
    const file = await opened(pdfFile(Array.from({ length: 500 }, (_, page) => ({ lines: [`Sheet ${page + 1}`] }))))
    expect(file.parts).toHaveLength(500)
    expect(await file.parts[499]?.text()).toBe('Sheet 500')
    await file.close()
    const short = await opened(pdfFile([{ lines: ['Alone'] }]))
    expect(short.parts).toMatchObject([{ label: null, fragment: '' }])
    expect(await short.parts[0]?.text()).toBe('Alone')
  })

  it('that is password-protected asks for a copy without a password', async () => {
    const encryption =
      '/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 ' +
      `/O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}> >> /ID [<${'43'.repeat(16)}> <${'43'.repeat(16)}>]`
    await expect(opener.open(pdfFile([{ lines: ['secret'] }], [], encryption))).rejects.toMatchObject({
      name: 'DescryError',
      code: 'no-permission',
      message: 'This PDF is password-protected.'
    })
  })

  it.each([
    ['rubbish after its head', Buffer.from(`%PDF-1.7\n${'rubbish '.repeat(100)}`)],
    ['no page', pdfFile([])],
    ['its second half missing', truncated(letter)]
  ])('with %s is refused', async (_, bytes) => {
    await expect(opener.open(bytes)).rejects.toMatchObject({ name: 'DescryError', code: 'bad-image' })
    expect(started.some(isRunning)).toBe(false)
  })

  it('downloads nothing', async () => {
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const image =
      `<< /Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8 /ColorSpace /DeviceGray ` +
      `/F << /FS /URL /F (${base}/image) >> /FFilter /FlateDecode /Length 0 >>\nstream\n\nendstream`
    const entries = `/AA << /O << /S /JavaScript /JS (app.launchURL\\("${base}/script"\\)) >> >> /Annots [<< /Type /Annot
      /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (${base}/link) >> >>]`
    const file = await opened(pdfFile([{ lines: ['calm'], content: '9 0 0 9 0 0 cm /X Do', entries }], [image]))
    await loaded(file, 0)
    expect(await file.parts[0]?.text()).toBe('calm')
    expect(asked).toEqual([])
  })

  it('gives up a page that would take forever, and reads the next one', async () => {
    // Each form paints the next one ten times.
    const forms = Array.from({ length: 10 }, (_, number) => {
      const content = number === 9 ? '0 0 9 9 re f' : '/X Do '.repeat(10)
      return (
        `<< /Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /XObject << /X ${10_001 + number} 0 R >> >> ` +
        `/Length ${content.length} >>\nstream\n${content}\nendstream`
      )
    })
    const file = await openPdf(pdfFile([{ content: '/X Do' }, { lines: ['fine'] }], forms), startHelper, 4000)
    onTestFinished(() => file.close())
    await expect(file.parts[0]?.load()).rejects.toMatchObject({
      code: 'bad-image',
      message: 'This PDF took too long to draw.'
    })
    expect(await file.parts[1]?.text()).toBe('fine')
  })
})

describe('a TIFF', () => {
  it('of several pages has them as parts, without thumbnails', async () => {
    const file = await opened(
      tiffFile([cornerTiffPage({ 274: 3 }), cornerTiffPage({ 254: 1 }), cornerTiffPage({}, true)])
    )
    expect(file.parts.map(({ label }) => label)).toEqual(['Page 1 of 2', 'Page 2 of 2'])
    expect(colorAt(await loaded(file, 0), 44, 28)).toBe('red')
    expect(colorAt(await loaded(file, 1), 4, 4)).toBe('red')
  })

  it('of one page is its own only part', async () => {
    const bytes = tiffFile([cornerTiffPage()])
    const file = await opened(bytes)
    expect(await file.parts[0]?.load()).toBe(bytes)
  })
})

describe('an animation', () => {
  it('has the frames that differ as parts, each as it appears', async () => {
    const file = await opened(movingGif())
    expect(file.parts.map(({ label, fragment }) => [label, fragment])).toEqual([
      ['Frame 1 of 5', '#frame=1'],
      ['Frame 2 of 5', '#frame=2'],
      ['Frame 3 of 5', '#frame=3'],
      ['Frame 5 of 5', '#frame=5']
    ])
    const seen = await Promise.all(
      file.parts.map(async (_, index) => {
        const picture = await loaded(file, index)
        return [10, 30, 50].map((x) => colorAt(picture, x, 20))
      })
    )
    expect(seen).toEqual([
      ['white', 'white', 'white'],
      ['red', 'white', 'white'],
      ['red', 'white', 'blue'],
      ['red', 'green', 'white']
    ])
  })

  it.each([
    ['GIF', async () => animatedGif()],
    ['PNG', async () => animatedPng()],
    ['WebP', animatedWebp]
  ])('may be %s', async (_, make) => {
    const file = await opened(await make())
    expect(file.parts.map(({ label }) => label)).toEqual(['Frame 1 of 2', 'Frame 2 of 2'])
    expect(colorAt(await loaded(file, 0), 20, 15)).toBe('red')
    expect(colorAt(await loaded(file, 1), 20, 15)).toBe('blue')
  })
})

describe('a long picture', () => {
  it('is cut into parts between its lines', async () => {
    const bytes = await longPagePicture()
    const file = await opened(bytes)
    expect(file.parts.map(({ label }) => label)).toEqual(
      Array.from({ length: 3 }, (_, index) => `Part ${index + 1} of 3`)
    )
    const areas = cutParts(await decoder.decode(bytes), 3)
    expect(areas[0]?.y).toBe(0)
    for (const [index, { x, y, width, height }] of areas.entries()) {
      expect([x, width]).toEqual([0, 800])
      expect(y + height).toBe(areas[index + 1]?.y ?? 4200)
      expect(height).toBeGreaterThan(1200)
      expect(height).toBeLessThan(1700)
    }
    // No letter is cut: the rows at either side of each cut are empty.
    for (const index of file.parts.keys()) {
      const picture = await loaded(file, index)
      expect([picture.width, picture.height]).toEqual([800, areas[index]?.height])
      const { data } = picture.pixels({ maxWidthPx: 10_000, maxHeightPx: 10_000 })
      expect(data.subarray(0, 800 * 4).every((value) => value === 255)).toBe(true)
      expect(index === 2 || data.subarray(-800 * 4).every((value) => value === 255)).toBe(true)
    }
  })

  it('overlaps where it cannot be cut cleanly, and may be wide instead of tall', async () => {
    const noisy = await blankPicture([200, 30, 30], { width: 2600, height: 300, noise: 60 })
    const file = await opened(noisy)
    const areas = cutParts(await decoder.decode(noisy), file.parts.length)
    expect(areas).toHaveLength(5)
    for (const [index, { x, width }] of areas.slice(0, -1).entries())
      expect(x + width - (areas[index + 1]?.x ?? 0)).toBeGreaterThan(40)
    expect((areas.at(-1)?.x ?? 0) + (areas.at(-1)?.width ?? 0)).toBe(2600)
  })

  it('is not just a large one, and has at most twelve parts', async () => {
    expect((await opened(await blankPicture([9, 9, 9], { width: 2400, height: 1000 }))).parts).toHaveLength(1)
    expect((await opened(await blankPicture([9, 9, 9], { width: 500, height: 1900 }))).parts).toHaveLength(1)
    expect((await opened(await blankPicture([9, 9, 9], { width: 100, height: 9000 }))).parts).toHaveLength(12)
  })
})
