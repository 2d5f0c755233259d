import { useContext, useEffect, useEffectEvent, useId, useState, type ReactNode } from 'react'
import { Say } from '../ui/announcements.tsx'
import { Select } from '../ui/fields.tsx'
import { SubForm } from '../ui/sub-form.tsx'
import type { RequestOutput } from '#shared/bridge.ts'
import { t } from '#shared/messages/messages.ts'
import type { OtherModel } from '#shared/settings.ts'

interface Props {
  label: string
  offered: Offered
  chosen: OtherModel | null
  /** Returns the reason for a refusal as text, or null. */
  onChoose: (choice: OtherModel) => Promise<string | null>
  onCancel: () => void
}

/** A provider's description appears only after the arrow keys have rested on it for this long. */
const restMs = 600

/** Choosing a provider fills in its address and model; both can be changed. Nothing takes effect until "Save". */
export function ProviderForm({ label, offered, chosen, onChoose, onCancel }: Props): ReactNode {
  const id = useId()
  const say = useContext(Say)
  const { found, known } = offersOf(offered)
  const offers = [...found, ...known]
  const [form, setForm] = useState(() => {
    const { offer, resource } = offerFor(offers, chosen?.baseUrl ?? known[0]?.baseUrl ?? '')
    return {
      offer,
      resource,
      baseUrl: chosen?.baseUrl ?? offer?.baseUrl ?? '',
      model: chosen?.model ?? offer?.model ?? ''
    }
  })
  const [hasMoved, setHasMoved] = useState(false)
  const about = form.offer?.about ?? ''
  const sayAbout = useEffectEvent(() => say(about))
  const offerAddress = form.offer?.baseUrl ?? ''
  const isByResource = offerAddress.includes(placeholder)

  useEffect(() => {
    if (!hasMoved) return undefined
    const timer = setTimeout(sayAbout, restMs)
    return () => clearTimeout(timer)
  }, [hasMoved, about])

  function pick(offer: Offer | undefined): void {
    if (!offer) return
    setHasMoved(true)
    setForm({ offer, resource: '', baseUrl: offer.baseUrl, model: offer.model })
  }

  async function submit(): Promise<string | null> {
    const baseUrl = isByResource ? offerAddress.replace(placeholder, form.resource) : form.baseUrl
    return await onChoose({ baseUrl: baseUrl.trim().replace(/\/+$/u, ''), model: form.model.trim() })
  }

  return (
    <SubForm label={label} onSubmit={submit} onCancel={onCancel}>
      <label htmlFor={`${id}-offer`}>{t('settings.offers')}</label>
      <Select
        takesFocus
        id={`${id}-offer`}
        value={form.offer?.id}
        aria-describedby={`${id}-about`}
        onChange={(event) => pick(offers.find((offer) => offer.id === event.target.value))}
      >
        {found.length > 0 && <OfferGroup label={t('settings.offers.found')} offers={found} />}
        <OfferGroup label={t('settings.offers.all')} offers={known} />
      </Select>
      <p id={`${id}-about`} className="hint">
        {about}
      </p>
      {isByResource ? (
        <>
          <label htmlFor={`${id}-resource`}>{t('settings.offers.resource')}</label>
          <input
            id={`${id}-resource`}
            type="text"
            required
            pattern="[A-Za-z0-9]([A-Za-z0-9\-]*[A-Za-z0-9])?"
            title={t('settings.offers.resource.format')}
            autoComplete="off"
            spellCheck={false}
            value={form.resource}
            aria-describedby={`${id}-address`}
            onChange={(event) => setForm({ ...form, resource: event.target.value })}
          />
          <span id={`${id}-address`} className="hint">
            {t('settings.offers.resource.hint', { placeholder, address: offerAddress })}
          </span>
        </>
      ) : (
        <>
          <label htmlFor={`${id}-address`}>{t('settings.offers.address')}</label>
          <input
            id={`${id}-address`}
            type="url"
            required
            pattern="https?://.+"
            title={t('settings.offers.address.format')}
            autoComplete="off"
            spellCheck={false}
            value={form.baseUrl}
            onChange={(event) => setForm({ ...form, baseUrl: event.target.value })}
          />
        </>
      )}
      <label htmlFor={`${id}-model`}>{t('settings.offers.model')}</label>
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

function OfferGroup({ label, offers }: { label: string; offers: Offer[] }): ReactNode {
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

/** One entry in the list of providers. */
interface Offer {
  id: string
  name: string
  baseUrl: string
  /** Says what happens to the pictures, and what to do first. */
  about: string
  /** Empty if only the user or the server knows it. */
  model: string
  models: string[]
}

/** Placeholder for the user's resource name in Azure's address. */
const placeholder = 'RESOURCE'

/** The servers found on this computer, and all providers. */
function offersOf({ providers, servers }: Offered): { found: Offer[]; known: Offer[] } {
  const known = providers.map(({ id, name, baseUrl, howToStart, privacy, defaultModel, models }) => ({
    id,
    name,
    baseUrl,
    about: `${privacy} ${howToStart}`,
    model: defaultModel ?? '',
    models
  }))
  const found = servers.map(({ provider, baseUrl, models }) => {
    const visionModels = models.filter(({ seesPictures }) => seesPictures !== false).map(({ id }) => id)
    const best = models.find(({ seesPictures }) => seesPictures)?.id ?? visionModels[0] ?? ''
    const name = known.find(({ id }) => id === provider && id !== 'custom')?.name
    const { host } = new URL(baseUrl)
    return {
      id: `found:${baseUrl}`,
      name: name ? t('settings.offers.named-server', { name, host }) : t('settings.offers.server', { host }),
      baseUrl,
      about: t('settings.offers.stays-here'),
      model: best,
      models: visionModels
    }
  })
  return { found, known }
}

/**
 * The provider that an address belongs to, and the resource name in the address. The last entry is for all other
 * addresses.
 */
function offerFor(offers: readonly Offer[], baseUrl: string): { offer: Offer | null; resource: string } {
  for (const offer of offers) {
    if (offer.baseUrl === baseUrl) return { offer, resource: '' }
    const [before, after] = offer.baseUrl.split(placeholder)
    if (before && after && baseUrl.startsWith(before) && baseUrl.endsWith(after))
      return { offer, resource: baseUrl.slice(before.length, -after.length) }
  }
  return { offer: offers.at(-1) ?? null, resource: '' }
}

/** "api.openai.com, model gpt-4o-mini" */
export function modelLabel({ baseUrl, model }: OtherModel): string {
  return t('settings.model.at-host', { host: new URL(baseUrl).host, model })
}
