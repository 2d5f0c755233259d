import type { PicturePart } from '#core/ports/pictures.ts'
import { t } from '#shared/messages/messages.ts'

/** How a part is called; `index` counts from 0. A file that is one picture needs no name for it. */
export function partName(
  kind: 'page' | 'frame' | 'part',
  index: number,
  count: number
): Pick<PicturePart, 'label' | 'fragment'> {
  if (count === 1) return { label: null, fragment: '' }
  const number = index + 1
  return { label: t(`pictures.${kind}-of`, { number, count }), fragment: `#${kind}=${number}` }
}
