import { writeFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { languagesToRead } from '#adapters/ocr/language-data.ts'
import { readText } from '#adapters/ocr/text-engine.ts'
import type { ReadText, RgbaImage } from '#core/ports/pictures.ts'
import { font } from '#test/fonts.ts'
import { run } from '#test/process.ts'

interface Look {
  width?: number
  height?: number
  paper?: string
  ink?: string
  degrees?: number
}

/** A picture with what `paint` draws in the color of the ink, turned around its middle. */
function picture(paint: (context: SKRSContext2D) => void, look: Look = {}): RgbaImage {
  const { width = 900, height = 500, paper = '#ffffff', ink = '#202020', degrees = 0 } = look
  const isSideways = degrees % 180 === 90
  const canvas = isSideways ? createCanvas(height, width) : createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = paper
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.translate(canvas.width / 2, canvas.height / 2)
  context.rotate((degrees * Math.PI) / 180)
  context.translate(-width / 2, -height / 2)
  context.fillStyle = ink
  paint(context)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}

function lines(texts: readonly string[], sizePx = 26): (context: SKRSContext2D) => void {
  return (context) => {
    context.font = font(sizePx)
    for (const [index, text] of texts.entries()) context.fillText(text, 60, 80 + index * sizePx * 1.8)
  }
}

const read = (image: RgbaImage): Promise<ReadText> =>
  readText({ picture: image, sourceWidth: image.width, languages: languagesToRead([]) })

const letter = [
  'City Hospital, Ward 7',
  'Dear Mrs Baker,',
  'your appointment is on 12 March at 14:30.',
  'Please bring your insurance card and',
  'a list of your medicines.'
]

describe('a page', () => {
  it.each([0, 90, 180, 270, 7, -14])('is read however it lies: turned by %d degrees', async (degrees) => {
    expect((await read(picture(lines(letter), { degrees }))).text.split('\n')).toEqual(letter)
  })

  it.each([
    ['pale', { ink: '#b8b8b8' }],
    ['light on dark', { ink: '#d0d0d0', paper: '#1b1b1f' }],
    ['blue on orange', { ink: '#1030a0', paper: '#f0a040' }]
  ])('is read in %s letters', async (_, look) => {
    expect((await read(picture(lines(letter), look))).text.split('\n')).toEqual(letter)
  })

  it('is read in small letters on a large screen', async () => {
    const small = picture(lines(letter, 13), { width: 1920, height: 1080 })
    expect((await read(small)).text.split('\n')).toEqual(letter)
  })

  it('is read where a narrow label stands beside it', async () => {
    const { text } = await read(
      picture((context) => {
        lines(letter)(context)
        context.translate(850, 460)
        context.rotate(-Math.PI / 2)
        context.fillText('Confidential copy', 0, 0)
      })
    )
    for (const line of [...letter, 'Confidential copy']) expect(text.split(/ \| |\n/u).join('\n')).toContain(line)
  })
})

describe('places', () => {
  it('are in pixels of the source, and enclose their words', async () => {
    const image = picture(lines(['Total 4,722']))
    const { words } = await readText({ picture: image, sourceWidth: image.width * 2, languages: languagesToRead([]) })
    expect(words.map(({ text }) => text)).toEqual(['Total', '4,722'])
    const [total, number] = words
    expect(total?.confidence).toBeGreaterThan(90)
    expect(Math.abs((total?.box.x ?? 0) - 120)).toBeLessThan(20)
    expect(Math.abs((total?.box.y ?? 0) + (total?.box.height ?? 0) / 2 - 142)).toBeLessThan(16)
    expect(number?.box.x).toBeGreaterThan((total?.box.x ?? 0) + (total?.box.width ?? 0))
  })
})

describe('what is not text', () => {
  const none = { text: '', words: [] }

  it('such as bricks, leaves, windows and noise is not read', async () => {
    const bricks = picture((context) => {
      for (let y = 0; y < 500; y += 40)
        for (let x = -60 + (y % 80); x < 900; x += 100) {
          context.fillStyle = `hsl(${12 + ((x * 7 + y * 3) % 9)} 45% ${38 + ((x + y) % 14)}%)`
          context.fillRect(x, y, 92, 34)
        }
    })
    const leaves = picture((context) => {
      for (let leaf = 0; leaf < 2500; leaf += 1) {
        context.fillStyle = `hsl(${90 + (leaf % 50)} 50% ${20 + (leaf % 37)}%)`
        context.beginPath()
        context.ellipse((leaf * 7919) % 900, (leaf * 104_729) % 500, 14, 5, leaf, 0, 7)
        context.fill()
      }
    })
    const facade = picture((context) => {
      for (let y = 20; y < 480; y += 70)
        for (let x = 20; x < 880; x += 60) {
          context.fillStyle = (x + y) % 3 === 0 ? '#f2e6a0' : '#304050'
          context.fillRect(x, y, 34, 48)
          context.fillStyle = '#ffffff'
          context.fillRect(x + 16, y, 3, 48)
        }
    })
    for (const image of [bricks, leaves, facade]) expect(await read(image)).toMatchObject(none)
  })

  it('such as icons that look like letters is not read', async () => {
    const icons = picture((context) => {
      context.lineWidth = 6
      for (let icon = 0; icon < 5; icon += 1) {
        const x = 80 + icon * 160
        context.strokeRect(x, 200, 60, 60)
        for (let bar = 0; bar < 3; bar += 1) context.fillRect(x, 340 + bar * 20, 60, 7)
      }
    })
    expect(await read(icons)).toMatchObject(none)
  })
})

it('reads the same with WebAssembly, where there is no native runtime', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'descry-ocr-'))
  try {
    const hook = join(folder, 'without-native.mjs')
    await writeFile(
      hook,
      `import { registerHooks } from 'node:module'
       registerHooks({ resolve(name, context, next) {
         if (name === 'onnxruntime-node') throw new Error('There is none for this system.')
         return next(name, context)
       } })`
    )
    const program = join(folder, 'program.mjs')
    await writeFile(
      program,
      `import { readText } from ${JSON.stringify(import.meta.resolve('#adapters/ocr/text-engine.ts'))}
       import { createCanvas } from ${JSON.stringify(import.meta.resolve('@napi-rs/canvas'))}
       import { font } from ${JSON.stringify(import.meta.resolve('#test/fonts.ts'))}
       const context = createCanvas(600, 200).getContext('2d')
       context.fillStyle = '#fff'
       context.fillRect(0, 0, 600, 200)
       context.fillStyle = '#000'
       context.font = font(30)
       context.fillText('Fresh bread 3.20', 60, 100)
       const picture = context.getImageData(0, 0, 600, 200)
       const { text } = await readText({ picture, sourceWidth: 600, languages: { ready: [], missing: [] } })
       console.log(text)
       process.exit()`
    )
    const { stdout, stderr } = await run(process.execPath, ['--import', hook, program])
    expect({ stdout: stdout.toString(), stderr: stderr.toString() }).toEqual({
      stdout: 'Fresh bread 3.20\n',
      stderr: ''
    })
  } finally {
    await rm(folder, { recursive: true })
  }
})
