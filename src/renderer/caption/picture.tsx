import { useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { altText } from './item-labels.ts'
import { usePictureUrl } from '../ui/use-picture-url.ts'
import type { Bridge, Item } from '#shared/bridge.ts'
import { t } from '#shared/messages/messages.ts'

/** In percent; at 100, the whole picture fits. */
const zooms = [100, 150, 200, 300, 400, 600, 800]

/** At this zoom and above, the first copy of a large picture would look blurry. */
const largeFrom = 300
const firstSidePx = 1600

function zoomed(percent: number, step: 1 | -1): number {
  return zooms[zooms.indexOf(percent) + step] ?? percent
}

interface Props {
  bridge: Bridge
  item: Item
  say: (text: string) => void
}

/**
 * The picture with its caption as alt text, for people with low vision: it can be enlarged up to eight times, moved
 * with the arrow keys and inverted. Space is reserved for it while it loads.
 */
export function Picture({ bridge, item, say }: Props): ReactNode {
  const [zoom, setZoom] = useState({ pictureId: item.pictureId, percent: 100 })
  // Kept for the next picture: people who need this need it for every picture.
  const [isInverted, setIsInverted] = useState(false)
  const frame = useRef<HTMLDivElement>(null)
  // The zoom is not kept for the next picture.
  const percent = zoom.pictureId === item.pictureId ? zoom.percent : 100
  const { pictureId, facts } = item
  const isLarge = percent >= largeFrom && facts !== null && Math.max(facts.width, facts.height) > firstSidePx
  const url = usePictureUrl(pictureId, isLarge ? 'large' : 'first', () =>
    bridge.request('picture', { itemId: pictureId, isLarge })
  )
  if (!url) return null

  function zoomTo(next: number): void {
    const element = frame.current
    const center = element && centerOf(element)
    flushSync(() => setZoom({ pictureId, percent: next }))
    if (center) centerOn(element, center)
    say(t('window.picture.zoomed', { percent: next }))
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    if (event.key === '+' || event.key === '=') zoomTo(zoomed(percent, 1))
    else if (event.key === '-') zoomTo(zoomed(percent, -1))
    else if (event.key === '0') zoomTo(100)
    else return
    event.preventDefault()
  }

  const size = facts ? { width: facts.width, height: facts.height } : {}
  return (
    // These keys work only while focus is in this group.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- its buttons do the same
    <div className="picture-view" role="group" aria-label={t('window.picture')} onKeyDown={onKeyDown}>
      <div
        ref={frame}
        className="picture-frame"
        // Tab stops here only if the picture can be moved.
        {...(percent > 100 && {
          role: 'group',
          tabIndex: 0,
          'aria-label': t('window.picture.enlarged'),
          'aria-describedby': 'picture-hint'
        })}
      >
        <img
          className="picture"
          src={url}
          alt={altText(item)}
          data-inverted={isInverted}
          style={{ '--zoom': percent / 100 } as CSSProperties}
          onLoad={({ currentTarget: { style, naturalWidth, naturalHeight } }) => {
            style.setProperty('--width', `${naturalWidth}px`)
            style.setProperty('--aspect', String(naturalWidth / naturalHeight))
          }}
          {...size}
        />
      </div>
      {percent > 100 && (
        <p id="picture-hint" className="visually-hidden">
          {t('window.picture.enlarged.hint')}
        </p>
      )}
      <div className="row">
        <button type="button" onClick={() => zoomTo(zoomed(percent, 1))}>
          {t('window.picture.zoom-in')} <kbd>+</kbd>
        </button>
        <button type="button" onClick={() => zoomTo(zoomed(percent, -1))}>
          {t('window.picture.zoom-out')} <kbd>-</kbd>
        </button>
        <button type="button" onClick={() => zoomTo(100)}>
          {t('window.picture.whole')} <kbd>0</kbd>
        </button>
        <button type="button" aria-pressed={isInverted} onClick={() => setIsInverted(!isInverted)}>
          {t('window.picture.invert')}
        </button>
      </div>
    </div>
  )
}

/** The point of the content that is in the middle of a scrolled element, from 0 to 1 in each direction. */
function centerOf({ scrollLeft, scrollTop, scrollWidth, scrollHeight, clientWidth, clientHeight }: Element): {
  x: number
  y: number
} {
  return { x: (scrollLeft + clientWidth / 2) / scrollWidth, y: (scrollTop + clientHeight / 2) / scrollHeight }
}

function centerOn(element: Element, { x, y }: { x: number; y: number }): void {
  element.scrollTo(
    x * element.scrollWidth - element.clientWidth / 2,
    y * element.scrollHeight - element.clientHeight / 2
  )
}
