import { useEffect, useState, type ReactNode } from 'react'
import { Choice, TextField } from './fields.tsx'
import { RateField, speakers, type SettingFieldProps } from './setting-fields.tsx'
import type { Bridge, RequestOutput } from '#shared/bridge.ts'

type Engines = RequestOutput<'voices'>

const best = ''

/** Who speaks, and how. Each change of Descry's own voice and sounds is heard at once. */
export function VoiceSettings({ status, onChange, bridge }: SettingFieldProps & { bridge: Bridge }): ReactNode {
  const { settings } = status
  const [engines, setEngines] = useState<Engines>([])
  useEffect(() => {
    void bridge.request('voices', null).then((reply) => reply.ok && setEngines(reply.value))
  }, [bridge])
  const inUse = engines.find(({ engine }) => engine === (settings.engine ?? status.voice))

  return (
    <div role="group" aria-labelledby="speech-title">
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
        choices={{ [best]: 'The best one that sounds', ...named(engines.map(({ engine }) => [engine, engine])) }}
        // Another engine has other voices.
        onChange={(engine) => onChange({ engine: engine || null, voice: null })}
      />
      {inUse && inUse.voices.length > 0 && (
        <Choice
          label="Voice"
          value={settings.voice ?? best}
          choices={{
            [best]: 'By language',
            ...named(inUse.voices.map(({ id, name, language }) => [id, `${name}, ${language}`]))
          }}
          onChange={(voice) => onChange({ voice: voice || null })}
        />
      )}
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
  onChange: (value: number) => Promise<unknown>
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
