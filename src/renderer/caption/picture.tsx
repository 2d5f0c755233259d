import { useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { usePictureUrl } from '../ui/use-picture-url.ts'
import type { Bridge, Item } from '#shared/bridge.ts'
import { t } from '#shared/messages/messages.ts'

/** What the picture shows, for who cannot see it: the caption, or why there is none yet. */
export function altText(item: Item): string {
  if (item.isWithheld) return t('caption.hidden')
  if (item.caption) return item.caption
  return item.state === 'describing' ? 'Picture being described' : 'Picture not described yet'
}

/** Percent of the size at which the whole picture fits. */
const zooms = [100, 150, 200, 300, 400, 600, 800]

/** From this zoom on the first copy of a large picture would look blurred. */
const largeFrom = 300
const firstSidePx = 1600

function zoomed(percent: number, step: 1 | -1): number {
  return zooms[zooms.indexOf(percent) + step] ?? percent
}

interface Props {
  bridge: Bridge
  item: Item
  /** Says it to a screen reader. */
  say: (text: string) => void
}

/**
 * The picture itself, with its caption as alt text, for eyes that see a little: larger up to eight times, inverted, moved
 * by the arrow keys. Its place is kept while it loads.
 */
export function Picture({ bridge, item, say }: Props): ReactNode {
  const [zoom, setZoom] = useState({ pictureId: item.pictureId, percent: 100 })
  // Who needs it inverted needs it for the next picture too.
  const [isInverted, setIsInverted] = useState(false)
  const frame = useRef<HTMLDivElement>(null)
  // Another picture is shown whole.
  const percent = zoom.pictureId === item.pictureId ? zoom.percent : 100
  const { pictureId, facts } = item
  const isLarge = percent >= largeFrom && facts !== null && Math.max(facts.width, facts.height) > firstSidePx
  const url = usePictureUrl(pictureId, isLarge ? 'large' : 'first', () =>
    bridge.request('picture', { itemId: pictureId, isLarge })
  )
  if (!url) return null

  function zoomTo(next: number): void {
    const element = frame.current
    const centre = element && centreOf(element)
    flushSync(() => setZoom({ pictureId, percent: next }))
    if (centre) centreOn(element, centre)
    say(`${next} percent`)
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
    // These keys hold only while focus is in here.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the buttons in it do the same
    <div className="picture-view" role="group" aria-label="Picture" onKeyDown={onKeyDown}>
      <div
        ref={frame}
        className="picture-frame"
        // Only what can be moved is a stop for Tab.
        {...(percent > 100 && { role: 'group', tabIndex: 0, 'aria-label': 'Enlarged picture, arrow keys move it' })}
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
      <div className="row">
        <button type="button" onClick={() => zoomTo(zoomed(percent, 1))}>
          Zoom in <kbd>+</kbd>
        </button>
        <button type="button" onClick={() => zoomTo(zoomed(percent, -1))}>
          Zoom out <kbd>-</kbd>
        </button>
        <button type="button" onClick={() => zoomTo(100)}>
          Whole picture <kbd>0</kbd>
        </button>
        <button type="button" aria-pressed={isInverted} onClick={() => setIsInverted(!isInverted)}>
          Invert colors
        </button>
      </div>
    </div>
  )
}

/** What part of the content, from 0 to 1, is in the middle of a scrolled element. */
function centreOf({ scrollLeft, scrollTop, scrollWidth, scrollHeight, clientWidth, clientHeight }: Element): {
  x: number
  y: number
} {
  return { x: (scrollLeft + clientWidth / 2) / scrollWidth, y: (scrollTop + clientHeight / 2) / scrollHeight }
}

function centreOn(element: Element, { x, y }: { x: number; y: number }): void {
  element.scrollTo(
    x * element.scrollWidth - element.clientWidth / 2,
    y * element.scrollHeight - element.clientHeight / 2
  )
}
