/** The command line: help, notes and what is printed beside captions. */
export const cliMessages = {
  'cli.exceed-limit': 'You have reached your monthly limit. Continue anyway?',
  'cli.exceed-limit-by': 'You have reached your monthly limit. One picture costs about { $cost }. Continue anyway?',
  'cli.compare-not-asked': 'No model was asked.',
  'cli.waiting-for-stdin': 'Waiting for a picture on standard input. Press Ctrl+C to cancel.',
  'cli.first-pages-only': `{ $source }: describing the first { $described } of { $total } pages. Add --parts all for all of them.`
} as const
