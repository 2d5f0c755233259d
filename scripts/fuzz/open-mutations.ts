import { openPicture, peakMb } from './open-picture.ts'
import { DescryError } from '#shared/errors.ts'
import { startInProcess } from '#test/in-process-helper.ts'
import { decodedHere, drawnByHelper, mutated, randomNumbers, withChecksums } from '#test/mutations.ts'

/**
 * Opens mutations FROM to TO of a SEED, with what the helper process does in this process, and prints a line of JSON for each. The
 * same numbers give the same files.
 */
export interface MutationOutcome {
  run: number
  format: string
  /** "picture", the code of a refusal, or the words of an error that is none. */
  code: string
  /** Peak resident memory of the process so far. */
  peakMb: number
}

const [seed = 1, from = 0, to = 0] = process.argv.slice(2).map(Number)
const files = [...(await decodedHere()), ...(await drawnByHelper())]

for (let run = from; run < to; run += 1) {
  const [format, whole] = files[run % files.length]!
  const bytes = mutated(whole, randomNumbers(Math.imul(run + 1, 0x9e3779b1) ^ seed))
  // The parent knows by this line what it was when the process ends or hangs.
  console.log(JSON.stringify({ run, format, code: 'unfinished', peakMb: 0 } satisfies MutationOutcome))
  const code = await openPicture(format.endsWith('PNG') ? withChecksums(bytes) : bytes, startInProcess).then(
    () => 'picture',
    (error: unknown) => (error instanceof DescryError && error.code !== 'internal' ? error.code : String(error))
  )
  console.log(JSON.stringify({ run, format, code, peakMb: peakMb(process.pid) } satisfies MutationOutcome))
}
process.exit()
