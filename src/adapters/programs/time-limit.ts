/**
 * The result of `look`; null if it finds nothing in time, or fails.
 *
 * @param look Its signal fires when time is up.
 */
export async function findWithin<Found>(
  timeoutMs: number,
  look: (signal: AbortSignal) => Promise<Found | null>
): Promise<Found | null> {
  const stop = new AbortController()
  let limit: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    limit = setTimeout(() => {
      stop.abort()
      resolve(null)
    }, timeoutMs)
  })
  try {
    return await Promise.race([look(stop.signal), late])
  } catch {
    return null
  } finally {
    clearTimeout(limit)
  }
}
