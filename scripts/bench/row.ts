/** One line of `npm run bench`: Descry compared with the naive way, measured in the same run. Times are medians. */
export interface BenchRow {
  name: string
  oursMs: number
  naiveMs: number | null
  /** What the naive way is, how many runs, or the goal. */
  note: string
}

/** The median of some numbers. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
}
