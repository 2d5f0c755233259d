import { useEffect, useEffectEvent, useState } from 'react'
import type { Envelope } from '#shared/bridge.ts'

/**
 * The address of a picture that comes over the bridge, as long as it is shown; null until it has come.
 *
 * @param pictureId Another picture is not shown under the address of the one before.
 * @param quality The same picture in another one takes the place of the one before when it has come.
 * @param request Of JPEG bytes, or null when the picture is gone.
 */
export function usePictureUrl(
  pictureId: string,
  quality: string,
  request: () => Promise<Envelope<Uint8Array | null>>
): string | null {
  const [loaded, setLoaded] = useState<{ pictureId: string; url: string } | null>(null)
  const ask = useEffectEvent(request)

  useEffect(() => {
    let isOver = false
    async function load(): Promise<void> {
      const reply = await ask()
      if (isOver || !reply.ok || !reply.value) return
      const url = URL.createObjectURL(new Blob([new Uint8Array(reply.value)], { type: 'image/jpeg' }))
      setLoaded({ pictureId, url })
    }
    void load()
    return () => {
      isOver = true
    }
  }, [pictureId, quality])

  useEffect(() => {
    if (!loaded) return undefined
    return () => URL.revokeObjectURL(loaded.url)
  }, [loaded])

  return loaded?.pictureId === pictureId ? loaded.url : null
}
