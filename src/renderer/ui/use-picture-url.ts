import { useEffect, useEffectEvent, useState } from 'react'
import type { Envelope } from '#shared/bridge.ts'

/**
 * Returns a URL for a picture fetched over the bridge, valid while the view is shown; null until the picture arrives.
 *
 * @param pictureId When it changes, the previous picture is no longer shown.
 * @param quality When it changes, the previous copy of the picture is shown until the new one has arrived.
 * @param request Fetches JPEG bytes, or null when the picture is gone.
 */
export function usePictureUrl(
  pictureId: string,
  quality: string,
  request: () => Promise<Envelope<Uint8Array | null>>
): string | null {
  const [loaded, setLoaded] = useState<{ pictureId: string; url: string } | null>(null)
  const ask = useEffectEvent(request)

  useEffect(() => {
    let isCanceled = false
    async function load(): Promise<void> {
      const reply = await ask()
      if (isCanceled || !reply.ok || !reply.value) return
      const url = URL.createObjectURL(new Blob([new Uint8Array(reply.value)], { type: 'image/jpeg' }))
      setLoaded({ pictureId, url })
    }
    void load()
    return () => {
      isCanceled = true
    }
  }, [pictureId, quality])

  useEffect(() => {
    if (!loaded) return undefined
    return () => URL.revokeObjectURL(loaded.url)
  }, [loaded])

  return loaded?.pictureId === pictureId ? loaded.url : null
}
