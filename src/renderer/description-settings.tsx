import type { ReactNode } from 'react'
import { Choice, TextField } from './fields.tsx'
import { OwnPresets } from './own-presets.tsx'
import { ArrivalField, type SettingFieldProps } from './setting-fields.tsx'
import { detailNames } from './words.ts'

export function DescriptionSettings({ status, onChange }: SettingFieldProps): ReactNode {
  const { settings } = status
  return (
    <div role="group" aria-labelledby="descriptions-title">
      <h3 id="descriptions-title">Descriptions</h3>
      <ArrivalField status={status} onChange={onChange} />
      <Choice
        label="Detail"
        value={settings.detail}
        choices={detailNames}
        onChange={(detail) => onChange({ detail })}
      />
      <TextField
        label="Language of captions"
        hint="A tag such as en or de-AT. Blank: the system’s."
        value={settings.language ?? ''}
        onChange={(language) => onChange({ language: language || null })}
      />
      <TextField
        label="Screenshot folders"
        hint="Separated by semicolons. Blank: the system’s own."
        value={settings.screenshotFolders?.join('; ') ?? ''}
        onChange={(folders) => onChange({ screenshotFolders: foldersIn(folders) })}
      />
      <OwnPresets presets={settings.presets} onChange={(presets) => onChange({ presets })} />
    </div>
  )
}

function foldersIn(typed: string): string[] | null {
  return typed === '' ? null : typed.split(/\s*;\s*/u).filter(Boolean)
}
