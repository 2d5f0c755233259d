/** Events of tasks that run in parallel, passed on as if the tasks had run one after the other. */
export interface InOrder<Event> {
  /** Passed on at once for the task whose turn it is; kept until then for the others. */
  push(index: number, event: Event): void
  /** This task has no more events. */
  finish(index: number): void
}

export function inOrder<Event>(count: number, emit: (index: number, event: Event) => void): InOrder<Event> {
  const waiting = Array.from({ length: count }, (): Event[] => [])
  const finished = new Set<number>()
  let head = 0
  return {
    push(index, event) {
      if (index === head) emit(index, event)
      else waiting[index]?.push(event)
    },
    finish(index) {
      finished.add(index)
      while (finished.has(head)) {
        head += 1
        for (const event of waiting[head]?.splice(0) ?? []) emit(head, event)
      }
    }
  }
}

/** Runs `work` for 0 … count-1, started in this order, at most `limit` at a time. */
export async function sideBySide(count: number, limit: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < count) {
      const index = next
      next += 1
      await work(index)
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, count) }, worker))
}
