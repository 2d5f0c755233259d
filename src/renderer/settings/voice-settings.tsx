import { useState, type ReactNode } from 'react'
import { Choice, TextField, type Take } from '../ui/fields.tsx'
import { RateField, type SettingFieldProps } from './setting-fields.tsx'
import type { Bridge, RequestOutput } from '#shared/bridge.ts'
import type { Speaker } from '#shared/settings.ts'

type Engines = RequestOutput<'voices'>

const speakers: Record<Speaker, string> = {
  auto: 'Screen reader, else Descry',
  reader: 'Screen reader only',
  own: 'Descry’s own voice',
  silent: 'Nobody: only show it'
}

const best = ''

/** Who speaks, and how. Each change of Descry's own voice and sounds is heard at once. */
export function VoiceSettings({ status, onChange, bridge }: SettingFieldProps & { bridge: Bridge }): ReactNode {
  const { settings } = status
  const [engines, setEngines] = useState<Engines | null>(null)
  const listed = engines ?? []
  const inUse = listed.find(({ engine }) => engine === (settings.engine ?? status.voice))
  const unlisted = (id: string | null): [string, string][] => (id === null ? [] : [[id, id]])

  /** When the user comes here and not before: a list that changes elsewhere in the page makes Orca speak of it. */
  async function loadEngines(): Promise<void> {
    if (engines !== null) return
    setEngines([])
    const reply = await bridge.request('voices', null)
    if (reply.ok) setEngines(reply.value)
  }

  return (
    <div role="group" aria-labelledby="speech-title" onFocus={() => void loadEngines()}>
      <h3 id="speech-title">Speech and sounds</h3>
      <Choice
        label="Who speaks"
        value={settings.speaker}
        choices={speakers}
        onChange={(speaker) => onChange({ speaker })}
      />
      <RateField status={status} onChange={onChange} />
      <Percent
        label="Pitch of Descry’s voice"
        hint="50 is the voice’s own."
        value={settings.pitchPercent}
        onChange={(pitchPercent) => onChange({ pitchPercent })}
      />
      <Percent
        label="Volume of Descry’s voice"
        value={settings.volumePercent}
        onChange={(volumePercent) => onChange({ volumePercent })}
      />
      <Choice
        label="Speech engine"
        hint={`Now: ${status.voice}.`}
        value={settings.engine ?? best}
        choices={{
          [best]: 'The best one that sounds',
          ...named([...unlisted(settings.engine), ...listed.map(({ engine }): [string, string] => [engine, engine])])
        }}
        // Another engine has other voices.
        onChange={(engine) => onChange({ engine: engine || null, voice: null })}
      />
      <Choice
        label="Voice"
        hint={inUse && inUse.voices.length === 0 ? 'This engine offers no choice.' : undefined}
        value={settings.voice ?? best}
        choices={{
          [best]: 'By language',
          ...named([
            ...unlisted(settings.voice),
            ...(inUse?.voices ?? []).map(({ id, name, language }): [string, string] => [id, `${name}, ${language}`])
          ])
        }}
        onChange={(voice) => onChange({ voice: voice || null })}
      />
      <Percent
        label="Volume of short sounds"
        hint="0: no sounds."
        value={settings.earconVolumePercent}
        onChange={(earconVolumePercent) => onChange({ earconVolumePercent })}
      />
    </div>
  )
}

function named(entries: [string, string][]): Record<string, string> {
  return Object.fromEntries(entries)
}

interface PercentProps {
  label: string
  hint?: string
  value: number
  onChange: Take<number>
}

function Percent({ label, hint, value, onChange }: PercentProps): ReactNode {
  return (
    <TextField
      label={label}
      hint={`Percent, 0 to 100. ${hint ?? ''}`.trim()}
      type="number"
      min={0}
      max={100}
      required
      value={String(value)}
      onChange={(typed) => onChange(Number(typed))}
    />
  )
}
