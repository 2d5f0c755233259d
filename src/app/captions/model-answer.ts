import type { Description } from '#shared/caption.ts'
import { asDescryError, DescryError } from '#shared/errors.ts'

/** What one of two models says, or why it says nothing, with its name. Never rejects; a stop is an error like others. */
export async function modelAnswer(model: string, asked: Promise<Description>): Promise<Description | DescryError> {
  const description = await asked.catch((error: unknown) => asDescryError(error))
  if (description instanceof DescryError) return named(model, description)
  // What was read here instead is no opinion. Without a warning it is blank.
  const why = description.offline ? description.warnings[0] : undefined
  return why ? named(model, new DescryError(why.code, why)) : description
}

/** Why neither says anything. The same reason, such as a limit, is told once, and without names. */
export function bothFailed(first: DescryError, second: DescryError): DescryError {
  const [one, other] = [first.cause, second.cause].map(asDescryError)
  if (one && one.code === other?.code && one.message === other.message) return one
  return new DescryError(first.code, { message: `${first.message} ${second.message}`, next: first.next, cause: first })
}

function named(model: string, cause: DescryError): DescryError {
  return new DescryError(cause.code, { message: `${model}: ${cause.message}`, next: cause.next, cause })
}
