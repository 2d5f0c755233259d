import { useEffect, useState, type ReactNode } from 'react'
import type { Bridge, Item } from '#shared/bridge.ts'

/** What the picture shows, for who cannot see it: the caption, or why there is none yet. */
export function altText(item: Item): string {
  if (item.caption) return item.caption
  return item.state === 'describing' ? 'Picture being described' : 'Picture not described yet'
}

function usePictureUrl(bridge: Bridge, pictureId: string): string | null {
  const [loaded, setLoaded] = useState<{ pictureId: string; url: string } | null>(null)
  useEffect(() => {
    let url: string | null = null
    let isOver = false
    async function load(): Promise<void> {
      const reply = await bridge.request('picture', { itemId: pictureId })
      if (isOver || !reply.ok || !reply.value) return
      url = URL.createObjectURL(new Blob([new Uint8Array(reply.value)], { type: 'image/jpeg' }))
      setLoaded({ pictureId, url })
    }
    void load()
    return () => {
      isOver = true
      if (url) URL.revokeObjectURL(url)
    }
  }, [bridge, pictureId])
  return loaded?.pictureId === pictureId ? loaded.url : null
}

/** The picture itself, with its caption as alt text. Its place is kept while it loads. */
export function Picture({ bridge, item }: { bridge: Bridge; item: Item }): ReactNode {
  const url = usePictureUrl(bridge, item.pictureId)
  if (!url) return null
  const size = item.facts ? { width: item.facts.width, height: item.facts.height } : {}
  return <img className="picture" src={url} alt={altText(item)} {...size} />
}
