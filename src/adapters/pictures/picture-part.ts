import type { PicturePart } from '#core/ports/pictures.ts'
import { t } from '#shared/messages/messages.ts'

type PartName = Pick<PicturePart, 'label' | 'fragment'>

/** The name of a part of a file. A file that is one picture needs none. @param index From 0. */
export function partName(kind: 'page' | 'frame' | 'part', index: number, count: number): PartName {
  if (count === 1) return { label: null, fragment: '' }
  const number = index + 1
  return { label: t(`pictures.${kind}-of`, { number, count }), fragment: `#${kind}=${number}` }
}

/** A part without text of its own. */
export function picturePart(name: PartName, load: () => Promise<Uint8Array>): PicturePart {
  return { ...name, load, text: async () => null }
}

/** A file that is one picture. */
export function wholePicture(bytes: Uint8Array): PicturePart {
  return picturePart({ label: null, fragment: '' }, async () => bytes)
}
