import { setTimeout as wait } from 'node:timers/promises'

/** As long as desktops animate a window that goes, and others take to paint what it covered. */
const goneMs = 300

/** Runs `work` while a window is put away, and brings it back whatever comes of it. */
export async function whileAway<Value>(
  window: { putAway(): Promise<void>; bringBack(): Promise<void> },
  work: () => Promise<Value>
): Promise<Value> {
  await window.putAway()
  try {
    await wait(goneMs)
    return await work()
  } finally {
    await window.bringBack()
  }
}
