import type { Chance } from './random.ts'
import { Sheet } from './sheet.ts'
import * as words from './words.ts'
import { grouped, inGermanWords, inWords, ordinal, spokenTime, two } from './words.ts'

/**
 * One picture and what may be said of it. In captions `{#48.20}` marks what a wrong digit may strike, `{@Lyon|cities}` a
 * word that an invented one of that list may replace; in `inventions` `{!…}` marks the false part of a sentence to add.
 */
export interface Draft {
  language: string
  sheet: Sheet
  right: string
  paraphrase: string
  inventions?: string[]
}
export type Layout = (chance: Chance) => Draft

interface Day {
  day: number
  month: number
  year: number
}
export function someDay(chance: Chance): Day {
  return { day: chance.whole(1, 28), month: chance.whole(1, 12), year: chance.whole(2019, 2027) }
}
export const english = ({ day, month, year }: Day): string => `${day} ${words.months[month - 1]} ${year}`
export const dotted = ({ day, month, year }: Day): string => `${two(day)}.${two(month)}.${year}`
export const slashed = ({ day, month, year }: Day): string => `${two(day)}/${two(month)}/${year}`
export const iso = ({ day, month, year }: Day): string => `${year}-${two(month)}-${two(day)}`
export const saidDay = ({ day, month, year }: Day): string =>
  `the ${ordinal(day)} of ${words.months[month - 1]} ${year}`

export function someTime(chance: Chance): { hour: number; minute: number; text: string; said: string } {
  const [hour, minute] = [chance.whole(7, 21), chance.whole(0, 11) * 5]
  return { hour, minute, text: `${two(hour)}:${two(minute)}`, said: spokenTime(hour, minute) }
}

const receipt: Layout = (chance) => {
  const sheet = new Sheet(chance, {
    family: chance.pick(['DejaVu Sans Mono', 'Liberation Mono']),
    dark: false,
    sizePx: [14, 22]
  })
  const s = sheet.sizePx
  const isGerman = chance.happens(0.4)
  const shop = chance.pick(isGerman ? words.germanShops : words.shops)
  const items = chance
    .some(isGerman ? words.germanGoods : words.goods, chance.whole(3, 5))
    .map((name) => ({ name, cents: chance.whole(85, 1899) }))
  const [day, time] = [someDay(chance), someTime(chance)]
  const total = items.reduce((sum, { cents }) => sum + cents, 0)
  const money = (cents: number): string =>
    isGerman ? grouped(cents / 100, 2, '.', ',') : `£${grouped(cents / 100, 2, ',', '.')}`
  const width = s * 19
  sheet.text(shop, 30 + width / 2, 30 + s, { bold: true, align: 'center', sizePx: s * 1.2 })
  sheet.text(
    isGerman
      ? `${chance.pick(words.germanStreets)} ${chance.whole(2, 89)}`
      : `${chance.whole(2, 189)} ${chance.pick(words.streets)}`,
    30 + width / 2,
    30 + s * 2.7,
    { align: 'center' }
  )
  for (const [index, { name, cents }] of items.entries()) {
    sheet.text(name, 30, 30 + s * (5 + index * 1.5))
    sheet.text(money(cents), 30 + width, 30 + s * (5 + index * 1.5), { align: 'right' })
  }
  const below = 30 + s * (5.6 + items.length * 1.5)
  sheet.text(isGerman ? 'SUMME EUR' : 'TOTAL', 30, below, { bold: true })
  sheet.text(money(total), 30 + width, below, { align: 'right', bold: true })
  sheet.text(`${isGerman ? dotted(day) : slashed(day)}  ${time.text}`, 30, below + s * 2)
  sheet.text(isGerman ? 'Vielen Dank für Ihren Einkauf' : 'Thank you, please call again', 30, below + s * 3.5)
  const [first, second] = items as [(typeof items)[0], (typeof items)[0]]
  if (isGerman) {
    return {
      language: 'de',
      sheet,
      right: `Kassenbon von {@${shop}|germanShops}, Summe {#${money(total)}} Euro. Darauf stehen {@${first.name}|germanGoods} für {#${money(first.cents)}} und {@${second.name}|germanGoods} für {#${money(second.cents)}} Euro sowie weitere Posten. Datum: {#${dotted(day)}}, {#${time.text}} Uhr.`,
      paraphrase: `Ein Kassenzettel mit ${inGermanWords(items.length)} Posten vom ${day.day}. ${words.germanMonths[day.month - 1]} ${day.year}. Bezahlt wurden rund ${Math.round(total / 100)} Euro.`,
      inventions: ['Unten steht „{!Nächste Woche geschlossen}“.', 'Bedient hat {!Frau Sommerfeld}.']
    }
  }
  return {
    language: 'en',
    sheet,
    right: `Receipt from {@${shop}|shops} for {#${money(total)}}. It lists {@${first.name}|goods} at {#${money(first.cents)}} and {@${second.name}|goods} at {#${money(second.cents)}}, among others. Dated {#${slashed(day)}}, {#${time.text}}. At the bottom: “Thank you, please call again”.`,
    paraphrase: `A till receipt with ${inWords(items.length)} items. The shopper paid about ${inWords(Math.round(total / 100))} pounds on ${saidDay(day)}, at ${time.said}.`,
    inventions: ['Below it says “{!Paid with gift voucher}”.', 'The cashier was {!Dorothy}.']
  }
}

const invoice: Layout = (chance) => {
  const sheet = new Sheet(chance, { dark: false, sizePx: [14, 22] })
  const s = sheet.sizePx
  const company = chance.pick(words.companies)
  const [client, signer] = chance.some(words.people, 2) as [string, string]
  const [net, day, number] = [
    chance.whole(12, 98) * 100 + chance.whole(1, 99),
    someDay(chance),
    `20${chance.whole(19, 27)}-${chance.whole(1023, 9876)}`
  ]
  const vat = Math.round(net * 20) / 100
  const money = (value: number): string => `€${grouped(value, 2, ',', '.')}`
  sheet.text(company, 40, 50 + s, { bold: true, sizePx: s * 1.6 })
  sheet.text(`Invoice ${number}`, 40, 50 + s * 4, { bold: true })
  sheet.text(english(day), 40 + s * 26, 50 + s * 4, { align: 'right' })
  sheet.text(`To: ${client}`, 40, 50 + s * 6)
  for (const [index, [name, value]] of (
    [
      ['Net amount', net],
      ['VAT 20%', vat],
      ['Amount due', net + vat]
    ] as const
  ).entries()) {
    sheet.text(name, 40, 50 + s * (9 + index * 1.7), { bold: index === 2 })
    sheet.text(money(value), 40 + s * 26, 50 + s * (9 + index * 1.7), { align: 'right', bold: index === 2 })
  }
  const days = chance.pick([10, 14, 21, 30])
  sheet.text(`Payable within ${days} days. Questions? Ask ${signer}.`, 40, 50 + s * 15.5)
  return {
    language: 'en',
    sheet,
    right: `Invoice {#${number}} from {@${company}|companies} to {@${client}|people}, dated {#${english(day)}}. Net amount {#${money(net)}}, VAT 20% {#${money(vat)}}, amount due {#${money(net + vat)}}. “Payable within ${days} days. Questions? Ask {@${signer}|people}.”`,
    paraphrase: `A bill from ${company}, with roughly ${inWords(Math.round((net + vat) / 100) * 100)} euros to pay in all, a fifth of the net sum being tax. It was written on ${saidDay(day)} and is to be paid within ${inWords(days)} days.`,
    inventions: ['A red stamp says “{!Second reminder}”.', 'The bank named is {!Larchmont Savings}.']
  }
}

const letter: Layout = (chance) => {
  const isGerman = chance.happens(0.5)
  const sheet = new Sheet(chance, {
    dark: false,
    family: chance.pick(['Liberation Serif', 'DejaVu Serif', 'Liberation Sans']),
    sizePx: [15, 22]
  })
  const s = sheet.sizePx
  const [sender, receiver] = chance.some(words.people, 2) as [string, string]
  const [day, time, reference, city] = [
    someDay(chance),
    someTime(chance),
    words.code(chance),
    chance.pick(words.cities)
  ]
  const room = chance.whole(102, 489)
  const lines = isGerman
    ? [
        `${city}, ${dotted(day)}`,
        `Unser Zeichen: ${reference}`,
        '',
        `Guten Tag ${receiver},`,
        '',
        'Ihr Antrag ist bei uns eingegangen. Bitte kommen Sie',
        `um ${time.text} Uhr in Zimmer ${room} und bringen Sie`,
        'einen gültigen Ausweis mit.',
        '',
        'Mit freundlichen Grüßen',
        sender
      ]
    : [
        `${city}, ${english(day)}`,
        `Our reference: ${reference}`,
        '',
        `Dear ${receiver},`,
        '',
        'Thank you for your application. Please come to',
        `room ${room} at ${time.text} and bring a valid`,
        'passport with you.',
        '',
        'Yours sincerely,',
        sender
      ]
  for (const [index, line] of lines.entries()) if (line !== '') sheet.text(line, 60, 60 + s * (1 + index * 1.5))
  if (isGerman) {
    return {
      language: 'de',
      sheet,
      right: `Brief an {@${receiver}|people}, unterschrieben von {@${sender}|people}, vom {#${dotted(day)}} aus {@${city}|cities}. „Ihr Antrag ist bei uns eingegangen.“ Der Termin ist um {#${time.text}} Uhr in Zimmer {#${room}}; mitzubringen ist ein gültiger Ausweis. Zeichen: {#${reference}}.`,
      paraphrase: `Ein kurzes förmliches Schreiben vom ${day.day}. ${words.germanMonths[day.month - 1]}, das eine Vorsprache im Amt ankündigt. Der Empfänger soll sich ausweisen können.`,
      inventions: ['Am Rand steht handschriftlich „{!Dringend anrufen}“.', 'Als Betreff ist „{!Wohngeld}“ angegeben.']
    }
  }
  return {
    language: 'en',
    sheet,
    right: `Letter to {@${receiver}|people} from {@${sender}|people}, {@${city}|cities}, {#${english(day)}}. It says: “Thank you for your application. Please come to room {#${room}} at {#${time.text}} and bring a valid passport with you.” Reference {#${reference}}.`,
    paraphrase: `A short formal letter of ${saidDay(day)} that asks the reader to appear in person at ${time.said}, with proof of identity. It has two short paragraphs and a polite close.`,
    inventions: [
      'A note in the margin says “{!Urgent, call back}”.',
      'The letterhead names the {!Ministry of Fisheries}.'
    ]
  }
}

const label: Layout = (chance) => {
  const sheet = new Sheet(chance, { dark: chance.happens(0.15), sizePx: [13, 20] })
  const s = sheet.sizePx
  const name = chance.pick(['Paracet', 'Ibumed', 'Loratin', 'Calmosan', 'Vitadrop', 'Zincoral', 'Tussivert'])
  const [strength, count, lot] = [
    chance.pick([75, 120, 250, 400, 625]),
    chance.pick([12, 16, 24, 28, 36]),
    words.code(chance)
  ]
  const [month, year, hours] = [chance.whole(1, 12), chance.whole(2026, 2031), chance.pick([4, 6, 8, 12])]
  sheet.text(name, 30, 30 + s * 2, { bold: true, sizePx: s * 2.2, color: sheet.theme.accent })
  sheet.text(`${strength} mg`, 30, 30 + s * 4, { sizePx: s * 1.4 })
  sheet.text(`${count} film-coated tablets`, 30, 30 + s * 6)
  sheet.text(`One tablet every ${hours} hours. Do not take on an empty stomach.`, 30, 30 + s * 8)
  sheet.text('Keep out of the reach of children.', 30, 30 + s * 9.6)
  sheet.text(`LOT ${lot}   EXP ${two(month)}/${year}`, 30, 30 + s * 12, { family: 'DejaVu Sans Mono' })
  return {
    language: 'en',
    sheet,
    right: `Medicine pack: ${name} {#${strength} mg}, {#${count}} film-coated tablets. “One tablet every ${hours} hours. Do not take on an empty stomach.” Expires {#${two(month)}/${year}}, lot {#${lot}}. Keep out of the reach of children.`,
    paraphrase: `The label of a box of pills, good until ${words.months[month - 1]} ${year}. There are ${inWords(count)} in it; one is to be taken up to ${inWords(24 / hours)} times a day, with food. Children must not get at it.`,
    inventions: [
      'The maker is {!Hartwell Laboratories}.',
      'A red box warns “{!May cause drowsiness}”.',
      'It also says “{!Store below the sink}”.'
    ]
  }
}

const sign: Layout = (chance) => {
  const sheet = new Sheet(chance, { sizePx: [22, 40] })
  const s = sheet.sizePx
  const shop = chance.pick(words.shops)
  const [from, until, saturday] = [chance.whole(7, 10), chance.whole(16, 20), chance.whole(12, 15)]
  const tel = words.phone(chance)
  const closed = chance.pick(['Sunday', 'Monday'])
  sheet.text(shop, 50, 50 + s * 1.3, { bold: true, sizePx: s * 1.4, color: sheet.theme.accent })
  sheet.text('Opening hours', 50, 50 + s * 3.4)
  sheet.text(`Weekdays  ${two(from)}:30 - ${until}:00`, 50, 50 + s * 5)
  sheet.text(`Saturday  ${two(from)}:30 - ${saturday}:15`, 50, 50 + s * 6.5)
  sheet.text(`Closed on ${closed}s`, 50, 50 + s * 8)
  sheet.text(`Call ${tel}`, 50, 50 + s * 10)
  return {
    language: 'en',
    sheet,
    right: `Sign with the opening hours of {@${shop}|shops}. Weekdays {#${two(from)}:30} to {#${until}:00}, Saturday until {#${saturday}:15}. “Closed on {@${closed}|weekdays}s”. The phone number is {#${tel}}.`,
    paraphrase: `A shop’s sign tells when it is open: from ${spokenTime(from, 30)}, until ${spokenTime(until, 0)} on weekdays and a quarter past ${inWords(saturday > 12 ? saturday - 12 : saturday)} on Saturdays. It gives a telephone number in the last of six lines.`,
    inventions: ['A sticker adds “{!No dogs allowed}”.', 'The owner is {!Mr Abernathy}.']
  }
}

const label2: Layout = (chance) => {
  const sheet = new Sheet(chance, { dark: false, sizePx: [14, 22] })
  const s = sheet.sizePx
  const name = chance.pick([
    'Crunchy Oat Bars',
    'Tomato Soup',
    'Wild Berry Muesli',
    'Lentil Chips',
    'Peanut Spread',
    'Rye Crackers'
  ])
  const [kcal, fat, sugar, salt, protein] = [
    chance.whole(112, 589),
    chance.whole(12, 339) / 10,
    chance.whole(11, 489) / 10,
    chance.whole(11, 289) / 100,
    chance.whole(21, 289) / 10
  ]
  const rows = [
    ['Energy', `${kcal} kcal`],
    ['Fat', `${fat.toFixed(1)} g`],
    ['Sugars', `${sugar.toFixed(1)} g`],
    ['Protein', `${protein.toFixed(1)} g`],
    ['Salt', `${salt.toFixed(2)} g`]
  ] as const
  sheet.text(name, 30, 30 + s * 1.5, { bold: true, sizePx: s * 1.5 })
  sheet.text('Nutrition per 100 g', 30, 30 + s * 3.4, { italic: true })
  for (const [index, [what, amount]] of rows.entries()) {
    sheet.box(30, 30 + s * (4 + index * 1.8), s * 18, s * 1.8, { stroke: sheet.theme.line })
    sheet.text(what, 40, 30 + s * (5.2 + index * 1.8))
    sheet.text(amount, 20 + s * 18, 30 + s * (5.2 + index * 1.8), { align: 'right' })
  }
  const allergen = chance.pick(['nuts', 'milk', 'gluten', 'soya', 'celery'])
  const sounded = ['apricot kernels', 'mustard seed', 'sesame oil', 'lupin flour']
  sheet.text(`May contain traces of ${allergen}.`, 30, 30 + s * 15)
  return {
    language: 'en',
    sheet,
    right: `Nutrition table of ${name}, per 100 g: energy {#${kcal} kcal}, fat {#${fat.toFixed(1)} g}, sugars {#${sugar.toFixed(1)} g}, protein {#${protein.toFixed(1)} g}, salt {#${salt.toFixed(2)} g}. “May contain traces of ${allergen}.”`,
    paraphrase: `Food packaging with a table of five values: about ${inWords(Math.round(kcal / 10) * 10)} calories and about ${inWords(Math.round(fat))} grams of fat in each hundred grams. A line below warns people with an allergy to ${allergen}.`,
    inventions: [`It also warns of {!${chance.pick(sounded)}}.`, 'A badge says “{!Source of fibre}”.']
  }
}

const ticket: Layout = (chance) => {
  const sheet = new Sheet(chance, { sizePx: [15, 24] })
  const s = sheet.sizePx
  const [from, to] = chance.some(words.cities, 2) as [string, string]
  const [day, leaves, coach, seat, name] = [
    someDay(chance),
    someTime(chance),
    chance.whole(2, 29),
    chance.whole(11, 118),
    chance.pick(words.people)
  ]
  const [price, booking] = [`${chance.whole(12, 149)},${chance.whole(10, 99)} €`, words.code(chance)]
  const isGerman = chance.happens(0.4)
  sheet.box(20, 20, s * 28, s * 13, { stroke: sheet.theme.line, radius: 8 })
  sheet.text(isGerman ? 'FAHRKARTE' : 'TRAIN TICKET', 40, 30 + s * 1.5, { bold: true, color: sheet.theme.accent })
  sheet.text(`${from} - ${to}`, 40, 30 + s * 4, { sizePx: s * 1.4, bold: true })
  sheet.text(`${dotted(day)}   ${leaves.text}`, 40, 30 + s * 6)
  sheet.text(isGerman ? `Wagen ${coach}   Platz ${seat}` : `Coach ${coach}   Seat ${seat}`, 40, 30 + s * 7.7)
  sheet.text(name, 40, 30 + s * 9.4)
  sheet.text(booking, 40, 30 + s * 11.3, { family: 'DejaVu Sans Mono' })
  sheet.text(price, s * 27, 30 + s * 11.3, { align: 'right', bold: true })
  if (isGerman) {
    return {
      language: chance.happens(0.5) ? 'de' : 'de-AT',
      sheet,
      right: `Fahrkarte von {@${from}|cities} nach {@${to}|cities} für {@${name}|people}. Abfahrt am {#${dotted(day)}} um {#${leaves.text}} Uhr, Wagen {#${coach}}, Platz {#${seat}}. Preis: {#${price}}, Buchung {#${booking}}.`,
      paraphrase: `Ein Zugticket für eine Person, gültig am ${day.day}. ${words.germanMonths[day.month - 1]} ${day.year}, für gut ${Number.parseInt(price, 10)} Euro, mit reserviertem Sitz.`,
      inventions: ['Umstieg ist in {!Fulda}.', 'Der Aufdruck „{!Nur mit Bahncard gültig}“ ist rot.']
    }
  }
  return {
    language: 'en-GB',
    sheet,
    right: `Train ticket from {@${from}|cities} to {@${to}|cities} for {@${name}|people}, departing {#${dotted(day)}} at {#${leaves.text}}. Coach {#${coach}}, seat {#${seat}}. The fare is {#${price}}; booking code {#${booking}}.`,
    paraphrase: `A ticket for a journey by rail on ${saidDay(day)}, leaving at ${leaves.said}. One seat is reserved, for a little over ${inWords(Number.parseInt(price, 10))} euros.`,
    inventions: ['Change at {!Crewe}.', 'It is marked “{!First class, no refund}”.']
  }
}

const priceTag: Layout = (chance) => {
  const sheet = new Sheet(chance, { sizePx: [18, 30] })
  const s = sheet.sizePx
  const [name, french] = [chance.pick(words.goods), chance.happens(0.35)]
  const [euros, cents, grams, discount] = [
    chance.whole(1, 89),
    chance.whole(10, 99),
    chance.pick([150, 200, 250, 400, 750]),
    chance.pick([10, 15, 25, 30])
  ]
  const price = `${euros}${french ? ',' : '.'}${cents} €`
  const unit = grouped(((euros + cents / 100) * 1000) / grams, 2, french ? '\u00a0' : ',', french ? ',' : '.')
  const article = String(chance.whole(4000123, 4999987))
  sheet.box(20, 20, s * 17, s * 10, { stroke: sheet.theme.line, radius: 6 })
  sheet.text(french ? 'PROMOTION' : 'SPECIAL OFFER', 40, 30 + s * 1.4, { bold: true, color: sheet.theme.accent })
  sheet.text(`${name} ${grams} g`, 40, 30 + s * 3.2)
  sheet.text(price, 40, 30 + s * 6.2, { bold: true, sizePx: s * 2.2 })
  sheet.text(`-${discount}%`, s * 16, 30 + s * 6.2, { bold: true, align: 'right', sizePx: s * 1.4 })
  sheet.text(french ? `soit ${unit} € le kg` : `${unit} € per kg`, 40, 30 + s * 8)
  sheet.text(article, s * 16, 30 + s * 9.2, { sizePx: Math.max(11, s * 0.6), align: 'right' })
  return {
    language: french ? 'fr' : 'en',
    sheet,
    right: french
      ? `Étiquette de prix : « {@${name}|goods} {#${grams} g} » à {#${price}}, soit {#${unit} €} le kilo. En promotion, réduction de {#${discount} %}.`
      : `Price tag for {@${name}|goods} {#${grams} g}: {#${price}}, {#${discount}%} off. The unit price is {#${unit} €} per kg, and the article number {#${article}}.`,
    paraphrase: french
      ? `Une étiquette de magasin annonce une offre spéciale : entre ${euros} et ${euros + 1} euros pour ${grouped(grams / 1000, grams % 100 ? 2 : 1, '', ',')} kilo, après une remise.`
      : `A shelf label announces a reduced price of between ${inWords(euros)} and ${inWords(euros + 1)} euros for ${grams >= 750 ? 'three quarters of a kilo' : `a pack of ${inWords(grams)} grams`}. The reduction is ${inWords(discount)} per cent.`,
    inventions: french
      ? ['On lit aussi « {!Produit de Bretagne} ».', 'La marque est {!Delacourt}.']
      : ['It also says “{!Limit two per customer}”.', 'The brand is {!Fairbanks}.']
  }
}

const businessCard: Layout = (chance) => {
  const sheet = new Sheet(chance, { sizePx: [14, 22] })
  const s = sheet.sizePx
  const [name, job, company] = [chance.pick(words.people), chance.pick(words.jobs), chance.pick(words.companies)]
  const [tel, number, street, city] = [
    words.phone(chance),
    chance.whole(3, 248),
    chance.pick(words.streets),
    chance.pick(words.cities)
  ]
  const mail = `info@${company.split(' ')[0]?.toLowerCase()}.example`
  sheet.text(name, 40, 50 + s, { bold: true, sizePx: s * 1.7 })
  sheet.text(job, 40, 50 + s * 2.8, { italic: true, color: sheet.theme.soft })
  sheet.text(company, 40, 50 + s * 5.5, { bold: true, color: sheet.theme.accent })
  sheet.text(`${number} ${street}, ${city}`, 40, 50 + s * 7.2)
  sheet.text(tel, 40, 50 + s * 8.9)
  sheet.text(mail, 40, 50 + s * 10.6)
  return {
    language: 'en',
    sheet,
    right: `Business card of {@${name}|people}, {@${job}|jobs} at {@${company}|companies}. Address: {#${number}} {@${street}|streets}, {@${city}|cities}. Phone {#${tel}}, e-mail ${mail}.`,
    paraphrase: `A visiting card in ${inWords(6)} lines: a person’s name in large letters and a profession in italics above, then the employer with a postal address, a phone number and an e-mail address.`,
    inventions: ['The slogan reads “{!Built on trust}”.', 'A second contact is {!Philippa Thornbury}.']
  }
}

const menu: Layout = (chance) => {
  const isFrench = chance.happens(0.5)
  const sheet = new Sheet(chance, {
    family: chance.pick(['Liberation Serif', 'DejaVu Serif', 'Liberation Sans']),
    sizePx: [17, 26]
  })
  const s = sheet.sizePx
  const list = isFrench ? 'frenchDishes' : 'spanishDishes'
  const dishes = chance
    .some(words.wordLists[list], 4)
    .map((name) => ({ name, price: `${chance.whole(4, 27)},${chance.pick(['50', '80', '20', '90'])} €` }))
  sheet.text(isFrench ? 'La carte du jour' : 'Carta del día', 60, 60 + s, { bold: true, sizePx: s * 1.5 })
  for (const [index, { name, price }] of dishes.entries()) {
    sheet.text(name, 60, 60 + s * (4 + index * 1.8))
    sheet.text(price, 60 + s * 20, 60 + s * (4 + index * 1.8), { align: 'right' })
  }
  const [first, second, third] = dishes as [(typeof dishes)[0], (typeof dishes)[0], (typeof dishes)[0]]
  const inEnglish = chance.happens(0.5)
  const euros = (price: string): string => inWords(Math.round(Number(price.replace(' €', '').replace(',', '.'))))
  const native = isFrench
    ? `Carte de restaurant, « La carte du jour », avec quatre plats : {@${first.name}|${list}} à {#${first.price}}, {@${second.name}|${list}} à {#${second.price}}, puis {@${third.name}|${list}} à {#${third.price}}.`
    : `Carta de un restaurante, «Carta del día», con cuatro platos: {@${first.name}|${list}} a {#${first.price}}, {@${second.name}|${list}} a {#${second.price}} y {@${third.name}|${list}} a {#${third.price}}.`
  return {
    language: inEnglish ? 'en' : isFrench ? 'fr' : 'es',
    sheet,
    right: inEnglish
      ? `${isFrench ? 'French' : 'Spanish'} menu titled “${isFrench ? 'La carte du jour' : 'Carta del día'}” with four dishes: “{@${first.name}|${list}}” for {#${first.price}}, “{@${second.name}|${list}}” for {#${second.price}}, “{@${third.name}|${list}}” for {#${third.price}} and one more.`
      : native,
    paraphrase: inEnglish
      ? `A restaurant’s menu of the day in ${isFrench ? 'French' : 'Spanish'}. Of the four dishes, the first costs about ${euros(first.price)} euros and the second about ${euros(second.price)}.`
      : isFrench
        ? 'Une ardoise de restaurant propose quatre plats avec leurs prix en euros, alignés à droite.'
        : 'La carta de un restaurante ofrece cuatro platos, con los precios en euros a la derecha.',
    inventions: inEnglish
      ? ['At the bottom: “{!Service non compris}”.', 'The chef is {!Gaspard Villeneuve}.']
      : isFrench
        ? ['En bas : « {!Fermé le mercredi} ».', 'Le chef s’appelle {!Gaspard Villeneuve}.']
        : ['Abajo dice «{!Cerrado los miércoles}».', 'El cocinero es {!Fermín Olmedo}.']
  }
}

const poster: Layout = (chance) => {
  const sheet = new Sheet(chance, { sizePx: [20, 32] })
  const s = sheet.sizePx
  const title = `The ${chance.pick(words.adjectives)} ${chance.pick(words.nouns)}`.replaceAll(/\b[a-z]/gu, (letter) =>
    letter.toUpperCase()
  )
  const [artist, city, day, doors, price] = [
    chance.pick(words.people),
    chance.pick(words.cities),
    someDay(chance),
    someTime(chance),
    chance.whole(8, 64)
  ]
  const weekday = words.weekdays[(new Date(Date.UTC(day.year, day.month - 1, day.day)).getUTCDay() + 6) % 7] ?? ''
  sheet.text(title, s * 15, 60 + s * 1.5, { align: 'center', bold: true, sizePx: s * 1.8, color: sheet.theme.accent })
  sheet.text(`with ${artist}`, s * 15, 60 + s * 3.8, { align: 'center', italic: true })
  sheet.text(`Town Hall, ${city}`, s * 15, 60 + s * 6.5, { align: 'center' })
  sheet.text(`${weekday}, ${english(day)}`, s * 15, 60 + s * 8.2, { align: 'center' })
  sheet.text(`Doors open ${doors.text}`, s * 15, 60 + s * 9.9, { align: 'center' })
  sheet.text(`Tickets from $${price}`, s * 15, 60 + s * 12.2, { align: 'center', bold: true })
  return {
    language: 'en-US',
    sheet,
    right: `Poster for “${title}” with {@${artist}|people} at the Town Hall in {@${city}|cities}. {@${weekday}|weekdays}, {#${english(day)}}; doors open at {#${doors.text}}. Tickets from {#$${price}}.`,
    paraphrase: `An announcement of a show on stage on ${saidDay(day)}, a ${weekday}. One gets in from ${doors.said}, and a seat costs ${inWords(price)} dollars or more.`,
    inventions: [
      'The support act is {!Copper Sparrows}.',
      'A banner says “{!Sold out}”.',
      'Critics call it “{!a small miracle}”.'
    ]
  }
}

const bookPage: Layout = (chance) => {
  const sheet = new Sheet(chance, { family: chance.pick(['Liberation Serif', 'DejaVu Serif']), sizePx: [16, 24] })
  const s = sheet.sizePx
  const [name, city, chapter, page, year] = [
    chance.pick(words.people),
    chance.pick(words.cities),
    chance.whole(2, 19),
    chance.whole(23, 389),
    chance.whole(1811, 1986)
  ]
  const [adjective, noun, ...more] = [chance.pick(words.adjectives), ...chance.some(words.nouns, 2)] as [
    string,
    string,
    string
  ]
  const lines = [
    `In the spring of ${year} a stranger came to ${city}.`,
    `He carried nothing but a ${adjective} ${noun} and a map,`,
    `and he asked everybody for ${name}. Nobody`,
    `answered. At night the old ${more[0]} shone in the`,
    'window of the inn, and the dogs were silent.'
  ]
  sheet.text(`Chapter ${chapter}`, 70, 70 + s, { bold: true, sizePx: s * 1.4 })
  for (const [index, line] of lines.entries()) sheet.text(line, 70, 70 + s * (4 + index * 1.6))
  sheet.text(String(page), 70 + s * 12, 70 + s * 14, { align: 'center' })
  return {
    language: 'en',
    sheet,
    right: `Page {#${page}} of a book, the beginning of chapter {#${chapter}}. “In the spring of {#${year}} a stranger came to {@${city}|cities}. He carried nothing but a {@${adjective}|adjectives} {@${noun}|nouns} and a map, and he asked everybody for {@${name}|people}.” The passage ends with “the dogs were silent”.`,
    paraphrase: `A page of a novel, set in the ${year < 1900 ? 'nineteenth' : 'twentieth'} century. Somebody arrives who is looking for a person whom the townspeople will not speak of. It is night at the end, and no dog barks.`,
    inventions: ['A pencilled note says “{!begin here}”.', 'The running title is “{!Winter Tales}”.']
  }
}

export const paperLayouts: Record<string, Layout> = {
  receipt, invoice, letter, 'medicine label': label, sign, 'nutrition label': label2, ticket, 'price tag': priceTag,
  'business card': businessCard, menu, poster, 'book page': bookPage
} // prettier-ignore
