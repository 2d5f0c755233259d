import { z } from 'zod'
import { formatBytes, formatTime } from './messages/formats.ts'
import { t } from './messages/messages.ts'
import { hiddenNotice, privateCountSchema } from './privacy.ts'
import { dollars } from './spent.ts'

/** A picture that left this computer. Neither the picture nor what it was called is kept. */
export const sentPictureSchema = z.object({
  /** ISO 8601 time at which the server had it. */
  at: z.string(),
  /** Host of the provider's address, such as "api.openai.com". */
  provider: z.string(),
  model: z.string(),
  /** Of the picture as it was sent, which is smaller than the original. */
  widthPx: z.number().int(),
  heightPx: z.number().int(),
  bytes: z.number().int(),
  /** What boxes covered. */
  hidden: z.array(privateCountSchema),
  /** US dollars; null if the price is unknown or no answer came. */
  costUsd: z.number().nullable()
})
export type SentPicture = z.infer<typeof sentPictureSchema>

/**
 * "3 pictures today, 1 of them with hidden parts. The last at 14:05: 1024 by 768 pixels, 120 kB, to api.openai.com with
 * gpt-4o-mini, 0.3 cents. Card number hidden."
 *
 * @param sent Newest first.
 * @param now Decides which were sent today, by the local calendar.
 */
export function sentSentence(sent: readonly SentPicture[], now: Date): string {
  const [last] = sent
  if (!last) return t('privacy.nothing-sent')
  const isToday = ({ at }: SentPicture): boolean => new Date(at).toDateString() === now.toDateString()
  const today = sent.filter(isToday)
  const counts = t('privacy.sent-today', {
    count: today.length,
    hidden: today.filter(({ hidden }) => hidden.length > 0).length
  })
  const details = {
    time: formatTime(new Date(last.at), { hasDate: !isToday(last) }),
    width: last.widthPx,
    height: last.heightPx,
    size: formatBytes(last.bytes),
    provider: last.provider,
    model: last.model
  }
  const latest =
    last.costUsd === null
      ? t('privacy.last-sent', details)
      : t('privacy.last-sent-for', { ...details, cost: dollars(last.costUsd) })
  return [counts, latest, ...(last.hidden.length > 0 ? [hiddenNotice(last.hidden)] : [])].join(' ')
}
