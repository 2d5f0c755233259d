import { useState, type ReactNode } from 'react'
import { Choice, TextField, type Apply } from '../ui/fields.tsx'
import { labelsFor, RateField, SettingGroup, type SettingFieldProps } from './setting-fields.tsx'
import type { Bridge, RequestOutput } from '#shared/bridge.ts'
import { t } from '#shared/messages/messages.ts'
import { speakers } from '#shared/settings.ts'

type Engines = RequestOutput<'voices'>

/** The value of the choice "Automatic", which the settings store as null. */
const automatic = ''

/** The voice settings. You hear each change to Descry's own voice and sounds immediately. */
export function VoiceSettings({ status, onChange, bridge }: SettingFieldProps & { bridge: Bridge }): ReactNode {
  const { settings } = status
  const [engines, setEngines] = useState<Engines>([])
  const [isLoaded, setIsLoaded] = useState(false)
  const inUse = engines.find(({ engine }) => engine === (settings.engine ?? status.voice))

  /**
   * Waits until focus gets here, because Orca reads a select aloud when its options change, even elsewhere on the page.
   */
  async function loadEngines(): Promise<void> {
    if (isLoaded) return
    setIsLoaded(true)
    const reply = await bridge.request('voices', null)
    if (reply.ok) setEngines(reply.value)
  }

  return (
    <SettingGroup name="speech" title={t('settings.speech')} onFocus={() => void loadEngines()}>
      <Choice
        label={t('settings.speaker')}
        value={settings.speaker}
        choices={labelsFor(speakers, (speaker) => `settings.speaker.${speaker}`)}
        onChange={(speaker) => onChange({ speaker })}
      />
      <RateField status={status} onChange={onChange} />
      <PercentField
        label={t('settings.pitch')}
        hint={t('settings.pitch.hint')}
        value={settings.pitchPercent}
        onChange={(pitchPercent) => onChange({ pitchPercent })}
      />
      <PercentField
        label={t('settings.volume')}
        hint={t('settings.volume.hint')}
        value={settings.volumePercent}
        onChange={(volumePercent) => onChange({ volumePercent })}
      />
      <Choice
        label={t('settings.engine')}
        hint={t('settings.engine.hint', { engine: status.voice })}
        value={settings.engine ?? automatic}
        choices={choicesOf(
          t('settings.engine.automatic'),
          settings.engine,
          engines.map(({ engine }) => [engine, engine])
        )}
        // Each engine has its own voices.
        onChange={(engine) => onChange({ engine: engine || null, voice: null })}
      />
      <Choice
        label={t('settings.voice')}
        hint={inUse?.voices.length === 0 ? t('settings.voice.none') : undefined}
        value={settings.voice ?? automatic}
        choices={choicesOf(
          t('settings.voice.automatic'),
          settings.voice,
          (inUse?.voices ?? []).map(({ id, name, language }) => [id, t('settings.voice.option', { name, language })])
        )}
        onChange={(voice) => onChange({ voice: voice || null })}
      />
      <PercentField
        label={t('settings.earcon-volume')}
        hint={t('settings.earcon-volume.hint')}
        value={settings.earconVolumePercent}
        onChange={(earconVolumePercent) => onChange({ earconVolumePercent })}
      />
    </SettingGroup>
  )
}

/** @param chosen Listed by its ID even before the engines have been loaded. */
function choicesOf(
  automaticLabel: string,
  chosen: string | null,
  choices: readonly (readonly [string, string])[]
): Record<string, string> {
  return { [automatic]: automaticLabel, ...(chosen !== null && { [chosen]: chosen }), ...Object.fromEntries(choices) }
}

interface PercentFieldProps {
  label: string
  hint: string
  value: number
  onChange: Apply<number>
}

function PercentField({ label, hint, value, onChange }: PercentFieldProps): ReactNode {
  return (
    <TextField
      label={label}
      hint={hint}
      type="number"
      min={0}
      max={100}
      required
      value={String(value)}
      onChange={(typed) => onChange(Number(typed))}
    />
  )
}
