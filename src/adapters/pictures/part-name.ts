import type { PicturePart } from '#core/ports/pictures.ts'

/** How a part is called; `index` counts from 0. A file that is one picture needs no name for it. */
export function partName(
  kind: 'page' | 'frame' | 'part',
  index: number,
  count: number
): Pick<PicturePart, 'label' | 'fragment'> {
  if (count === 1) return { label: null, fragment: '' }
  const title = { page: 'Page', frame: 'Frame', part: 'Part' }[kind]
  return { label: `${title} ${index + 1} of ${count}`, fragment: `#${kind}=${index + 1}` }
}
