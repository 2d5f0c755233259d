import type { Desktop } from './desktop.ts'
import { until } from './process.ts'

/** Samples per second of every recording. */
const sampleRate = 22_050
/** Louder than the noise of an engine that opens its stream, and far quieter than a vowel. */
const loudness = 150
/** The time that one value of an envelope covers. */
const frameMs = 20

/** What a desktop's sound card (the null sink) plays, with times. */
export interface Recording {
  /** performance.now() of the first sound at or after `sinceMs`, or null. */
  firstSoundMs(sinceMs: number): number | null
  /** performance.now() of the last sound so far at or after `sinceMs`, or null. */
  lastSoundMs(sinceMs?: number): number | null
  /** Resolves with the time of the first sound at or after `sinceMs`. */
  sound(sinceMs: number, timeoutMs?: number): Promise<number>
  /** Resolves with the time of the last sound once there was none for `quietMs`. */
  quiet(quietMs?: number, timeoutMs?: number): Promise<number>
  /** Everything heard from `sinceMs` until now, without the silence before and after. */
  heard(sinceMs: number): Int16Array
  end(): Promise<void>
}

interface Piece {
  /** When the last sample was heard. */
  atMs: number
  samples: Int16Array
}

/** Starts recording. Resolves when the first samples arrive. The desktop needs `sound`. */
export async function startRecording(desktop: Desktop): Promise<Recording> {
  const pieces: Piece[] = []
  const parec = desktop.start('parec', [
    '--device=null.monitor',
    '--raw',
    '--format=s16le',
    `--rate=${sampleRate}`,
    '--channels=1',
    // Small pieces, so that the time of arrival is the time of the sound within a few milliseconds.
    '--latency-msec=5',
    '--process-time-msec=5'
  ])
  let odd: Buffer = Buffer.alloc(0)
  parec.child.stdout?.on('data', (chunk: Buffer) => {
    const bytes = Buffer.concat([odd, chunk])
    const even = bytes.length - (bytes.length % 2)
    odd = bytes.subarray(even)
    const samples = new Int16Array(even / 2)
    for (let index = 0; index < samples.length; index += 1) samples[index] = bytes.readInt16LE(index * 2)
    pieces.push({ atMs: performance.now(), samples })
  })
  await until(() => pieces.length > 0, { what: 'the recording' })

  const timeOf = (piece: Piece, index: number): number =>
    piece.atMs - ((piece.samples.length - 1 - index) * 1000) / sampleRate
  const isLoud = (sample: number): boolean => Math.abs(sample) > loudness

  const recording: Recording = {
    firstSoundMs(sinceMs) {
      for (const piece of pieces) {
        if (piece.atMs < sinceMs) continue
        const index = piece.samples.findIndex((sample, at) => isLoud(sample) && timeOf(piece, at) >= sinceMs)
        if (index >= 0) return timeOf(piece, index)
      }
      return null
    },
    lastSoundMs(sinceMs = -Infinity) {
      for (const piece of pieces.toReversed()) {
        if (piece.atMs < sinceMs) return null
        const index = piece.samples.findLastIndex(isLoud)
        if (index >= 0) return timeOf(piece, index)
      }
      return null
    },
    sound: (sinceMs, timeoutMs = 5000) =>
      until(() => recording.firstSoundMs(sinceMs), { timeoutMs, everyMs: 5, what: 'a sound' }),
    quiet: (quietMs = 400, timeoutMs = 20_000) =>
      until(
        () => {
          const last = recording.lastSoundMs()
          return last !== null && performance.now() - last >= quietMs ? last : null
        },
        { timeoutMs, what: 'silence' }
      ),
    heard(sinceMs) {
      return trimmed(pieces.filter((piece) => piece.atMs >= sinceMs).map((piece) => piece.samples))
    },
    end: () => parec.end()
  }
  return recording
}

/** espeak-ng's own rendering of a text, without playing it, at the sample rate of recordings. */
export async function espeakRendering(
  desktop: Desktop,
  text: string,
  { language = 'en', rateWpm = 175 } = {}
): Promise<Int16Array> {
  const { stdout } = await desktop.run(
    'espeak-ng',
    ['--stdin', '--stdout', '-b', '1', '-v', language, '-s', String(rateWpm)],
    {
      input: text
    }
  )
  // A WAV file with 22050 Hz, 16 bits, and one channel; its header has 44 bytes.
  const samples = new Int16Array((stdout.length - 44) >> 1)
  for (let index = 0; index < samples.length; index += 1) samples[index] = stdout.readInt16LE(44 + index * 2)
  return trimmed([samples])
}

/**
 * How alike two pieces of speech are, 0 to 1: the correlation of their loudness over time, at the shift that fits best.
 * Pauses are left out, because a machine under load plays with gaps. The same words by the same engine give more than 0.9; other words of the same length less than 0.6.
 */
export function likeness(one: Int16Array, other: Int16Array): number {
  const [a, b] = [envelope(withoutPauses(one)), envelope(withoutPauses(other))]
  let best = 0
  const maxShift = 15
  for (let shift = -maxShift; shift <= maxShift; shift += 1) best = Math.max(best, correlation(a, b, shift))
  // What only one of them contains lowers the result.
  return best * (Math.min(a.length, b.length) / Math.max(a.length, b.length))
}

export function durationMs(samples: Int16Array): number {
  return (samples.length * 1000) / sampleRate
}

/** The median pitch of the voiced parts, by autocorrelation. 0 when nothing is voiced. */
export function pitchHz(samples: Int16Array): number {
  const width = 1024
  const found: number[] = []
  for (let start = 0; start + 2 * width < samples.length; start += width) {
    const piece = samples.subarray(start, start + width)
    const energy = dot(piece, piece)
    if (energy / width < 1e6) continue
    let best = { likeness: 0.7, shift: 0 }
    for (let shift = Math.round(sampleRate / 400); shift <= sampleRate / 60; shift += 1) {
      const other = samples.subarray(start + shift, start + shift + width)
      const likeness = dot(piece, other) / Math.sqrt(energy * dot(other, other))
      if (likeness > best.likeness) best = { likeness, shift }
    }
    if (best.shift > 0) found.push(sampleRate / best.shift)
  }
  return found.toSorted((one, other) => one - other)[found.length >> 1] ?? 0
}

function dot(one: Int16Array, other: Int16Array): number {
  let sum = 0
  for (let index = 0; index < one.length; index += 1) sum += (one[index] ?? 0) * (other[index] ?? 0)
  return sum
}

function withoutPauses(samples: Int16Array): Int16Array {
  const quiet = 20
  const shortestPause = Math.round(sampleRate * 0.004)
  const kept: number[] = []
  let pause: number[] = []
  for (const sample of samples) {
    if (Math.abs(sample) <= quiet) {
      pause.push(sample)
      continue
    }
    if (pause.length < shortestPause) kept.push(...pause)
    pause = []
    kept.push(sample)
  }
  return Int16Array.from(kept)
}

function envelope(samples: Int16Array): number[] {
  const width = Math.round((sampleRate * frameMs) / 1000)
  const values: number[] = []
  for (let start = 0; start < samples.length; start += width) {
    let sum = 0
    for (const sample of samples.subarray(start, start + width)) sum += sample * sample
    // Quiet consonants count, too.
    values.push(Math.log1p(Math.sqrt(sum / width)))
  }
  return values
}

function correlation(a: number[], b: number[], shift: number): number {
  const pairs: [number, number][] = []
  for (let index = 0; index < a.length; index += 1) {
    const partner = b[index + shift]
    if (partner !== undefined) pairs.push([a[index] ?? 0, partner])
  }
  if (pairs.length < 5) return 0
  const meanA = pairs.reduce((sum, [x]) => sum + x, 0) / pairs.length
  const meanB = pairs.reduce((sum, [, y]) => sum + y, 0) / pairs.length
  let [top, squareA, squareB] = [0, 0, 0]
  for (const [x, y] of pairs) {
    top += (x - meanA) * (y - meanB)
    squareA += (x - meanA) ** 2
    squareB += (y - meanB) ** 2
  }
  return squareA === 0 || squareB === 0 ? 0 : Math.max(0, top / Math.sqrt(squareA * squareB))
}

function trimmed(parts: Int16Array[]): Int16Array {
  const all = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  const first = all.findIndex((sample) => Math.abs(sample) > loudness)
  if (first < 0) return new Int16Array(0)
  return all.slice(first, all.findLastIndex((sample) => Math.abs(sample) > loudness) + 1)
}
