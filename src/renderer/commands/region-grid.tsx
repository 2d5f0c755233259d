import { useEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react'
import type { Grid } from './use-overlay.ts'
import { usePictureUrl } from '../ui/use-picture-url.ts'
import type { Bridge } from '#shared/bridge.ts'
import type { Area } from '#shared/caption.ts'
import type { Failure } from '#shared/errors.ts'
import { gridKeys, type GridKey, type GridView } from '#shared/grid.ts'
import { t } from '#shared/messages/messages.ts'

interface Props {
  bridge: Bridge
  grid: Grid
  onClose: (outcome: 'captured' | 'closed' | Failure) => void
}

const keyNames: Record<string, GridKey> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  '+': '+',
  '=': '+',
  '-': '-',
  w: 'other',
  W: 'other',
  Enter: 'capture',
  Escape: 'back'
}

/** Digits are matched by character, otherwise by the key's position, because a French keyboard needs Shift for them. */
function pressedKey({ key, code }: { key: string; code: string }): GridKey | null {
  const typed = gridKeys.find((name) => name === key && /^\d$/u.test(name)) ?? keyNames[key]
  return typed ?? gridKeys.find((name) => code === `Digit${name}`) ?? null
}

/** The position and size of an area on the picture, in percent. */
function placed(area: Area, { width, height }: { width: number; height: number }): CSSProperties {
  return {
    left: `${(area.x / width) * 100}%`,
    top: `${(area.y / height) * 100}%`,
    width: `${(area.width / width) * 100}%`,
    height: `${(area.height / height) * 100}%`
  }
}

/**
 * Chooses part of a captured picture by key: 1 to 9 zoom in, arrow keys move, + and - resize, Enter captures, Escape goes
 * back. The app announces each step; this view shows it.
 */
export function RegionGrid({ bridge, grid, onClose }: Props): ReactNode {
  const [shown, setShown] = useState<GridView>(grid)
  const { gridId } = grid
  const { view, label } = shown
  const url = usePictureUrl(`${gridId} ${view}`, 'whole', () => bridge.request('grid-picture', { gridId, view }))
  const field = useRef<HTMLInputElement>(null)
  /** Set by the key that ends the grid; keys pressed after it are ignored. */
  const isOver = useRef(false)
  useEffect(() => field.current?.focus(), [])

  async function press(key: GridKey): Promise<void> {
    if (isOver.current) return
    isOver.current = key === 'capture'
    const reply = await bridge.request('grid-key', { gridId, key })
    if (reply.ok && reply.value?.outcome === 'chosen') {
      setShown(reply.value)
      return
    }
    if (isOver.current && key !== 'capture') return
    isOver.current = true
    if (!reply.ok) onClose(reply.error)
    else onClose(reply.value?.outcome === 'captured' ? 'captured' : 'closed')
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const isOnButton = event.key === 'Enter' && event.target instanceof HTMLButtonElement
    const key = isOnButton ? null : pressedKey(event)
    if (key === null) return
    event.preventDefault()
    event.stopPropagation()
    void press(key)
  }

  return (
    <div className="backdrop">
      <dialog open aria-modal="true" aria-labelledby="grid-title" className="grid-dialog" onKeyDown={onKeyDown}>
        <h2 id="grid-title">{t('window.grid', { label })}</h2>
        {/* Not the field's description, because the app announces it once through whichever voice is in use. */}
        <p>{t('capture.grid-help')}</p>
        {/* A text field, because screen readers pass on keys typed into one. Its content can't be changed. */}
        <label>
          {t('window.grid.area')}
          <input ref={field} value={shown.words} autoComplete="off" onChange={() => undefined} />
        </label>
        <div className="grid-picture" style={{ '--aspect': shown.width / shown.height } as CSSProperties}>
          {url && <img src={url} alt={t('window.grid.picture', { label })} />}
          <div className="grid-part" aria-hidden="true" style={placed(shown.area, shown)}>
            {Array.from({ length: 9 }, (_, ninth) => (
              <span key={ninth}>{ninth + 1}</span>
            ))}
          </div>
        </div>
        <div className="row">
          <button type="button" className="primary" onClick={() => void press('capture')}>
            {t('window.grid.capture')} <kbd>{t('window.key.enter')}</kbd>
          </button>
          <button type="button" onClick={() => void press('back')}>
            {t('window.grid.back')} <kbd>{t('window.key.escape')}</kbd>
          </button>
        </div>
      </dialog>
    </div>
  )
}
