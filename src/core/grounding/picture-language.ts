import { detectLanguage } from '#core/speaking/language.ts'
import { fold } from './folding.ts'

/** Common words that only one of these languages has, as English OCR reads them: without accents. */
const commonWords: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries({
    en: 'the of and to you your is are this that with for not have will from by please all or be was it at they their no',
    de: 'der die und sie nicht ist ein eine einen das dem den mit fur von zu im auf ihr ihre ihnen wird werden bitte oder sind wurde bei uhr nach aus',
    fr: 'le les des une vous votre vos est et pour pas dans avec sur du ce cette ou aux qui veuillez',
    es: 'el los las una su sus y para por con del no se lo usted que favor',
    it: 'il gli della una suo per non con che sono di questo sei e',
    nl: 'het een en van u uw niet voor met op zijn wordt deze naar of te'
  }).map(([language, words]) => [language, new Set(words.split(' '))])
)

/** A single word may be a name, or misread. */
const leastWords = 2

/**
 * Whether the text in a picture is in a different language than its caption. Statistical detection is often wrong for the
 * few words of a dialog, so common words count first.
 *
 * @param language The caption's, BCP 47.
 */
export function isInOtherLanguage(text: string, language: string): boolean {
  const base = (tag: string): string => tag.split('-')[0]?.toLowerCase() ?? tag
  const words = fold(text).split(/[^\p{L}]+/u)
  const count = (known: ReadonlySet<string>): number => words.filter((word) => known.has(word)).length
  const own = commonWords[base(language)]
  if (own) {
    const others = Object.values(commonWords).filter((known) => known !== own)
    const [ofOwn, ofOther] = [count(own), Math.max(...others.map(count))]
    if (ofOwn > ofOther) return false
    if (ofOther >= leastWords && ofOther > ofOwn) return true
  }
  const read = detectLanguage(text, language)
  return read !== null && base(read) !== base(language)
}
