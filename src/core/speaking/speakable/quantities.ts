import type { SpokenLanguage } from '../language.ts'

/** Singular and plural. Single letters ("5 m", "3 A") are left alone: they may mean anything. */
type Names = readonly [one: string, more: string]

function same(name: string): Names {
  return [name, name]
}

const units: Record<SpokenLanguage, Record<string, Names>> = {
  en: {
    'km/h': ['kilometre per hour', 'kilometres per hour'],
    'm/s': ['metre per second', 'metres per second'],
    mph: ['mile per hour', 'miles per hour'],
    km: ['kilometre', 'kilometres'],
    cm: ['centimetre', 'centimetres'],
    mm: ['millimetre', 'millimetres'],
    'm²': ['square metre', 'square metres'],
    'km²': ['square kilometre', 'square kilometres'],
    'm³': ['cubic metre', 'cubic metres'],
    kg: ['kilogram', 'kilograms'],
    mg: ['milligram', 'milligrams'],
    ml: ['millilitre', 'millilitres'],
    kHz: same('kilohertz'),
    kB: ['kilobyte', 'kilobytes'],
    KB: ['kilobyte', 'kilobytes'],
    MB: ['megabyte', 'megabytes'],
    GB: ['gigabyte', 'gigabytes'],
    TB: ['terabyte', 'terabytes'],
    'MB/s': ['megabyte per second', 'megabytes per second'],
    'Mbit/s': ['megabit per second', 'megabits per second'],
    kW: ['kilowatt', 'kilowatts'],
    kWh: ['kilowatt hour', 'kilowatt hours'],
    mAh: ['milliamp hour', 'milliamp hours'],
    hPa: ['hectopascal', 'hectopascals'],
    kcal: ['kilocalorie', 'kilocalories'],
    px: ['pixel', 'pixels'],
    ms: ['millisecond', 'milliseconds'],
    min: ['minute', 'minutes'],
    fps: ['frame per second', 'frames per second']
  },
  de: {
    'km/h': same('Kilometer pro Stunde'),
    'm/s': same('Meter pro Sekunde'),
    km: same('Kilometer'),
    cm: same('Zentimeter'),
    mm: same('Millimeter'),
    'm²': same('Quadratmeter'),
    'km²': same('Quadratkilometer'),
    'm³': same('Kubikmeter'),
    kg: same('Kilogramm'),
    mg: same('Milligramm'),
    ml: same('Milliliter'),
    kHz: same('Kilohertz'),
    MHz: same('Megahertz'),
    GHz: same('Gigahertz'),
    kB: same('Kilobyte'),
    KB: same('Kilobyte'),
    MB: same('Megabyte'),
    GB: same('Gigabyte'),
    TB: same('Terabyte'),
    'MB/s': same('Megabyte pro Sekunde'),
    'Mbit/s': same('Megabit pro Sekunde'),
    kW: same('Kilowatt'),
    kWh: ['Kilowattstunde', 'Kilowattstunden'],
    mAh: ['Milliamperestunde', 'Milliamperestunden'],
    hPa: same('Hektopascal'),
    kcal: ['Kilokalorie', 'Kilokalorien'],
    px: same('Pixel'),
    ms: ['Millisekunde', 'Millisekunden'],
    min: ['Minute', 'Minuten']
  },
  fr: {
    'km/h': ['kilomètre par heure', 'kilomètres par heure'],
    'm/s': ['mètre par seconde', 'mètres par seconde'],
    cm: ['centimètre', 'centimètres'],
    mm: ['millimètre', 'millimètres'],
    'm²': ['mètre carré', 'mètres carrés'],
    'km²': ['kilomètre carré', 'kilomètres carrés'],
    'm³': ['mètre cube', 'mètres cubes'],
    mg: ['milligramme', 'milligrammes'],
    ml: ['millilitre', 'millilitres'],
    kHz: same('kilohertz'),
    Mo: ['mégaoctet', 'mégaoctets'],
    Go: ['gigaoctet', 'gigaoctets'],
    To: ['téraoctet', 'téraoctets'],
    'Mo/s': ['mégaoctet par seconde', 'mégaoctets par seconde'],
    'Mbit/s': ['mégabit par seconde', 'mégabits par seconde'],
    kW: ['kilowatt', 'kilowatts'],
    kWh: ['kilowattheure', 'kilowattheures'],
    mAh: ['milliampère-heure', 'milliampères-heures'],
    hPa: ['hectopascal', 'hectopascals'],
    kcal: ['kilocalorie', 'kilocalories'],
    px: ['pixel', 'pixels'],
    ms: ['milliseconde', 'millisecondes'],
    min: ['minute', 'minutes']
  },
  es: {
    'km/h': ['kilómetro por hora', 'kilómetros por hora'],
    'm/s': ['metro por segundo', 'metros por segundo'],
    km: ['kilómetro', 'kilómetros'],
    cm: ['centímetro', 'centímetros'],
    mm: ['milímetro', 'milímetros'],
    'm²': ['metro cuadrado', 'metros cuadrados'],
    'km²': ['kilómetro cuadrado', 'kilómetros cuadrados'],
    'm³': ['metro cúbico', 'metros cúbicos'],
    mg: ['miligramo', 'miligramos'],
    ml: ['mililitro', 'mililitros'],
    kHz: ['kilohercio', 'kilohercios'],
    MHz: ['megahercio', 'megahercios'],
    GHz: ['gigahercio', 'gigahercios'],
    kB: ['kilobyte', 'kilobytes'],
    KB: ['kilobyte', 'kilobytes'],
    MB: ['megabyte', 'megabytes'],
    GB: ['gigabyte', 'gigabytes'],
    TB: ['terabyte', 'terabytes'],
    'MB/s': ['megabyte por segundo', 'megabytes por segundo'],
    'Mbit/s': ['megabit por segundo', 'megabits por segundo'],
    kW: ['kilovatio', 'kilovatios'],
    kWh: ['kilovatio hora', 'kilovatios hora'],
    mAh: ['miliamperio hora', 'miliamperios hora'],
    hPa: ['hectopascal', 'hectopascales'],
    kcal: ['kilocaloría', 'kilocalorías'],
    px: ['píxel', 'píxeles'],
    ms: ['milisegundo', 'milisegundos'],
    min: ['minuto', 'minutos']
  }
}

/** Only English voices read the sign before the amount ("dollar five point five zero"). */
const currencies: Record<string, Names> = {
  $: ['dollar', 'dollars'],
  '€': ['euro', 'euros'],
  '£': ['pound', 'pounds'],
  '¥': same('yen'),
  '₹': ['rupee', 'rupees']
}
const money =
  /(?<![\p{L}\p{N}$€£¥₹.,])([$€£¥₹]) ?(\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:[.,](\d{2})(?![\d.,]*\d)|(\.\d{1,9}))?( (?:thousand|million|billion|trillion)\b)?(?![\p{L}\p{N}]|[.,]\d)/gu

export function withSpokenQuantities(text: string, language: SpokenLanguage): string {
  const names = units[language]
  const quantity = new RegExp(
    String.raw`(?<![\p{L}\p{N}.,])(\d[\d.,]{0,20}) ?(${anyOf(Object.keys(names))})(?![\p{L}\p{N}\/²³])`,
    'gu'
  )
  const withUnits = text.replace(quantity, (_, number: string, unit: string) => {
    const [one, more] = names[unit] ?? same(unit)
    return `${number} ${number === '1' ? one : more}`
  })
  if (language !== 'en') return withUnits
  return withUnits.replace(
    money,
    (_, symbol: string, whole: string, cents?: string, fraction?: string, scale?: string) => {
      const [one, more] = currencies[symbol] ?? same(symbol)
      if (scale !== undefined) return `${whole}${fraction ?? (cents === undefined ? '' : `.${cents}`)}${scale} ${more}`
      if (fraction !== undefined) return `${whole}${fraction} ${more}`
      const amount = `${whole} ${whole === '1' ? one : more}`
      return cents === undefined ? amount : `${amount} ${cents}`
    }
  )
}

/** One pattern that matches any of the words; longer ones first. */
function anyOf(words: readonly string[]): string {
  return words
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.replace(/[$()*+./?[\\\]^{|}-]/gu, String.raw`\$&`))
    .join('|')
}
