import { leftOut, ok, type Check } from './checks.ts'
import { commandFor, missingParts, type SystemPlace } from '#adapters/linux/missing-parts.ts'
import { descryParts, type SystemPart } from '#adapters/linux/system-parts.ts'
import { t } from '#shared/messages/messages.ts'

/** Which programs and libraries of the Linux system Descry could use and does not find. Elsewhere there is nothing to check. */
export function partsChecks({
  platform = process.platform,
  env = process.env,
  root = '/'
}: SystemPlace & { platform?: NodeJS.Platform } = {}): Check[] {
  if (platform !== 'linux') return []
  return [
    {
      name: t('doctor.name.parts'),
      limitMs: 5000,
      async *run() {
        const missing = missingParts(
          descryParts.filter((part) => isUseful(part, env)),
          { env, root }
        )
        if (missing.length === 0) yield ok(t('doctor.parts'))
        for (const part of missing) {
          const purpose = t(`parts.${part.id}`)
          const command = commandFor(part.id, { root })
          const next =
            command === null
              ? t('doctor.part-missing.next-unknown', { part: part.id })
              : t('doctor.part-missing.next', { command })
          yield leftOut(t('doctor.part-missing', { part: part.id, purpose }), next)
        }
      }
    }
  ]
}

function isUseful({ session }: SystemPart, env: NodeJS.ProcessEnv): boolean {
  const isWayland = Boolean(env.WAYLAND_DISPLAY)
  if (session === 'x11') return Boolean(env.DISPLAY) && !isWayland
  if (session === 'wayland') return isWayland
  return session !== 'wlroots' || Boolean(env.SWAYSOCK ?? env.HYPRLAND_INSTANCE_SIGNATURE)
}
