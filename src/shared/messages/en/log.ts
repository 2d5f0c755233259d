/** The log and diagnostic information. */
export const logMessages = {
  'log.cannot-be-switched': "The log can't be turned on or off.",
  'log.diagnostics-title': 'Descry diagnostic information',
  'log.diagnostics-copied': 'Diagnostic information copied.'
} as const
