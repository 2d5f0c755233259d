import type { OpenAI } from 'openai'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { bodyFailure } from './openai-failures.ts'
import { readText } from './provider-request.ts'

const maxBytes = 1_000_000

/**
 * A complete answer with status 200, from a server that does not stream, as a single chunk.
 *
 * @throws the failure in the body, as OpenRouter and LM Studio send it; provider-down for a web page, such as a network's
 * sign-in page; bad-answer for anything else.
 */
export async function readUnstreamed(response: Response, apiKey: string | null): Promise<OpenAI.ChatCompletionChunk> {
  if (response.headers.get('content-type')?.includes('html')) {
    throw new DescryError('provider-down', {
      message: t('providers.web-page'),
      next: t('providers.web-page.next')
    })
  }
  const body = parsed(await readText(response, maxBytes))
  if ('error' in body) throw bodyFailure(body, apiKey)
  const { choices } = body
  const [choice] = (Array.isArray(choices) ? choices : []) as ({ message?: unknown } | null)[]
  if (!choice) throw new DescryError('bad-answer')
  return { ...body, choices: [{ ...choice, delta: choice.message }] } as unknown as OpenAI.ChatCompletionChunk
}

/** A JSON object; an empty one for anything else. */
function parsed(text: string): Record<string, unknown> {
  try {
    return { ...(JSON.parse(text) as object) }
  } catch {
    return {}
  }
}
