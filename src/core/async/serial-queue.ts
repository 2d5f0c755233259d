/** Does one piece of work after the other, in the order in which they came. */
export interface SerialQueue {
  /** How many have not begun yet. */
  readonly waiting: number
  /** Settles as the work does. Work that fails does not hold up the next. */
  add<Value>(work: () => Value | Promise<Value>): Promise<Value>
  /** Resolves when everything added so far is done. */
  idle(): Promise<void>
}

export function createSerialQueue(): SerialQueue {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return {
    get waiting() {
      return waiting
    },
    add(work) {
      waiting += 1
      const done = last.then(() => {
        waiting -= 1
        return work()
      })
      last = done.catch(() => undefined)
      return done
    },
    async idle() {
      await last
    }
  }
}
