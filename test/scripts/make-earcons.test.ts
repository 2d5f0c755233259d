import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeEarcons } from '../../scripts/make-earcons.ts'
import { earconMessages, earcons, type Earcon } from '#shared/earcons.ts'
import { t } from '#shared/messages/messages.ts'

const folder = join(import.meta.dirname, '../../assets/earcons')
const sampleRate = 44_100
const longestMs: Record<Earcon, number> = { captured: 120, ready: 250, working: 80, failed: 350 }
/** Full scale is 1. */
const samplesOf = new Map<Earcon, Float64Array>()
for (const earcon of earcons) {
  const wav = makeEarcons().get(`earcons/${earcon}.wav`) ?? Buffer.alloc(0)
  samplesOf.set(
    earcon,
    Float64Array.from({ length: (wav.length - 44) / 2 }, (_, index) => wav.readInt16LE(44 + index * 2) / 32_768)
  )
}
const samples = (earcon: Earcon): Float64Array => samplesOf.get(earcon) ?? new Float64Array()
const durationMs = (earcon: Earcon): number => (samples(earcon).length * 1000) / sampleRate
const energy = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0)
const rms = (values: Float64Array): number => Math.sqrt(energy(values) / values.length)
const decibels = (ratio: number): number => 20 * Math.log10(ratio)

/** Energy between two frequencies, from the Fourier sums of the sound's frequencies in that band. */
function energyBetween(values: Float64Array, lowHz: number, highHz: number): number {
  const count = values.length
  let sum = 0
  for (let bin = Math.ceil((lowHz * count) / sampleRate); bin <= (highHz * count) / sampleRate; bin += 1) {
    let [real, imaginary] = [0, 0]
    for (let index = 0; index < count; index += 1) {
      const phase = (2 * Math.PI * bin * index) / count
      real += (values[index] ?? 0) * Math.cos(phase)
      imaginary += (values[index] ?? 0) * Math.sin(phase)
    }
    sum += (2 * (real * real + imaginary * imaginary)) / count
  }
  return sum
}

/** The pitch in hertz of each note. Notes are what lies between silences. */
function pitches(earcon: Earcon): number[] {
  const widthMs = 5
  const width = (sampleRate * widthMs) / 1000
  const notes: { start: number; end: number }[] = []
  let isInNote = false
  for (let start = 0; start < samples(earcon).length; start += width) {
    const isLoud = rms(samples(earcon).subarray(start, start + width)) > 0.02
    if (isLoud && !isInNote) notes.push({ start, end: start })
    isInNote = isLoud
    const note = notes.at(-1)
    if (isLoud && note) note.end = start + width
  }
  return notes.map(({ start, end }) => {
    const crossings: number[] = []
    for (let index = Math.round(start) + 1; index < end; index += 1) {
      const [before = 0, value = 0] = [samples(earcon)[index - 1], samples(earcon)[index]]
      if (before < 0 && value >= 0) crossings.push(index)
    }
    return (sampleRate * (crossings.length - 1)) / ((crossings.at(-1) ?? 0) - (crossings[0] ?? 0))
  })
}

/** What distinguishes sounds without absolute pitch: number of notes, direction of the pitch, length. */
function impression(earcon: Earcon): { notes: number; contour: number; durationMs: number } {
  const heard = pitches(earcon)
  const semitones = 12 * Math.log2((heard.at(-1) ?? 1) / (heard[0] ?? 1))
  // An interval of less than a fourth is easily missed.
  const contour = Math.abs(semitones) < 5 ? 0 : Math.sign(semitones)
  return { notes: heard.length, contour, durationMs: durationMs(earcon) }
}

it('writes the committed files', async () => {
  const made = makeEarcons()
  expect((await readdir(folder)).map((name) => `earcons/${name}`).toSorted()).toEqual([...made.keys()].toSorted())
  for (const [name, bytes] of made) {
    const isSame = bytes.equals(await readFile(join(folder, '..', name)))
    expect(isSame, `assets/${name}: run node scripts/make-earcons.ts`).toBe(true)
  }
})

describe.each(earcons)('%s', (earcon) => {
  it('is a WAV file of 44.1 kHz, 16 bit, one channel', async () => {
    const wav = await readFile(join(folder, `${earcon}.wav`))
    expect(wav.toString('latin1', 0, 4)).toBe('RIFF')
    expect(wav.readUInt32LE(4)).toBe(wav.length - 8)
    expect(wav.toString('latin1', 8, 16)).toBe('WAVEfmt ')
    const format = [wav.readUInt16LE(20), wav.readUInt16LE(22), wav.readUInt32LE(24), wav.readUInt16LE(34)]
    expect(format).toEqual([1, 1, sampleRate, 16])
    expect(wav.readUInt32LE(40)).toBe(wav.length - 44)
  })

  it('is short', () => {
    expect(durationMs(earcon)).toBeGreaterThan(40)
    expect(durationMs(earcon)).toBeLessThanOrEqual(longestMs[earcon])
  })

  it('is at most -6 dBFS loud', () => {
    expect(decibels(Math.max(...samples(earcon).map(Math.abs)))).toBeLessThanOrEqual(-6)
  })

  it('does not click: silent at its ends, no jumps, no direct current', () => {
    const all = samples(earcon)
    const end = Math.round(sampleRate * 0.001)
    for (const edge of [all.subarray(0, end), all.subarray(-end)])
      expect(Math.max(...edge.map(Math.abs))).toBeLessThan(0.03)
    expect(all.at(0)).toBe(0)
    expect(all.at(-1)).toBe(0)
    // The steepest step from sample to sample of a 2500 Hz sine at its peak.
    const steepest = 0.5 * ((2 * Math.PI * 2500) / sampleRate)
    expect(Math.max(...all.map((value, index) => Math.abs(value - (all[index - 1] ?? 0))))).toBeLessThan(steepest)
    expect(Math.abs(all.reduce((sum, value) => sum + value, 0) / all.length)).toBeLessThan(0.001)
  })

  it('has 95 % of its energy between 400 and 2500 Hz, where most ears and speakers work', () => {
    const all = samples(earcon)
    expect(energyBetween(all, 400, 2500) / energy(all)).toBeGreaterThan(0.95)
  })

  it('has a text of at most 20 characters', () => {
    expect(t(earconMessages[earcon])).toMatch(/^[A-Z][a-z ]{2,19}$/u)
  })
})

describe('together', () => {
  it('are about equally loud, the tick the softest', () => {
    const loudness = earcons.map((earcon) => ({ earcon, rms: rms(samples(earcon)) })).toSorted((a, b) => a.rms - b.rms)
    expect(loudness[0]?.earcon).toBe('working')
    expect(decibels((loudness.at(-1)?.rms ?? 1) / (loudness[0]?.rms ?? 1))).toBeLessThan(6)
  })

  it('sound the way the help describes them', () => {
    expect(impression('captured')).toMatchObject({ notes: 2, contour: 0 })
    expect(impression('ready')).toMatchObject({ notes: 2, contour: 1 })
    expect(impression('working')).toMatchObject({ notes: 1, contour: 0 })
    expect(impression('failed')).toMatchObject({ notes: 3, contour: -1 })
  })

  it('differ from each other in at least two of rhythm, contour and length', () => {
    for (const [index, one] of earcons.entries()) {
      for (const other of earcons.slice(index + 1)) {
        const [a, b] = [impression(one), impression(other)]
        const ratio = Math.max(a.durationMs, b.durationMs) / Math.min(a.durationMs, b.durationMs)
        const differences = [a.notes !== b.notes, a.contour !== b.contour, ratio > 1.5].filter(Boolean).length
        expect(differences, `${one} and ${other}`).toBeGreaterThanOrEqual(2)
      }
    }
  })

  it('have different texts', () => {
    expect(new Set(earcons.map((earcon) => t(earconMessages[earcon]))).size).toBe(earcons.length)
  })
})
