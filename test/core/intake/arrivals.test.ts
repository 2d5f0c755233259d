import { beforeEach, describe, expect, it } from 'vitest'
import { createArrivals, type ArrivedPicture, type Arrivals } from '#core/intake/arrivals.ts'
import { createFakeClock, type FakeClock } from '#test/clock.ts'
import type { ArrivalMode } from '#shared/settings.ts'

interface Named extends ArrivedPicture {
  name: string
}
const picture = (name: string, origin: Named['origin'] = 'clipboard', pixels = name): Named => ({
  name,
  origin,
  sha256: `sha-${name}-${origin}`,
  fingerprint: `pixels-${pixels}`
})
/** The same pixels in another file. */
const asFile = (name: string): Named => picture(name, 'file')

let clock: FakeClock
let mode: ArrivalMode
let log: string[]
let arrivals: Arrivals<Named>

beforeEach(() => {
  clock = createFakeClock()
  mode = 'ready'
  log = []
  const note = (word: string) => (one: Named) => log.push(`${word} ${one.name}`)
  arrivals = createArrivals<Named>({
    clock,
    mode: () => mode,
    onReady: note('ready'),
    onDescribe: note('describe'),
    onKept: note('kept'),
    onPaused: () => log.push('paused'),
    onResumed: () => log.push('resumed')
  })
})

/** Offers `count` pictures that were never seen before, `everyMs` apart. */
let made = 0
async function flood(count: number, everyMs: number): Promise<string[]> {
  const outcomes: string[] = []
  for (let index = 0; index < count; index += 1) {
    made += 1
    outcomes.push(arrivals.offer(picture(`flood-${made}`)))
    await clock.advance(everyMs)
  }
  return outcomes
}
const counted = (word: string): number => log.filter((line) => line.startsWith(word)).length

describe('what is one picture', () => {
  it('announces a picture once, also when it is copied twice in a row', async () => {
    expect(arrivals.offer(picture('a'))).toBe('ready')
    await clock.advance(60_000)
    expect(arrivals.offer(picture('a'))).toBe('duplicate')
    expect(arrivals.offer({ ...picture('b'), sha256: 'other', fingerprint: 'pixels-a' })).toBe('duplicate')
    expect(log).toEqual(['ready a'])
  })

  it('announces it again when another came between', () => {
    for (const name of ['a', 'b', 'a']) expect(arrivals.offer(picture(name))).toBe('ready')
  })

  it('takes the clipboard picture and the file of one PrintScreen as one, whichever comes first', async () => {
    expect(arrivals.offer(picture('a'))).toBe('ready')
    expect(arrivals.offer(asFile('a'))).toBe('duplicate')
    expect(arrivals.offer(asFile('b'))).toBe('ready')
    await clock.advance(1500)
    expect(arrivals.offer(picture('b'))).toBe('duplicate')
  })

  it('does so also when another came between, for five seconds, once', async () => {
    arrivals.offer(picture('a'))
    arrivals.offer(picture('b'))
    await clock.advance(4000)
    expect(arrivals.offer(asFile('a'))).toBe('duplicate')
    expect(arrivals.offer(asFile('a'))).toBe('ready')
    arrivals.offer(picture('c'))
    arrivals.offer(picture('d'))
    await clock.advance(5000)
    expect(arrivals.offer(asFile('c'))).toBe('ready')
  })

  it('passes over what Descry wrote, by bytes or by pixels', () => {
    arrivals.noteOwnWrite('sha-own-file')
    arrivals.noteOwnWrite('pixels-mine')
    expect(arrivals.offer(asFile('own'))).toBe('own')
    expect(arrivals.offer(picture('mine'))).toBe('own')
    expect(log).toEqual([])
  })

  it('ignores everything while switched off, and forgets it', () => {
    mode = 'off'
    expect(arrivals.offer(picture('a'))).toBe('ignored')
    mode = 'ready'
    expect(arrivals.offer(picture('a'))).toBe('ready')
  })
})

describe('describing at once', () => {
  beforeEach(() => {
    mode = 'describe'
  })

  it('waits half a second, then describes', async () => {
    expect(arrivals.offer(picture('a'))).toBe('describing')
    await clock.advance(499)
    expect(log).toEqual([])
    await clock.advance(1)
    expect(log).toEqual(['describe a'])
    expect(arrivals.takeWaiting()).toBeNull()
  })

  it('sends nothing when it is stopped in that time, and keeps the picture', async () => {
    const stopped = picture('a')
    arrivals.offer(stopped)
    expect(arrivals.cancelPending()).toBe(true)
    await clock.advance(10_000)
    expect(log).toEqual(['kept a'])
    expect(arrivals.takeWaiting()).toBe(stopped)
    expect(arrivals.cancelPending()).toBe(false)
  })

  it('sends nothing when sending is switched off in that time', async () => {
    arrivals.offer(picture('a'))
    mode = 'ready'
    await clock.advance(1000)
    expect(log).toEqual(['kept a'])
  })

  it('describes nothing after its end', async () => {
    arrivals.offer(picture('a'))
    arrivals.close()
    await clock.advance(1000)
    expect(log).toEqual([])
    expect(clock.pending).toBe(0)
  })
})

describe('too many', () => {
  it.each([
    ['describe', 'describe'],
    ['ready', 'ready']
  ] as const)('in mode %s pauses aloud after ten in a minute, once, and loses none', async (chosen, word) => {
    mode = chosen
    const outcomes = await flood(50, 10)
    await clock.advance(500)
    expect(counted(word)).toBe(10)
    expect(counted('kept')).toBe(40)
    expect(counted('paused')).toBe(1)
    expect(outcomes.slice(10).every((one) => one === 'kept')).toBe(true)
    expect(arrivals.takeWaiting()?.name).toBe(`flood-${made}`)
  })

  it('goes on after the minute', async () => {
    await flood(11, 0)
    expect(arrivals.pausedUntilMs()).toBe(60_000)
    await clock.advance(59_999)
    expect(arrivals.offer(picture('a'))).toBe('kept')
    await clock.advance(1)
    expect(log.at(-1)).toBe('resumed')
    expect(arrivals.pausedUntilMs()).toBeNull()
    expect(await flood(11, 0)).toEqual([...Array.from({ length: 10 }, () => 'ready'), 'kept'])
  })

  it('stays paused, in silence, until a minute with fewer than ten', async () => {
    await flood(11, 0)
    await flood(24, 5000)
    expect(counted('paused')).toBe(1)
    expect(counted('resumed')).toBe(0)
    await clock.advance(60_000)
    expect(counted('resumed')).toBe(1)
  })

  it('never pauses at ten a minute', async () => {
    const outcomes = await flood(40, 6000)
    expect(outcomes.every((one) => one === 'ready')).toBe(true)
  })

  it('does not count duplicates', async () => {
    for (let index = 0; index < 30; index += 1) arrivals.offer(picture('a'))
    expect(await flood(9, 0)).not.toContain('kept')
  })
})

describe('the picture that waits', () => {
  it('is the newest, is taken once, and waits five minutes', async () => {
    arrivals.offer(picture('a'))
    const newest = picture('b')
    arrivals.offer(newest)
    await clock.advance(299_999)
    expect(arrivals.takeWaiting()).toBe(newest)
    expect(arrivals.takeWaiting()).toBeNull()
    arrivals.offer(picture('c'))
    await clock.advance(300_000)
    expect(arrivals.takeWaiting()).toBeNull()
  })
})
