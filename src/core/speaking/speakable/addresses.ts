import type { SpokenLanguage } from '../language.ts'

/** Longer queries and fragments are meant for computers. */
const longestQueryChars = 20

const words: Record<SpokenLanguage, { dot: string; at: string }> = {
  en: { dot: 'dot', at: 'at' },
  de: { dot: 'Punkt', at: 'ät' },
  fr: { dot: 'point', at: 'arobase' },
  es: { dot: 'punto', at: 'arroba' }
}

// A full stop after an address ends the sentence.
const webAddress =
  /(?<![\p{L}\p{N}])(?:https?:\/\/(?:www\.)?|www\.)([^\s/?#<>"”»|]{1,253})((?:[/?#][^\s<>"”»|]{0,4000})?)/giu
const trailing = /[.,;:!?)\]'’]+$/u
const mailAddress =
  /(?<![\p{L}\p{N}._%+@-])([\p{L}\p{N}._%+-]{1,64})@([\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8})/gu
const ipAddress = /(?<![\p{L}\p{N}.])\d{1,3}(?:\.\d{1,3}){3}(?![\p{L}\p{N}]|\.\d)/gu

/**
 * Web addresses as host and path, without the scheme and a long query; mail addresses and dots in words. In a language
 * without words here, the scheme and the query are removed and the engine reads the rest.
 */
export function withSpokenAddresses(text: string, language: SpokenLanguage | null): string {
  const withWebAddresses = text.replace(webAddress, (whole: string, host: string, rest: string) => {
    const end = trailing.exec(whole)?.[0] ?? ''
    const address = (host + rest).slice(0, host.length + rest.length - end.length)
    return spokenWebAddress(address, language) + end
  })
  if (language === null) return withWebAddresses
  const { dot, at } = words[language]
  const withMail = withWebAddresses.replace(
    mailAddress,
    (_, name: string, host: string) => `${withDots(name, dot)} ${at} ${withDots(host, dot)}`
  )
  // English voices say the dots; others read 192.168 as a hundred and ninety-two thousand.
  return language === 'en' ? withMail : withMail.replace(ipAddress, (address) => withDots(address, dot))
}

function spokenWebAddress(address: string, language: SpokenLanguage | null): string {
  const [, host = '', path = '', query = ''] = /^([^/?#]*)([^?#]*)(.*)$/su.exec(address) ?? []
  const shortQuery = query.length > longestQueryChars ? '' : query
  if (language === null) return `${host}${path.replace(/\/$/u, '')}${shortQuery}`
  const steps = path.split('/').filter((step) => step !== '')
  return [withDots(host, words[language].dot), ...steps].join(', ') + (shortQuery === '' ? '' : ` ${shortQuery}`)
}

function withDots(text: string, dot: string): string {
  return text.replaceAll(/(?<=[^\s.])\.(?=[^\s.])/gu, ` ${dot} `)
}
