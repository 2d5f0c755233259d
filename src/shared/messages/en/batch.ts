/** Describing whole folders and comparing models. */
export const batchMessages = {} as const
