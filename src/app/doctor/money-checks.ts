import { access } from 'node:fs/promises'
import { leftOut, ok, toDo, type Check } from './checks.ts'
import type { Dependencies } from '../dependencies.ts'
import { damagedPath } from '#adapters/sqlite-file.ts'
import { providerName } from '#core/describing/models/providers.ts'
import { isSendingOn, type Settings } from '#shared/settings.ts'
import { spentSentence } from '#shared/spent.ts'

/** Whether the app may send pictures, and whether the limit of the month still lets it. */
export function moneyChecks(
  { spending, paths }: Pick<Dependencies, 'spending' | 'paths'>,
  settings: Settings
): Check[] {
  return [
    {
      name: 'Sending',
      limitMs: 1000,
      async *run() {
        const name = providerName(settings.baseUrl)
        yield isSendingOn(settings)
          ? ok(`The app may send pictures to ${name}.`)
          : leftOut(
              `The app sends no pictures to ${name}; commands such as descry describe do.`,
              'For the app, switch sending on in its settings.'
            )
      }
    },
    {
      name: 'Money',
      limitMs: 5000,
      async *run() {
        const { monthlyLimitUsd } = settings
        const spent = spending.spent()
        const sentence = spentSentence(spent, monthlyLimitUsd)
        yield monthlyLimitUsd !== null && spent.monthUsd >= monthlyLimitUsd
          ? toDo(`${sentence} The limit is reached.`, 'Raise the limit in settings, or wait for the next month.')
          : ok(sentence)
        if (await exists(damagedPath(paths.databaseFile)))
          yield leftOut('What was kept before was damaged: sums may be too low.', 'descry forget deletes the old file.')
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
