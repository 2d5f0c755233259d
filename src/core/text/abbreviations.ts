/**
 * What a period after this word means. `goes on`: never an end ("Dr. Smith"). `before number`: no end before a digit or a
 * lowercase letter ("No. 5", "Oct. 5"). `may end`: no end before a lowercase letter ("etc. and").
 */
export type AbbreviationKind = 'goes on' | 'before number' | 'may end'

interface Abbreviations {
  goesOn: string
  beforeNumber: string
  mayEnd: string
}

const everywhere: Abbreviations = {
  goesOn: 'dr prof st vs ca cf',
  beforeNumber: 'nr no nos p pp vol fig figs art tel',
  mayEnd: 'etc al a.m p.m inc ltd corp co'
}

/** Words without their last period, in lowercase. Dotted letters such as "z.B." need no entry. */
const byLanguage: Record<string, Abbreviations> = {
  en: {
    goesOn: 'mr mrs ms mx sr jr rev hon gen col sgt capt lt gov pres sen rep approx eg ie',
    beforeNumber: 'ch ed eds sec ext jan feb mar apr jun jul aug sep sept oct nov dec',
    mayEnd: 'dept est ave blvd'
  },
  de: {
    // "z. B.", "d. h.", "u. a.", "i. d. R.", "o. ä." are written with spaces too.
    goesOn: 'z d h u o i v m n hr hrn fr dipl ing bzw bspw evtl ggf inkl exkl zzgl vgl sog insb mio mrd tsd geb',
    beforeNumber: 's abb bd kap abs abt jan jän feb apr jun jul aug sept okt nov dez',
    mayEnd: 'usw usf u.a u.ä str min max'
  },
  fr: {
    goesOn: 'mm mme mmes mlle mlles me mgr ste ex env av bd c.-à-d',
    beforeNumber: 'n chap janv févr avr juil sept oct nov déc',
    mayEnd: 'j.-c'
  },
  es: {
    goesOn: 'sr sra srta sres dra d dña ud uds vd vds ing lic arq gral ej av avda aprox',
    beforeNumber: 'núm pág págs cap ene feb abr jun jul ago sept oct nov dic',
    mayEnd: 'ee.uu'
  },
  it: {
    goesOn: 'sig sigg sig.ra sig.na dott dott.ssa prof.ssa ing avv arch geom on gen es',
    beforeNumber: 'n pag pagg cap gen feb mar apr giu lug ago set ott nov dic',
    mayEnd: 'ecc'
  },
  pt: {
    goesOn: 'sr sra srs sras dra profa eng exmo exma d ex av',
    beforeNumber: 'n pág págs cap jan fev abr jun jul ago set out nov dez',
    mayEnd: ''
  },
  nl: {
    goesOn: 'dhr mevr mw mr drs ir ing bijv bv evt incl excl resp',
    beforeNumber: 'blz jan feb mrt apr jun jul aug sept okt nov dec',
    mayEnd: 'enz e.d'
  },
  pl: {
    goesOn: 'np tj tzn tzw mgr inż hab ks ul os św ok wg zob por',
    beforeNumber: 'str s rys poz',
    mayEnd: 'itd itp r w'
  }
}

/**
 * Null for an ordinary word.
 *
 * @param word without its last period, as it stands in the text.
 * @param language BCP 47; languages without a table use that of English.
 */
export function abbreviationKind(word: string, language: string): AbbreviationKind | null {
  const lower = word.toLowerCase()
  const tag = language.toLowerCase().split('-')[0] ?? 'en'
  for (const table of [byLanguage[tag] ?? byLanguage.en, everywhere]) {
    if (table === undefined) continue
    if (holds(table.mayEnd, lower)) return 'may end'
    if (holds(table.beforeNumber, lower)) return 'before number'
    if (holds(table.goesOn, lower)) return 'goes on'
  }
  // "e.g.", "z.B.", "p.ej.", "m.in."; "U.S.", "J. Smith".
  if (/^\p{L}{1,3}(?:\.\p{L}{1,3})+$/u.test(word) && /(?:^|\.)\p{L}(?:\.|$)/u.test(word)) return 'goes on'
  if (/^\p{Lu}$/u.test(word) && word !== 'I') return 'goes on'
  return null
}

function holds(words: string, word: string): boolean {
  return ` ${words} `.includes(` ${word} `)
}
