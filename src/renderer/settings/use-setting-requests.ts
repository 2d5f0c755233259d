import { useMemo } from 'react'
import type { Take } from '../ui/fields.tsx'
import type { KeyRequests } from './key-form.tsx'
import type { Bridge } from '#shared/bridge.ts'
import type { Settings } from '#shared/settings.ts'

/** What the settings ask of the app. Its refusals stand beside their fields; the app itself has them heard. */
export function useSettingRequests(
  bridge: Bridge,
  say: (text: string) => void
): KeyRequests & { change: Take<Partial<Settings>> } {
  return useMemo(
    () => ({
      async change(change) {
        const reply = await bridge.request('change-settings', change)
        return reply.ok ? null : reply.error
      },
      async setKey(key) {
        const reply = await bridge.request('set-key', { key })
        if (!reply.ok) return reply.error
        say(`Key for ${reply.value.provider} stored`)
        return null
      },
      async removeKey() {
        const reply = await bridge.request('remove-key', null)
        if (!reply.ok) return reply.error
        say('Key removed')
        return null
      }
    }),
    [bridge, say]
  )
}
