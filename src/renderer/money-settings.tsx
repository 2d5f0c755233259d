import type { ReactNode } from 'react'
import { Choice, numberOf, TextField } from './fields.tsx'
import type { SettingFieldProps } from './setting-fields.tsx'
import type { LimitPolicy } from '#shared/settings.ts'
import { spentSentence } from '#shared/spent.ts'

const limitPolicies: Record<LimitPolicy, string> = {
  ask: 'Ask each time',
  local: 'Read only the text, on this computer',
  stop: 'Describe nothing more'
}

export function MoneySettings({ status, onChange }: SettingFieldProps): ReactNode {
  const { monthlyLimitUsd, whenLimitReached } = status.settings
  return (
    <div role="group" aria-labelledby="money-title">
      <h3 id="money-title">Money</h3>
      <p>{spentSentence(status.spent, monthlyLimitUsd)}</p>
      <TextField
        label="Limit for each month"
        hint="US dollars, such as 5 or 0.50. Blank: no limit."
        pattern="\d{1,5}([.,]\d{1,2})?"
        inputMode="decimal"
        value={monthlyLimitUsd === null ? '' : String(monthlyLimitUsd)}
        onChange={(usd) => onChange({ monthlyLimitUsd: usd === '' ? null : numberOf(usd) })}
      />
      {monthlyLimitUsd !== null && (
        <Choice
          label="When the limit is reached"
          value={whenLimitReached}
          choices={limitPolicies}
          onChange={(whenLimitReached) => onChange({ whenLimitReached })}
        />
      )}
    </div>
  )
}
