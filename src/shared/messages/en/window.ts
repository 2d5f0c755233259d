/** The window, apart from its settings. */
export const windowMessages = {} as const
