import type { RequestOutput } from '#shared/bridge.ts'
import type { OtherModel } from '#shared/settings.ts'

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
