import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { earcons, type Earcon } from '../src/shared/earcons.ts'
import { encodeWav } from './wav-file.ts'

/** Samples per second of every earcon. */
const sampleRate = 44_100
/** Peak of a loud note, of 1: about -8 dBFS. */
const loud = 0.4
const fadeInMs = 6
/** Longer than the fade-in, so that it sounds struck rather than switched off. */
const fadeOutMs = 20
/** Some of the octave: small speakers, and ears that hear only one range well, still get the pitch. */
const octaveShare = 0.3

interface Note {
  startMs: number
  lengthMs: number
  /** At least 400; its octave is at most 2500. Age-related hearing loss begins above, and laptop speakers end below. */
  hz: number
  level: number
}

/** They differ in rhythm and contour, so neither absolute pitch nor good hearing is needed. */
const scores: Record<Earcon, readonly Note[]> = {
  captured: [
    { startMs: 0, lengthMs: 45, hz: 1175, level: loud },
    { startMs: 65, lengthMs: 45, hz: 1175, level: loud }
  ],
  ready: [
    { startMs: 0, lengthMs: 90, hz: 587, level: loud },
    { startMs: 110, lengthMs: 130, hz: 988, level: loud }
  ],
  // Softer than the others, because it repeats.
  working: [{ startMs: 0, lengthMs: 60, hz: 523, level: loud * 0.7 }],
  failed: [
    { startMs: 0, lengthMs: 90, hz: 831, level: loud },
    { startMs: 120, lengthMs: 90, hz: 622, level: loud },
    { startMs: 240, lengthMs: 100, hz: 440, level: loud }
  ]
}

/** Every earcon as a WAV file by its path under assets/. `node scripts/make-earcons.ts` writes them; a test compares. */
export function makeEarcons(): Map<string, Buffer> {
  return new Map(earcons.map((earcon) => [`earcons/${earcon}.wav`, encodeWav(render(scores[earcon]), sampleRate)]))
}

function render(notes: readonly Note[]): Int16Array {
  const endMs = Math.max(...notes.map((note) => note.startMs + note.lengthMs))
  const samples = new Int16Array(sampleCount(endMs))
  for (const note of notes) samples.set(renderNote(note), sampleCount(note.startMs))
  return samples
}

function renderNote({ lengthMs, hz, level }: Note): Int16Array {
  const last = sampleCount(lengthMs) - 1
  const scale = (level * 32_767) / (1 + octaveShare)
  return Int16Array.from({ length: last + 1 }, (_, index) => {
    const phase = (2 * Math.PI * hz * index) / sampleRate
    const fade = swell(index / sampleCount(fadeInMs)) * swell((last - index) / sampleCount(fadeOutMs))
    return Math.round(scale * fade * (Math.sin(phase) + octaveShare * Math.sin(2 * phase)))
  })
}

/** From 0 to 1 without a corner, which would click. */
function swell(progress: number): number {
  return 0.5 - 0.5 * Math.cos(Math.PI * Math.min(progress, 1))
}

function sampleCount(ms: number): number {
  // Rounded down, so that start plus length never passes the end.
  return Math.floor((ms * sampleRate) / 1000)
}

if (import.meta.main) {
  const assets = join(import.meta.dirname, '..', 'assets')
  await mkdir(join(assets, 'earcons'), { recursive: true })
  for (const [name, bytes] of makeEarcons()) await writeFile(join(assets, name), bytes)
}
