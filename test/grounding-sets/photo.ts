import { createCanvas, type Canvas } from '@napi-rs/canvas'
import type { Chance } from './random.ts'
import { addNoise } from './sheet.ts'
import { systemFont } from '#test/fonts.ts'

export interface Photo {
  right: string
  paraphrase: string
  inventions: string[]
  wrongDigits: string[]
  /** Words on a sign in the picture. */
  plate: string | null
  paint: (chance: Chance) => Canvas
}

const sights = [
  {
    of: 'A hilly landscape under a hazy sky',
    again: 'Open country with hills and some clouds',
    hues: [90, 140],
    sky: '#9db8d2'
  },
  {
    of: 'A sandy beach by the sea, out of focus',
    again: 'A blurred shore with water behind it',
    hues: [30, 50],
    sky: '#7fb0d0'
  },
  {
    of: 'A dim room with soft light from one side',
    again: 'An unlit interior; little can be made out',
    hues: [15, 35],
    sky: '#3b3430'
  },
  {
    of: 'A field of flowers in warm evening light',
    again: 'Many blossoms in a meadow at dusk',
    hues: [320, 360],
    sky: '#d9a679'
  },
  {
    of: 'A snowy slope with dark patches, perhaps trees',
    again: 'Winter scenery, white with dark spots',
    hues: [200, 220],
    sky: '#e4e9ee'
  }
]

/** Soft shapes, shading and sensor noise. Every other one has a sign with a word and a number; the others have no text. */
export function photo(chance: Chance, hasPlate: boolean): Photo {
  const sight = chance.pick(sights)
  const balls = chance.whole(2, 4)
  const word = chance.pick(['TAXI', 'DEPOT', 'PIER', 'GATE', 'LODGE', 'CAMP'])
  const number = chance.whole(12, 987)
  const count = ['', '', 'two', 'three', 'four'][balls]
  return {
    right: `${sight.of}. In front are ${count} bright round shapes, perhaps balls. ${hasPlate ? `A plate reads “${word} {#${number}}”.` : 'No text can be seen.'}`,
    paraphrase: `${sight.again}, with ${balls === 2 ? 'a pair of' : count} light round things in front.${hasPlate ? ' Something is written on a small plate.' : ''}`,
    inventions: [
      'A boat carries the name “{!Marigold}”.',
      'On a wall is written “{!Keep out}”.',
      'A flag shows the words {!Grand Regatta}.'
    ],
    wrongDigits: [
      `A sign says {!${chance.whole(12, 98)}}.`,
      `A number plate reads “{!HK-${chance.whole(1023, 9876)}}”.`
    ],
    plate: hasPlate ? `${word} ${number}` : null,
    paint: (noise) => {
      const [width, height] = [900, 600]
      const canvas = createCanvas(width, height)
      const context = canvas.getContext('2d')
      const ground = context.createLinearGradient(0, 0, 0, height)
      const [from, to] = sight.hues as [number, number]
      ground.addColorStop(0, sight.sky)
      ground.addColorStop(0.5, sight.sky)
      ground.addColorStop(0.6, `hsl(${from}, 30%, 45%)`)
      ground.addColorStop(1, `hsl(${to}, 35%, 25%)`)
      context.fillStyle = ground
      context.fillRect(0, 0, width, height)
      const spot = (x: number, y: number, radius: number, inner: string, outer: string): void => {
        const shade = context.createRadialGradient(x, y, radius * 0.2, x, y, radius)
        shade.addColorStop(0, inner)
        shade.addColorStop(1, outer)
        context.fillStyle = shade
        context.fillRect(x - radius, y - radius, radius * 2, radius * 2)
      }
      for (let blob = 0; blob < 40; blob += 1) {
        const hue = noise.whole(from, to)
        const light = noise.whole(20, 60)
        spot(
          noise.next() * width,
          (0.5 + noise.next() * 0.5) * height,
          20 + noise.next() * 80,
          `hsla(${hue}, 40%, ${light}%, 0.7)`,
          `hsla(${hue}, 40%, ${light}%, 0)`
        )
      }
      for (let ball = 0; ball < balls; ball += 1) {
        spot(
          150 + (ball * 600) / balls,
          480 - noise.whole(0, 30),
          48,
          'rgba(250, 245, 225, 1)',
          'rgba(250, 245, 225, 0)'
        )
      }
      if (hasPlate) {
        context.fillStyle = '#f2efe4'
        context.fillRect(640, 60, 210, 64)
        context.fillStyle = '#1c1c1c'
        context.font = systemFont('bold 32px "Liberation Sans"')
        context.textAlign = 'center'
        context.fillText(`${word} ${number}`, 745, 104)
      }
      addNoise(canvas, 14, noise)
      return canvas
    }
  }
}
