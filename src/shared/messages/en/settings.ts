/** Labels, hints and choices of the settings. */
export const settingsMessages = {} as const
