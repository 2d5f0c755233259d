import { linesOf, type SearchedText, type TextFinding } from './searched-text.ts'

const backupLabel =
  /\b(?:backup|recovery|emergency|rescue|scratch)[- ]?(?:verification ?)?codes\b|(?:wiederherstellungs|backup-?|sicherungs|ersatz|notfall)codes\b|codes ?de ?(?:secours|recuperation|sauvegarde)|codigos ?de ?(?:respaldo|recuperacion|seguridad|backup|reserva)|codici ?di ?(?:backup|recupero|riserva)/u
const backupCode =
  /^(?:\W{0,3}|\d{1,2}[.)] )(?:[a-z0-9]{4,6}[- ][a-z0-9]{4,6}(?:[- ][a-z0-9]{4,6}){0,2}|(?=[a-z]*\d)[a-z0-9]{8,12}|\d{6,8})(?:[ ,]+(?:[a-z0-9]{4,6}[- ][a-z0-9]{4,6}|[a-z0-9]{8,12}))*$/u
const maxBackupLines = 20

/** Backup codes for two-step sign-in: the lines after their heading. */
export function findBackupCodes({ plain, folded }: SearchedText): TextFinding[] {
  if (!backupLabel.test(folded)) return []
  const found: TextFinding[] = []
  const lines = linesOf({ plain, folded })
  for (const [index, { folded: heading }] of lines.entries()) {
    if (!backupLabel.test(heading)) continue
    let misses = 0
    for (const line of lines.slice(index + 1, index + 1 + maxBackupLines)) {
      const text = line.folded.trim()
      if (backupCode.test(text) && /\d/u.test(text)) {
        const at = line.folded.indexOf(text)
        found.push({ kind: 'one-time-code', start: line.start + at, end: line.start + at + text.length })
      } else if (text !== '' && (misses += 1) > 2) break
    }
  }
  return found
}
