import { useMemo } from 'react'
import type { Apply } from '../ui/fields.tsx'
import type { KeyRequests } from './key-form.tsx'
import type { Bridge } from '#shared/bridge.ts'
import { t } from '#shared/messages/messages.ts'
import type { Settings } from '#shared/settings.ts'

/** The requests that settings send to the app. Refusals are shown next to their fields; the app announces them. */
export function useSettingRequests(
  bridge: Bridge,
  say: (text: string) => void
): KeyRequests & { change: Apply<Partial<Settings>> } {
  return useMemo(
    () => ({
      async change(change) {
        const reply = await bridge.request('change-settings', change)
        return reply.ok ? null : reply.error
      },
      async setKey(key) {
        const reply = await bridge.request('set-key', { key })
        if (!reply.ok) return reply.error
        say(t('settings.key.saved', { provider: reply.value.provider }))
        return null
      },
      async removeKey() {
        const reply = await bridge.request('remove-key', null)
        if (!reply.ok) return reply.error
        say(t('settings.key.removed'))
        return null
      }
    }),
    [bridge, say]
  )
}
