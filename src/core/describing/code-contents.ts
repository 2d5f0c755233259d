/** What a code is for, with the part of it that a person wants to hear. */
export interface CodeContent {
  kind: 'wifi' | 'phone' | 'email' | 'message' | 'contact' | 'event' | 'place' | 'text'
  /** The network's name, the number, the address, …; empty if the code leaves it out. For `text`, all of it. */
  content: string
  /** Of a Wi-Fi network; null for one without, and for other kinds. */
  password: string | null
}

/**
 * Tells what a code holds by the forms that phones know: https://github.com/zxing/zxing/wiki/Barcode-Contents, vCard (RFC 6350),
 * iCalendar (RFC 5545).
 */
export function readCodeContent(raw: string): CodeContent {
  const text = raw.trim()
  const found = (kind: CodeContent['kind'], content: string, password: string | null = null): CodeContent => ({
    kind,
    content,
    password
  })
  const scheme = /^([a-z]+):/iu.exec(text)?.[1]?.toLowerCase() ?? ''
  const rest = text.slice(scheme.length + 1)
  switch (scheme) {
    case 'wifi': {
      const { S = '', P = '' } = fields(rest)
      return found('wifi', S, P || null)
    }
    case 'tel':
      return found('phone', decoded(rest))
    case 'mailto':
      return found('email', decoded(rest.split('?')[0] ?? ''))
    case 'matmsg':
      return found('email', fields(rest).TO ?? '')
    case 'sms':
    case 'smsto':
      return found('message', decoded(rest.split(/[:?]/u)[0] ?? ''))
    case 'geo':
      return found('place', rest.split(/[?;]/u)[0]?.replace(',', ', ') ?? '')
    case 'mecard':
      return found('contact', nameOf(fields(rest).N ?? '', ','))
    case 'begin':
      if (/^BEGIN:VCARD/iu.test(text)) return found('contact', property(text, 'FN') || nameOf(property(text, 'N'), ';'))
      if (/^BEGIN:(?:VEVENT|VCALENDAR)/iu.test(text)) return found('event', property(text, 'SUMMARY'))
  }
  return found('text', text)
}

/** "S:Name;P:secret;;" by key. A backslash makes the next sign plain. */
function fields(text: string): Partial<Record<string, string>> {
  const parts = text.matchAll(/([A-Z]+):((?:\\.|[^\\;])*);?/giu)
  return Object.fromEntries(
    [...parts].map(([, key = '', value = '']) => [key.toUpperCase(), value.replace(/\\(.)/gu, '$1')])
  )
}

/** The value of a line such as "FN;CHARSET=UTF-8:Ada Lovelace"; empty without one. */
function property(text: string, name: string): string {
  const line = new RegExp(`^${name}(?:;[^:\\r\\n]*)?:(.*)$`, 'imu').exec(text.replace(/\r?\n[ \t]/gu, ''))
  return (line?.[1] ?? '').replace(/\\n/giu, ' ').replace(/\\(.)/gu, '$1').trim()
}

/** "Lovelace;Ada" as it is said. */
function nameOf(text: string, separator: string): string {
  const [family = '', given = ''] = text.split(separator).map((part) => part.trim())
  return `${given} ${family}`.trim()
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
