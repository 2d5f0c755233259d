/** What the page and terminal pictures show. OCR is measured by these words. */
export const pageLines = [
  'The lighthouse at Cape Farewell',
  '',
  'For more than a century the lighthouse stood alone on the outer rocks, and the families who',
  'kept it counted the days by the supply boat. Every second Tuesday, weather permitting, the',
  'boat brought flour, lamp oil, letters and a newspaper that was already ten days old. Nobody',
  'complained. The keeper wrote the time of each delivery in a green ledger, next to the height',
  'of the waves and the direction of the wind.',
  '',
  'In 1931 the first radio arrived. The station on the mainland called at six in the morning and',
  'again at nine in the evening, and the children were allowed to listen if they had finished',
  'their lessons. Within five years the ledger shows fewer storms, which historians explain by',
  'better forecasts rather than kinder seas: the boat simply stayed in the harbour when the',
  'barometer fell.',
  '',
  'Today the tower is a museum. Visitors climb 172 steps to the lantern room, where the original',
  'glass still turns on its bath of mercury. Tickets cost 12 pounds, children under seven enter',
  'free, and the last ferry leaves at 17:45. Please bring warm clothes, because the wind on the',
  'gallery is strong even in July.'
]

export const terminalLines = [
  'user@harbour:~/project$ git status',
  'On branch main',
  'Your branch is up to date with origin.',
  '',
  'Changes not staged for commit:',
  '  use git add to update what will be committed',
  '  use git restore to discard changes in working directory',
  '        modified:   README.md',
  '        modified:   package.json',
  '',
  'no changes added to commit',
  'user@harbour:~/project$ npm run build',
  '',
  'Building for production, please wait',
  'transforming 148 modules',
  'rendering chunks and computing sizes',
  'built in 3 seconds without any warning',
  '',
  'user@harbour:~/project$ npm test',
  '',
  'Running the whole suite with two workers',
  'passed   reads the header of every format',
  'passed   refuses a file that is damaged',
  'passed   turns the picture upright before it is sent',
  'failed   waits for the answer of the server',
  '         Expected the request to end within 15 seconds',
  '         but the connection was still open after 20 seconds',
  '',
  'Tests  3 passed, 1 failed, 0 skipped',
  'Time   42 seconds',
  '',
  'user@harbour:~/project$ tail server.log',
  'listening on port 8080',
  'warning: the certificate expires in 9 days',
  'error: cannot open the database, permission denied',
  'info: trying again in 30 seconds',
  'info: connected to the database',
  'user@harbour:~/project$'
]

/** The words of some lines for measuring recall: lower case, without surrounding punctuation. */
export function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter((word) => word !== '')
}

/** The share (0 to 1) of the expected words that were read. A word that is there twice must be read twice. */
export function wordRecall(expected: string[], read: string[]): number {
  const left = new Map<string, number>()
  for (const word of read) left.set(word, (left.get(word) ?? 0) + 1)
  let found = 0
  for (const word of expected) {
    const count = left.get(word) ?? 0
    if (count === 0) continue
    left.set(word, count - 1)
    found += 1
  }
  return found / expected.length
}
