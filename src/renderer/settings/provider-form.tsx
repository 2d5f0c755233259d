import { useContext, useEffect, useEffectEvent, useId, useState, type ReactNode } from 'react'
import { Say } from '../ui/announcements.tsx'
import { Select } from '../ui/fields.tsx'
import { SubForm } from '../ui/sub-form.tsx'
import type { RequestOutput } from '#shared/bridge.ts'
import type { OtherModel } from '#shared/settings.ts'

interface Props {
  noun: string
  offered: Offered
  chosen: OtherModel | null
  /** What stood against it, in words, or null. */
  onChoose: (choice: OtherModel) => Promise<string | null>
  onCancel: () => void
}

/** While arrows go through the list, only where they rest is told about. */
const restMs = 600

/** Choosing a provider fills address and model; both can be changed. Nothing holds before "Use it". */
export function ProviderForm({ noun, offered, chosen, onChoose, onCancel }: Props): ReactNode {
  const id = useId()
  const say = useContext(Say)
  const { found, known } = offersOf(offered)
  const offers = [...found, ...known]
  const [form, setForm] = useState(() => {
    const { offer, resource } = offerOf(offers, chosen?.baseUrl ?? known[0]?.baseUrl ?? '')
    return {
      offer,
      resource,
      baseUrl: chosen?.baseUrl ?? offer?.baseUrl ?? '',
      model: chosen?.model ?? offer?.model ?? ''
    }
  })
  const [hasMoved, setHasMoved] = useState(false)
  const about = form.offer?.about ?? ''
  const tell = useEffectEvent(() => say(about))
  const isByResource = form.offer?.baseUrl.includes(placeholder) ?? false

  useEffect(() => {
    if (!hasMoved) return undefined
    const timer = setTimeout(tell, restMs)
    return () => clearTimeout(timer)
  }, [hasMoved, about])

  function pick(offer: Offer | undefined): void {
    if (!offer) return
    setHasMoved(true)
    setForm({ offer, resource: '', baseUrl: offer.baseUrl, model: offer.model })
  }

  async function submit(): Promise<string | null> {
    const baseUrl = isByResource ? (form.offer?.baseUrl ?? '').replace(placeholder, form.resource) : form.baseUrl
    return await onChoose({ baseUrl: baseUrl.trim().replace(/\/+$/u, ''), model: form.model.trim() })
  }

  return (
    <SubForm label={`Choose ${noun}`} action="Use it" onSubmit={submit} onCancel={onCancel}>
      <label htmlFor={`${id}-offer`}>Provider</label>
      <Select
        takesFocus
        id={`${id}-offer`}
        value={form.offer?.id}
        aria-describedby={`${id}-about`}
        onChange={(event) => pick(offers.find((offer) => offer.id === event.target.value))}
      >
        {found.length > 0 && <Group label="Found on this computer" offers={found} />}
        <Group label="All" offers={known} />
      </Select>
      <p id={`${id}-about`} className="hint">
        {about}
      </p>
      {isByResource ? (
        <>
          <label htmlFor={`${id}-resource`}>Resource name</label>
          <input
            id={`${id}-resource`}
            type="text"
            required
            pattern="[A-Za-z0-9]([A-Za-z0-9\-]*[A-Za-z0-9])?"
            title="Letters, digits and hyphens"
            autoComplete="off"
            spellCheck={false}
            value={form.resource}
            aria-describedby={`${id}-address`}
            onChange={(event) => setForm({ ...form, resource: event.target.value })}
          />
          <span id={`${id}-address`} className="hint">
            As in {form.offer?.baseUrl}
          </span>
        </>
      ) : (
        <>
          <label htmlFor={`${id}-address`}>Address</label>
          <input
            id={`${id}-address`}
            type="url"
            required
            pattern="https?://.+"
            title="An address that begins with https:// or http://"
            autoComplete="off"
            spellCheck={false}
            value={form.baseUrl}
            onChange={(event) => setForm({ ...form, baseUrl: event.target.value })}
          />
        </>
      )}
      <label htmlFor={`${id}-model`}>Model</label>
      <input
        id={`${id}-model`}
        type="text"
        required
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        list={`${id}-models`}
        value={form.model}
        onChange={(event) => setForm({ ...form, model: event.target.value })}
      />
      <datalist id={`${id}-models`}>
        {form.offer?.models.map((model) => (
          <option key={model} value={model} />
        ))}
      </datalist>
    </SubForm>
  )
}

function Group({ label, offers }: { label: string; offers: Offer[] }): ReactNode {
  return (
    <optgroup label={label}>
      {offers.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </optgroup>
  )
}

export type Offered = RequestOutput<'providers'>

/** One entry of the list of providers. */
export interface Offer {
  id: string
  name: string
  baseUrl: string
  /** What becomes of the pictures, and what to do first. */
  about: string
  /** Empty where only the user or the server can say. */
  model: string
  models: string[]
}

/** Stands in Azure's address for the user's own resource. */
export const placeholder = 'RESOURCE'

/** The servers that were found on this computer, and all providers. */
export function offersOf({ providers, servers }: Offered): { found: Offer[]; known: Offer[] } {
  const known = providers.map(({ id, name, baseUrl, howToStart, privacy, defaultModel, models }) => ({
    id,
    name,
    baseUrl,
    about: `${privacy} ${howToStart}`,
    model: defaultModel ?? '',
    models
  }))
  const found = servers.map(({ provider, baseUrl, models }) => {
    const seeing = models.filter(({ seesPictures }) => seesPictures !== false).map(({ id }) => id)
    const best = models.find(({ seesPictures }) => seesPictures)?.id ?? seeing[0] ?? ''
    const name = known.find(({ id }) => id === provider && id !== 'custom')?.name ?? 'A server'
    return {
      id: `found:${baseUrl}`,
      name: `${name}, ${new URL(baseUrl).host}`,
      baseUrl,
      about: 'Pictures stay on this computer.',
      model: best,
      models: seeing
    }
  })
  return { found, known }
}

/** The offer that an address belongs to, and the resource name in it; the last offer is for any other address. */
export function offerOf(offers: readonly Offer[], baseUrl: string): { offer: Offer | null; resource: string } {
  for (const offer of offers) {
    if (offer.baseUrl === baseUrl) return { offer, resource: '' }
    const [before, after] = offer.baseUrl.split(placeholder)
    if (before && after && baseUrl.startsWith(before) && baseUrl.endsWith(after))
      return { offer, resource: baseUrl.slice(before.length, -after.length) }
  }
  return { offer: offers.at(-1) ?? null, resource: '' }
}

/** "api.openai.com, model gpt-4o-mini" */
export function modelWords({ baseUrl, model }: OtherModel): string {
  return `${new URL(baseUrl).host}, model ${model}`
}
