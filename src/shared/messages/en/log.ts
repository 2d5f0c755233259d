/** The log and diagnostic information. */
export const logMessages = {
  'log.diagnostics-title': 'Descry diagnostic information',
  'log.cannot-be-switched': "The log can't be turned on or off."
} as const
