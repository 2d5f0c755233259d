import { beforeEach, describe, expect, it } from 'vitest'
import { createArrivals, type Arrivals } from '#core/intake/arrivals.ts'
import type { ArrivedPicture } from '#core/intake/repeats.ts'
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
let coming: number
let log: string[]
let arrivals: Arrivals<Named>

beforeEach(() => {
  clock = createFakeClock()
  mode = 'ready'
  coming = 0
  log = []
  const note = (word: string) => (one: Named) => log.push(`${word} ${one.name}`)
  arrivals = createArrivals<Named>({
    clock,
    mode: () => mode,
    coming: () => coming,
    onReady: note('ready'),
    onCounted: (count) => log.push(`counted ${count}`),
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

  it('announces it again when another came between', async () => {
    for (const name of ['a', 'b', 'a']) {
      expect(arrivals.offer(picture(name))).toBe('ready')
      await clock.advance(1000)
    }
  })

  it('does not when only a file did, and the clipboard holds what it held', async () => {
    expect(arrivals.offer(picture('a'))).toBe('ready')
    await clock.advance(60_000)
    expect(arrivals.offer(asFile('b'))).toBe('ready')
    await clock.advance(60_000)
    expect(arrivals.isRepeat('sha-a-clipboard')).toBe(true)
    expect(arrivals.offer(picture('a'))).toBe('duplicate')
    expect(arrivals.offer(asFile('b'))).toBe('duplicate')
  })

  it('names what one PrintScreen may have made together with the next', async () => {
    arrivals.offer(picture('a'))
    arrivals.offer(asFile('b'))
    await clock.advance(3000)
    arrivals.offer(picture('c'))
    expect(arrivals.possibleTwins('file').map(({ name }) => name)).toEqual(['a', 'c'])
    await clock.advance(3000)
    expect(arrivals.possibleTwins('file').map(({ name }) => name)).toEqual(['c'])
    expect(arrivals.possibleTwins('clipboard')).toEqual([])
  })

  it('takes the clipboard picture and the file of one PrintScreen as one, whichever comes first', async () => {
    expect(arrivals.offer(picture('a'))).toBe('ready')
    expect(arrivals.offer(asFile('a'))).toBe('duplicate')
    await clock.advance(1000)
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
    await clock.advance(6000)
    expect(arrivals.offer(asFile('c'))).toBe('ready')
  })

  it('passes over what Descry wrote, by bytes or by pixels', () => {
    arrivals.noteOwnWrite('sha-own-file')
    arrivals.noteOwnWrite('pixels-mine')
    expect(arrivals.offer(asFile('own'))).toBe('own')
    expect(arrivals.offer(picture('mine'))).toBe('own')
    expect(log).toEqual([])
  })

  it('knows Descry’s own bytes and the picture before without decoding them', () => {
    arrivals.noteOwnWrite('sha-own')
    arrivals.offer(picture('a'))
    expect(['sha-own', 'sha-a-clipboard', 'sha-b-clipboard'].map((sha) => arrivals.isRepeat(sha))).toEqual([
      true,
      true,
      false
    ])
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

describe('many at once', () => {
  it('announces the first at once, and the number of all when no more come', async () => {
    const outcomes = await flood(50, 20)
    expect(outcomes).toEqual(['ready', ...Array.from({ length: 49 }, () => 'counted')])
    await clock.advance(679)
    expect(log.at(-1)).toMatch(/^kept/u)
    await clock.advance(1)
    expect(log.at(-1)).toBe('counted 50')
    expect([counted('ready'), counted('kept'), counted('counted')]).toEqual([1, 49, 1])
    expect(arrivals.takeWaiting()?.name).toBe(`flood-${made}`)
  })

  it('says nothing more of a single one', async () => {
    arrivals.offer(picture('a'))
    await clock.advance(60_000)
    expect(log).toEqual(['ready a'])
    expect(clock.pending).toBe(0)
  })

  it('announces only the number when more are known to come, however long they take, up to 15 s', async () => {
    for (coming = 4; coming >= 0; coming -= 1) {
      expect(arrivals.offer(picture(`slow-${coming}`))).toBe('counted')
      expect(counted('counted')).toBe(0)
      await clock.advance(3000)
    }
    expect(log.at(-1)).toBe('counted 5')

    coming = 1
    arrivals.offer(picture('lost'))
    await clock.advance(14_999)
    expect(log.at(-1)).toBe('kept lost')
    await clock.advance(700)
    expect(log.at(-1)).toBe('counted 1')
  })

  it('counts a stream that does not end every three seconds', async () => {
    await flood(60, 100)
    expect(log.filter((line) => line.startsWith('counted'))).toEqual(['counted 30', 'counted 30'])
  })

  it('describes up to three at once, and sends none of more', async () => {
    mode = 'describe'
    await flood(3, 100)
    await clock.advance(2000)
    expect(log.map((line) => line.split(' ')[0])).toEqual(['describe', 'describe', 'describe'])
    log.length = 0
    expect((await flood(50, 10)).slice(0, 4)).toEqual(['describing', 'describing', 'describing', 'counted'])
    await clock.advance(2000)
    expect(counted('describe')).toBe(0)
    expect(counted('kept')).toBe(50)
    expect(log.at(-1)).toBe('counted 50')
  })

  it('does not even wait half a second to know that when more are known to come', () => {
    mode = 'describe'
    coming = 3
    expect(arrivals.offer(picture('a'))).toBe('counted')
  })

  it('is one event: ten bursts in a minute are not too many', async () => {
    for (let bursts = 0; bursts < 10; bursts += 1) {
      await flood(20, 10)
      await clock.advance(3000)
    }
    expect(counted('paused')).toBe(0)
    expect(log.filter((line) => line === 'counted 20')).toHaveLength(10)
    expect(await flood(1, 0)).toEqual(['kept'])
    expect(log.at(-2)).toBe('paused')
  })

  it('says nothing of pictures that Stop kept from being sent', async () => {
    mode = 'describe'
    await flood(2, 10)
    arrivals.cancelPending()
    await clock.advance(5000)
    expect(counted('kept')).toBe(2)
    expect(counted('counted')).toBe(0)
  })
})

describe('too many', () => {
  it.each([
    ['describe', 'describe'],
    ['ready', 'ready']
  ] as const)('in mode %s pauses aloud after ten in a minute, once, and loses none', async (chosen, word) => {
    mode = chosen
    const outcomes = await flood(50, 1000)
    expect(counted(word)).toBe(10)
    expect(counted('kept')).toBe(40)
    expect(counted('paused')).toBe(1)
    expect(outcomes.slice(10).every((one) => one === 'kept')).toBe(true)
    expect(arrivals.takeWaiting()?.name).toBe(`flood-${made}`)
  })

  it('goes on after the minute', async () => {
    await flood(11, 1000)
    expect(arrivals.pausedUntilMs()).toBe(70_000)
    await clock.advance(58_999)
    expect(arrivals.offer(picture('a'))).toBe('kept')
    await clock.advance(1)
    expect(log.at(-1)).toBe('resumed')
    expect(arrivals.pausedUntilMs()).toBeNull()
    expect(await flood(11, 1000)).toEqual([...Array.from({ length: 10 }, () => 'ready'), 'kept'])
  })

  it('stays paused, in silence, until a minute with fewer than ten', async () => {
    await flood(11, 1000)
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
    await clock.advance(1000)
    expect(await flood(9, 1000)).not.toContain('kept')
  })
})

describe('paused by the user', () => {
  const hourMs = 3_600_000

  it('ignores what comes, tells until when, and goes on by itself', async () => {
    await clock.advance(1000)
    arrivals.pauseFor(hourMs)
    expect(arrivals.pausedUntilMs()).toBe(hourMs + 1000)
    expect(arrivals.isListening()).toBe(false)
    expect(arrivals.offer(picture('a'))).toBe('ignored')
    expect(arrivals.takeWaiting()).toBeNull()
    await clock.advance(hourMs)
    expect(log).toEqual(['resumed'])
    expect(arrivals.isListening()).toBe(true)
    expect(arrivals.offer(picture('a'))).toBe('ready')
  })

  it('goes on when told, in silence, also after a pause of its own', async () => {
    arrivals.pauseFor(hourMs)
    arrivals.resume()
    expect(arrivals.pausedUntilMs()).toBeNull()
    await flood(11, 1000)
    expect(arrivals.pausedUntilMs()).not.toBeNull()
    arrivals.resume()
    expect(arrivals.offer(picture('a'))).toBe('ready')
    await clock.advance(2 * hourMs)
    expect(counted('resumed')).toBe(0)
  })

  it('lasts from the last command, and keeps what would have been sent', async () => {
    mode = 'describe'
    arrivals.offer(picture('a'))
    arrivals.pauseFor(hourMs)
    arrivals.pauseFor(2 * hourMs)
    await clock.advance(2 * hourMs - 1)
    expect(log).toEqual(['kept a'])
    await clock.advance(1)
    expect(log).toEqual(['kept a', 'resumed'])
  })

  it('no longer says a number', async () => {
    await flood(5, 10)
    arrivals.pauseFor(hourMs)
    await clock.advance(5000)
    expect(counted('counted')).toBe(0)
  })

  it('is not listening either while switched off', () => {
    mode = 'off'
    expect(arrivals.isListening()).toBe(false)
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
