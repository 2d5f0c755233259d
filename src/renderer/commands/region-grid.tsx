import { useEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react'
import type { Grid } from './use-overlay.ts'
import { usePictureUrl } from '../ui/use-picture-url.ts'
import type { Bridge, GridView } from '#shared/bridge.ts'
import type { Area } from '#shared/caption.ts'
import type { Failure } from '#shared/errors.ts'
import { gridKeys, type GridKey } from '#shared/grid.ts'
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

/** Digits by what they type, else by their place: on a French keyboard they want Shift. */
function pressedKey({ key, code }: { key: string; code: string }): GridKey | null {
  const typed = gridKeys.find((name) => name === key && /^\d$/u.test(name)) ?? keyNames[key]
  return typed ?? gridKeys.find((name) => code === `Digit${name}`) ?? null
}

/** Where the part lies on the picture, in percent. */
function placed(area: Area, { width, height }: { width: number; height: number }): CSSProperties {
  return {
    left: `${(area.x / width) * 100}%`,
    top: `${(area.y / height) * 100}%`,
    width: `${(area.width / width) * 100}%`,
    height: `${(area.height / height) * 100}%`
  }
}

/**
 * Choosing a part of a captured picture by keys: 1 to 9 zoom in, arrows move, + and - resize, Enter captures, Escape goes
 * back. The app has each step heard; here it is seen.
 */
export function RegionGrid({ bridge, grid, onClose }: Props): ReactNode {
  const [shown, setShown] = useState<GridView>(grid)
  const { gridId } = grid
  const { view, label } = shown
  const url = usePictureUrl(`${gridId} ${view}`, 'whole', () => bridge.request('grid-picture', { gridId, view }))
  const field = useRef<HTMLInputElement>(null)
  /** Set when the last key was pressed; what is pressed behind it is not for the grid. */
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
        <h2 id="grid-title">Part of {label}</h2>
        {/* Not the field's description: the app has it heard once, whoever speaks. */}
        <p>{t('capture.grid-help')}</p>
        {/* A field, because screen readers hand the keys of a field on to us. What it holds cannot be changed. */}
        <label>
          Chosen part
          <input ref={field} value={shown.words} autoComplete="off" onChange={() => undefined} />
        </label>
        <div className="grid-picture" style={{ '--aspect': shown.width / shown.height } as CSSProperties}>
          {url && <img src={url} alt={`${label}, of which a part is being chosen`} />}
          <div className="grid-part" aria-hidden="true" style={placed(shown.area, shown)}>
            {Array.from({ length: 9 }, (_, ninth) => (
              <span key={ninth}>{ninth + 1}</span>
            ))}
          </div>
        </div>
        <div className="row">
          <button type="button" className="primary" onClick={() => void press('capture')}>
            Capture <kbd>Enter</kbd>
          </button>
          <button type="button" onClick={() => void press('back')}>
            Back <kbd>Escape</kbd>
          </button>
        </div>
      </dialog>
    </div>
  )
}
