/** What a response's body said that the `openai` SDK keeps to itself. Filled while the body is read. */
export interface BodyWatch {
  /** The body contained the mark `data: [DONE]`. The SDK drops it, but some gateways send no other sign of the end. */
  hasDoneMark: boolean
  /** The body as text, up to 1 MB, as long as no server-sent event was found in it; then empty. */
  unstreamed: string
}

const maxUnstreamedCharacters = 1_000_000
const doneMark = /(?:^|[\r\n])data: ?\[DONE\]/u
const event = /(?:^|[\r\n])data:/u

const watches = new WeakMap<Response, BodyWatch>()

/**
 * The same response; while its body is read, `watchOf` tells about it.
 *
 * @param response Its body comes in whole lines (limited-body.ts).
 */
export function watched(response: Response): Response {
  if (!response.body) return response
  const watch: BodyWatch = { hasDoneMark: false, unstreamed: '' }
  const decoder = new TextDecoder()
  let hasEvents = false
  const body = response.body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(bytes, controller) {
        const text = decoder.decode(bytes, { stream: true })
        hasEvents ||= event.test(text)
        watch.hasDoneMark ||= doneMark.test(text)
        if (hasEvents) watch.unstreamed = ''
        else if (watch.unstreamed.length < maxUnstreamedCharacters)
          watch.unstreamed += text.slice(0, maxUnstreamedCharacters - watch.unstreamed.length)
        controller.enqueue(bytes)
      }
    })
  )
  const { status, statusText, headers } = response
  const copy = new Response(body, { status, statusText, headers })
  watches.set(copy, watch)
  return copy
}

export function watchOf(response: Response): BodyWatch {
  return watches.get(response) ?? { hasDoneMark: false, unstreamed: '' }
}
