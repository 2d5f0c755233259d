/** The log and diagnostic information. */
export const logMessages = {
  'log.is-on': 'The log is on: { $path }',
  'log.is-off': 'The log is off: { $path }',
  'log.turned-on': 'The log is now on: { $path }',
  'log.turned-off': 'The log is now off. What it already contains stays in { $path }.',
  'log.cannot-be-switched': "The log can't be turned on or off.",
  'log.diagnostics-title': 'Descry diagnostic information',
  'log.diagnostics-copied': 'Diagnostic information copied.'
} as const
