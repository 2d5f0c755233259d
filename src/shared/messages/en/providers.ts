/** Providers, models, keys and cost. */
export const providerMessages = {} as const
