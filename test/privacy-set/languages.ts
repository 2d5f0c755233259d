export const languages = ['en', 'de', 'fr', 'es'] as const
export type Language = (typeof languages)[number]

/** The same words in each language. */
export type Words = readonly [en: string, de: string, fr: string, es: string]

export const inLanguage = (language: Language, words: Words): string => words[languages.indexOf(language)] ?? words[0]
