import { access } from 'node:fs/promises'
import { leftOut, ok, toDo, type Check } from './checks.ts'
import type { Dependencies } from '../dependencies.ts'
import { damagedPath } from '#adapters/sqlite-file.ts'
import { providerName } from '#core/describing/models/providers.ts'
import { isSendingOn, type Settings } from '#shared/settings.ts'
import { spentSentence } from '#shared/spent.ts'
import { t } from '#shared/messages/messages.ts'

/** Whether the app may send pictures, and whether the monthly limit still allows it. */
export function moneyChecks(
  { spending, paths }: Pick<Dependencies, 'spending' | 'paths'>,
  settings: Settings
): Check[] {
  return [
    {
      name: t('doctor.name.sending'),
      limitMs: 1000,
      async *run() {
        const provider = providerName(settings.baseUrl)
        yield isSendingOn(settings)
          ? ok(t('doctor.may-send', { provider }))
          : leftOut(t('doctor.may-not-send', { provider }), t('doctor.may-not-send.next'))
      }
    },
    {
      name: t('doctor.name.money'),
      limitMs: 5000,
      async *run() {
        const { monthlyLimitUsd } = settings
        const spent = spending.spent()
        const sentence = spentSentence(spent, monthlyLimitUsd)
        yield monthlyLimitUsd !== null && spent.monthUsd >= monthlyLimitUsd
          ? toDo(t('doctor.limit-reached', { spent: sentence }), t('doctor.limit-reached.next'))
          : ok(sentence)
        if (await exists(damagedPath(paths.databaseFile)))
          yield leftOut(t('doctor.ledger-damaged'), t('doctor.ledger-damaged.next'))
      }
    }
  ]
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false
  )
}
