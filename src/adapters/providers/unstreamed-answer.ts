import type { OpenAI } from 'openai'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { bodyFailure } from './openai-failures.ts'

/** The model was asked and said nothing. */
export function noAnswer(): DescryError {
  return new DescryError('bad-answer', { message: t('providers.no-answer'), next: t('providers.no-answer.next') })
}

/**
 * A complete answer with status 200, from a server that does not stream, as a single chunk.
 *
 * @throws the failure in the body, as OpenRouter and LM Studio send it; provider-down for a web page, such as a network's
 * sign-in page; bad-answer for anything else.
 */
export function readUnstreamed(
  text: string,
  contentType: string | null,
  apiKey: string | null
): OpenAI.ChatCompletionChunk {
  if (contentType?.includes('html')) {
    throw new DescryError('provider-down', {
      message: t('providers.web-page'),
      next: t('providers.web-page.next')
    })
  }
  const body = parsed(text)
  if ('error' in body && body['error'] !== null) throw bodyFailure(body, apiKey)
  const { choices } = body
  if (!Array.isArray(choices)) throw new DescryError('bad-answer')
  const [choice] = choices as ({ message?: unknown } | null)[]
  if (!choice) throw noAnswer()
  // The answer is whole, whatever the server leaves out.
  return {
    ...body,
    choices: [{ finish_reason: 'stop', ...choice, delta: choice.message }]
  } as unknown as OpenAI.ChatCompletionChunk
}

/** A JSON object; an empty one for anything else. */
function parsed(text: string): Record<string, unknown> {
  try {
    return { ...(JSON.parse(text) as object) }
  } catch {
    return {}
  }
}
