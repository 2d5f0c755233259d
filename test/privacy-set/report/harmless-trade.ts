import { chat, fill, rows, table } from '../blocks.ts'
import { lookOf, paperPage, phonePage, windowPage, type Layout, type LayoutCounts } from '../frames.ts'
import * as harmless from '../harmless-values.ts'
import { Page } from '../page.ts'
import { someDigits } from '../values.ts'

// Pictures of set B with nothing private: numbers of goods, parcels, and cases.

const receipt: Layout = (make) => {
  const { chance, set, language, say } = make
  const page = new Page(
    lookOf(make),
    { width: 420, height: 640, scale: chance.pick([1.2, 1.6]) },
    { family: 'Sans Mono', sizePx: 15 }
  )
  page.text(chance.pick(['MARKTHALLE', 'CORNER SHOP', 'LE PETIT PANIER', 'LA ESQUINA']), 210, 50, {
    sizePx: 24,
    align: 'center'
  })
  page.text(harmless.phone(chance, language), 210, 80, { align: 'center' })
  const goods = [
    say('Bread', 'Brot', 'Pain', 'Pan'),
    say('Coffee', 'Kaffee', 'Café', 'Café'),
    say('Apples', 'Äpfel', 'Pommes', 'Manzanas'),
    say('Honey', 'Honig', 'Miel', 'Miel')
  ]
  for (const [index, name] of goods.entries()) {
    page.text(name, 30, 140 + index * 30)
    page.text(harmless.price(chance, language, 20), 390, 140 + index * 30, { align: 'right' })
  }
  page.text(say('TOTAL', 'SUMME', 'TOTAL', 'TOTAL'), 30, 290, { sizePx: 20 })
  page.text(harmless.price(chance, language, 90), 390, 290, { sizePx: 20, align: 'right' })
  page.text(`${say('Card', 'Karte', 'Carte', 'Tarjeta')} ${harmless.maskedCard(chance, set)}`, 30, 340)
  page.text(`Terminal ${someDigits(chance, 8)}  Trace ${someDigits(chance, 6)}`, 30, 370)
  page.text(`${say('Auth. code', 'Genehmigungs-Nr.', 'N° auto', 'Núm. op.')} ${someDigits(chance, 6)}`, 30, 400)
  page.text(`${harmless.date(chance, language)}  ${harmless.time(chance)}`, 30, 430)
  page.code(harmless.ean(chance, '20'), 90, 470, 240, 'EAN13')
  return page
}

const masked: Layout = (make) => {
  const { chance, set, language, say } = make
  const { page, x, y, width } = phonePage(
    make,
    say('Wallet', 'Geldbörse', 'Portefeuille', 'Cartera'),
    harmless.time(chance)
  )
  const entries = [
    ['Visa', harmless.maskedCard(chance, set)],
    [say('Account', 'Konto', 'Compte', 'Cuenta'), `DE•• •••• •••• •••• ${someDigits(chance, 4)}`],
    [say('Points', 'Punkte', 'Points', 'Puntos'), someDigits(chance, 6)],
    [say('Gift card', 'Guthabenkarte', 'Carte cadeau', 'Tarjeta regalo'), harmless.price(chance, language, 90)],
    [say('Loyalty card', 'Kundenkarte', 'Carte de fidélité', 'Tarjeta de socio'), harmless.longNumber(chance, 13, '2')]
  ]
  for (const [index, [label = '', value = '']] of entries.entries()) {
    page.box(x - 8, y + index * 92, width + 16, 80, { fill: page.look.panel, radius: 14 })
    page.text(label, x + 12, y + 30 + index * 92, { sizePx: 13, color: page.look.soft })
    page.text(value, x + 12, y + 60 + index * 92, { sizePx: 18 })
  }
  return page
}

const stock: Layout = (make) => {
  const { chance, set, language, say } = make
  const { page, x, y } = windowPage(
    make,
    say('Stock.xlsx', 'Lager.xlsx', 'Stock.xlsx', 'Almacén.xlsx'),
    [say('Sheets', 'Tabellen', 'Feuilles', 'Hojas'), '2025', '2026'],
    { size: { width: 1440, height: 760, scale: 1 } }
  )
  const body = Array.from({ length: 9 }, () => [
    harmless.partNumber(chance, set),
    harmless.ean(chance),
    String(chance.whole(1, 999)),
    harmless.price(chance, language),
    harmless.date(chance, language)
  ])
  table(
    page,
    [
      say('Part', 'Teil', 'Pièce', 'Pieza'),
      'EAN',
      say('Qty', 'Menge', 'Qté', 'Cant.'),
      say('Price', 'Preis', 'Prix', 'Precio'),
      say('Date', 'Datum', 'Date', 'Fecha')
    ],
    body,
    { x: x - 10, y, width: 1080, columns: [0.24, 0.26, 0.12, 0.2, 0.18], stepPx: 34, style: { sizePx: 14 } }
  )
  return page
}

const departures: Layout = (make) => {
  const { chance, say } = make
  const page = new Page(
    { ...lookOf(make), paper: '#101828', panel: '#1c2740', ink: '#ffd84d', line: '#2f3d5c' },
    { width: 1100, height: 520 },
    { family: 'Sans Mono', sizePx: 20 }
  )
  page.text(say('Departures', 'Abflug', 'Départs', 'Salidas'), 40, 60, { sizePx: 32 })
  const body = Array.from({ length: 7 }, () => [
    harmless.time(chance),
    chance.pick(['Oslo', 'Porto', 'Basel', 'Turin', 'Cork']),
    `${chance.pick(['LH', 'AF', 'IB', 'EI'])} ${chance.whole(1000, 9999)}`,
    `${chance.pick(['A', 'B', 'C'])}${chance.whole(10, 69)}`
  ])
  table(
    page,
    [
      say('Time', 'Zeit', 'Heure', 'Hora'),
      say('To', 'Nach', 'Pour', 'Destino'),
      say('Flight', 'Flug', 'Vol', 'Vuelo'),
      say('Gate', 'Gate', 'Porte', 'Puerta')
    ],
    body,
    { x: 30, y: 120, width: 1040, columns: [0.2, 0.35, 0.25, 0.2], stepPx: 46 }
  )
  return page
}

const ticket: Layout = (make) => {
  const { chance, set, language, say } = make
  const { page, y } = phonePage(make, say('Help desk', 'Hilfe', 'Assistance', 'Ayuda'), harmless.time(chance))
  chat(page, [
    { text: fill(say('Your ticket {} is open. Reference: {}.', 'Ihr Ticket {} ist offen. Referenz: {}.', 'Votre demande {} est ouverte. Référence : {}.', 'Su caso {} está abierto. Referencia: {}.'), `#${someDigits(chance, 7)}`, harmless.longNumber(chance, 16, '6')) },
    { text: fill(say('I still get error {} with version {}', 'Ich bekomme Fehler {} mit Version {}', 'J’ai encore l’erreur {} avec la version {}', 'Sigo con el error {} en la versión {}'), harmless.errorCode(chance), harmless.version(chance)), mine: true },
    { text: fill(say('Please reset your password, then call {}.', 'Setzen Sie Ihr Kennwort zurück und rufen Sie an: {}.', 'Réinitialisez votre mot de passe, puis appelez le {}.', 'Restablezca la contraseña y llame al {}.'), harmless.phone(chance, language)) },
    { text: fill(say('Order {} arrived, thanks', 'Bestellung {} ist da, danke', 'La commande {} est arrivée, merci', 'El pedido {} llegó, gracias'), harmless.orderNumber(chance, set)), mine: true }
  ], y + 10, page.width) // prettier-ignore
  return page
}

const delivery: Layout = (make) => {
  const { chance, set, say } = make
  const { page, y } = phonePage(make, chance.pick(['PostaExpress', '83001', 'RapidoBox']), harmless.time(chance))
  chat(page, [
    { text: fill(say('Your parcel {} arrives between {} and {}.', 'Ihre Sendung {} kommt zwischen {} und {}.', 'Votre colis {} arrive entre {} et {}.', 'Su paquete {} llega entre las {} y las {}.'), harmless.trackingNumber(chance, set), harmless.time(chance), harmless.time(chance)) },
    { text: fill(say('New rate from {}: data 20 GB, zone code {}.', 'Neuer Tarif ab {}: 20 GB, Vorwahl {}.', 'Nouveau forfait dès {} : 20 Go, indicatif {}.', 'Nueva tarifa desde {}: 20 GB, prefijo {}.'), harmless.price(chance, 'en', 30), `00${chance.whole(31, 49)}`) },
    { text: fill(say('{} % off with code {} until Sunday!', '{} % Rabatt mit dem Code {} bis Sonntag!', '-{} % avec le code {} jusqu’à dimanche !', '-{} % con el código {} hasta el domingo.'), String(chance.whole(5, 40)), harmless.promoCode(chance, set)) }
  ], y + 10, page.width) // prettier-ignore
  return page
}

const libraryCard: Layout = (make) => {
  const { chance, set, language, say } = make
  const page = paperPage(make, { width: 900, height: 640 })
  page.text(say('Loan slip', 'Ausleihe', 'Fiche de prêt', 'Préstamo'), 60, 80, { sizePx: 26, bold: true })
  rows(page, [
    [say('Reader', 'Leser/in', 'Lecteur', 'Lector'), harmless.person(chance, set, language).name],
    [say('Book', 'Buch', 'Livre', 'Libro'), harmless.isbn(chance)],
    [say('Barcode', 'Strichcode', 'Code-barres', 'Código de barras'), harmless.longNumber(chance, 14, '3')],
    [say('Shelf mark', 'Signatur', 'Cote', 'Signatura'), `${chance.whole(100, 899)}.${someDigits(chance, 2)} ${chance.pick(['BOE', 'GAR', 'MOL'])}`],
    [say('Due', 'Fällig am', 'Retour le', 'Devolver el'), harmless.date(chance, language)],
    [say('Slip no.', 'Beleg-Nr.', 'N° de fiche', 'N.º de ficha'), harmless.formNumber(chance)]
  ], 60, 150, { column: 240, stepPx: 56 }) // prettier-ignore
  return page
}

const businessCard: Layout = (make) => {
  const { chance, set, language, say } = make
  const page = new Page(
    lookOf(make),
    { width: 560, height: 330, scale: chance.pick([1, 1.6]) },
    { family: 'Serif', sizePx: 17 }
  )
  const someone = harmless.person(chance, set, language)
  page.box(14, 14, 532, 302, { fill: page.look.panel, stroke: page.look.line })
  page.text(someone.name, 44, 80, { sizePx: 28, bold: true })
  page.text(say('Architect', 'Architektin', 'Architecte', 'Arquitecta'), 44, 112, { color: page.look.soft })
  for (const [index, line] of [
    someone.phone,
    someone.email,
    `${someone.street}, ${someone.city}`,
    harmless.companyNumbers(chance, language)
  ].entries())
    page.text(line, 44, 180 + index * 32, { sizePx: index === 3 ? 13 : 17 })
  return page
}

export const harmlessTradeLayouts: LayoutCounts = {
  receipt: { layout: receipt, count: 5 },
  'masked numbers': { layout: masked, count: 4 },
  'stock list': { layout: stock, count: 4 },
  departures: { layout: departures, count: 4 },
  'help desk chat': { layout: ticket, count: 4 },
  'delivery messages': { layout: delivery, count: 4 },
  'loan slip': { layout: libraryCard, count: 4 },
  'business card': { layout: businessCard, count: 4 }
}
