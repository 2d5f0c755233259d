/** What is not known by then is not waited for: find() answers within half a second. */
const findLimitMs = 450

/** The answer; null when there is none in time, or looking for it failed. The signal fires when time is up. */
export async function findWithin<Found>(
  look: (signal: AbortSignal) => Promise<Found | null>,
  limitMs = findLimitMs
): Promise<Found | null> {
  const stop = new AbortController()
  let limit: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    limit = setTimeout(() => {
      stop.abort()
      resolve(null)
    }, limitMs)
  })
  try {
    return await Promise.race([look(stop.signal), late])
  } catch {
    return null
  } finally {
    clearTimeout(limit)
  }
}
