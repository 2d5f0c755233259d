import { constants, setPriority } from 'node:os'

/**
 * Vitest runs this before it starts a worker. Tests then have the priority of the helper processes that they wait for
 * (src/adapters/helper/helper-process.ts): at the normal one, two other test files would leave those a tenth of a processor.
 */
export default function setup(): void {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
}
