/** Random choices that are the same in each run: everything in the sets comes from one seed. */
export interface Chance {
  /** From 0 to below 1. */
  next(): number
  /** An integer from `low` to `high`, inclusive. */
  whole(low: number, high: number): number
  pick<T>(from: readonly T[]): T
  /** `count` different ones, in any order. */
  some<T>(from: readonly T[], count: number): T[]
  happens(share: number): boolean
}

/** mulberry32: small, and good enough to choose words. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  const some = <T>(from: readonly T[], count: number): T[] => {
    const left = [...from]
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(whole(0, left.length - 1), 1)[0] as T)
  }
  return {
    next,
    whole,
    some,
    pick: (from) => from[whole(0, from.length - 1)] as (typeof from)[number],
    happens: (share) => next() < share
  }
}
