import { button, field, fill, rows, table } from '../blocks.ts'
import { browserPage, dialogPage, lookOf, paperPage, phonePage, type Layout, type LayoutCounts } from '../frames.ts'
import { companyNumbers, date, orderNumber, person, phone, price, time } from '../harmless-values.ts'
import { Page, type Part } from '../page.ts'
import * as values from '../values.ts'

// Pictures of set A with card and account numbers.

const card: Layout = (make) => {
  const { chance, set, language, say } = make
  const page = new Page(lookOf(make), { width: 560, height: 352, scale: chance.pick([1, 1.6]) })
  page.box(0, 0, 560, 352, { fill: page.look.panel })
  page.box(20, 20, 520, 312, { fill: page.look.accent, radius: 22 })
  const color = page.look.onAccent
  page.text(chance.pick(['Nordbank', 'Banque du Lac', 'Harbor Credit Union', 'Banco Sur']), 50, 70, {
    sizePx: 24,
    bold: true,
    color
  })
  page.box(52, 110, 60, 44, { fill: '#d9b65a', radius: 7 })
  page.text(values.cardNumber(chance, set, ' '), 50, 214, { sizePx: 31, family: 'Sans Mono', color })
  page.text(say('VALID THRU', 'GÜLTIG BIS', 'EXPIRE FIN', 'VÁLIDA HASTA'), 50, 250, { sizePx: 11, color })
  page.aside(`0${chance.whole(1, 9)}/${chance.whole(27, 31)}`, 150, 252, { sizePx: 18, family: 'Sans Mono', color })
  page.text(person(chance, set, language).name.toUpperCase(), 50, 300, { sizePx: 19, family: 'Sans Mono', color })
  return page
}

const checkout: Layout = (make) => {
  const { chance, set, language, say } = make
  const { page, x, y, width } = browserPage(
    make,
    say('Checkout', 'Kasse', 'Paiement', 'Pago'),
    'https://shop.example.com/checkout'
  )
  const someone = person(chance, set, language)
  const place = chance.pick(['above', 'left'] as const)
  page.text(say('Payment', 'Zahlung', 'Paiement', 'Forma de pago'), x, y, { sizePx: 22, bold: true })
  let at = y + 50
  const add = (label: string, value: Part): void =>
    void (at += field(page, label, value, { x, y: at, width: Math.min(width, 480), place }))
  add(say('Name on card', 'Name auf der Karte', 'Nom sur la carte', 'Nombre del titular'), someone.name)
  add(say('Card number', 'Kartennummer', 'Numéro de carte', 'Número de tarjeta'), values.cardNumber(chance, set))
  add(say('Expiry date', 'Gültig bis', 'Date d’expiration', 'Caducidad'), '••/••')
  add(say('Phone', 'Telefon', 'Téléphone', 'Teléfono'), someone.phone)
  button(page, say('Pay now', 'Jetzt bezahlen', 'Payer', 'Pagar ahora'), x, at, true)
  page.text(`${say('Total', 'Summe', 'Total', 'Total')} ${price(chance, language)}`, x + 260, at + 22, { bold: true })
  return page
}

const bankPhone: Layout = (make) => {
  const { chance, set, language, say } = make
  const { page, x, y, width } = phonePage(
    make,
    say('Account details', 'Kontodetails', 'Mon compte', 'Mi cuenta'),
    time(chance)
  )
  page.text(say('Current account', 'Girokonto', 'Compte courant', 'Cuenta corriente'), x, y, { bold: true, sizePx: 18 })
  page.text(price(chance, language, 9000), x, y + 44, { sizePx: 28, bold: true })
  page.text('IBAN', x, y + 90, { sizePx: 12, color: page.look.soft })
  const number = values.iban(chance, set, language)
  const below = page.wrapped(number, x, y + 112, width, { sizePx: chance.pick([15, 21]) })
  page.text('BIC', x, below + 10, { sizePx: 12, color: page.look.soft })
  page.text(values.bic(chance), x, below + 32)
  let at = below + 84
  for (let entry = 0; entry < 4; entry += 1, at += 50) {
    page.line(x, at - 28, width)
    page.text(person(chance, set, language).name, x, at)
    page.text(`-${price(chance, language, 90)}`, x + width, at, { align: 'right' })
  }
  return page
}

const invoice: Layout = (make) => {
  const { chance, set, language, say } = make
  const page = paperPage(make)
  const someone = person(chance, set, language)
  const company = chance.pick(['Larkfield Studio', 'Holz & Form', 'Atelier Clément', 'Talleres Rivas'])
  page.text(company, 70, 90, { sizePx: 30, bold: true, color: page.look.accent })
  for (const [index, line] of [someone.name, someone.street, someone.city].entries())
    page.text(line, 70, 180 + index * 28)
  page.text(`${say('Invoice', 'Rechnung', 'Facture', 'Factura')} ${chance.whole(1000, 9999)}-26`, 70, 320, {
    sizePx: 26,
    bold: true
  })
  page.text(`${say('Date', 'Datum', 'Date', 'Fecha')}: ${date(chance, language)}`, 930, 320, { align: 'right' })
  const item = say('Consulting', 'Beratung', 'Conseil', 'Asesoría')
  const body = Array.from({ length: 3 }, (_, index) => [
    `${index + 1}`,
    item,
    String(chance.whole(1, 9)),
    price(chance, language)
  ])
  const below = table(
    page,
    [
      '#',
      say('Item', 'Leistung', 'Prestation', 'Concepto'),
      say('Qty', 'Menge', 'Qté', 'Cant.'),
      say('Price', 'Preis', 'Prix', 'Precio')
    ],
    body,
    { x: 70, y: 400, width: 860, columns: [0.1, 0.5, 0.15, 0.25] }
  )
  page.text(`${say('Total', 'Gesamtbetrag', 'Total TTC', 'Total')}: ${price(chance, language)}`, 930, below + 20, {
    align: 'right',
    bold: true
  })
  page.wrapped(
    say(
      'Please pay within 14 days to the account below.',
      'Bitte überweisen Sie den Betrag innerhalb von 14 Tagen.',
      'Merci de régler sous 14 jours sur le compte ci-dessous.',
      'Rogamos abone el importe en 14 días en esta cuenta.'
    ),
    70,
    below + 90,
    860
  )
  rows(
    page,
    [
      ['IBAN', values.iban(chance, set, language)],
      ['BIC', values.bic(chance)],
      [say('Phone', 'Telefon', 'Tél.', 'Tel.'), phone(chance, language)]
    ],
    70,
    below + 150,
    { column: 140 }
  )
  page.text(companyNumbers(chance, language), 500, 1150, { sizePx: 13, align: 'center', color: page.look.soft })
  return page
}

const transfer: Layout = (make) => {
  const { chance, set, language, say } = make
  const { page, x, y, width, bottom } = dialogPage(
    make,
    say('New transfer', 'Neue Überweisung', 'Nouveau virement', 'Nueva transferencia'),
    { width: 620, height: 360 }
  )
  const place = 'left'
  let at = y + 10
  at += field(page, say('Recipient', 'Empfänger', 'Bénéficiaire', 'Beneficiario'), person(chance, set, language).name, {
    x,
    y: at,
    width,
    place
  })
  at += field(page, say('IBAN', 'IBAN', 'IBAN', 'IBAN'), values.iban(chance, set, language, ' '), {
    x,
    y: at,
    width,
    place,
    style: { sizePx: 14 }
  })
  at += field(page, say('Amount', 'Betrag', 'Montant', 'Importe'), price(chance, language), { x, y: at, width, place })
  field(
    page,
    say('Reference', 'Verwendungszweck', 'Motif', 'Concepto'),
    `${say('Rent', 'Miete', 'Loyer', 'Alquiler')} 11/2026`,
    { x, y: at, width, place }
  )
  button(page, say('Cancel', 'Abbrechen', 'Annuler', 'Cancelar'), x, bottom - 54)
  button(page, say('Send', 'Senden', 'Envoyer', 'Enviar'), x + 200, bottom - 54, true)
  return page
}

const orderMail: Layout = (make) => {
  const { chance, set, language, say } = make
  const page = paperPage(make, { width: 760, height: 300 })
  const someone = person(chance, set, language)
  page.text(`${say('Order', 'Bestellung', 'Commande', 'Pedido')} ${orderNumber(chance, set)}`, 50, 70, {
    sizePx: 22,
    bold: true
  })
  const text = say(
    'Hello {}, thank you. The amount will be charged to your card {}, refunds go to your account {}. Questions? Call us at {}.',
    'Hallo {}, vielen Dank. Der Betrag wird von Ihrer Karte {} abgebucht, Erstattungen gehen auf Ihr Konto {}. Fragen? Rufen Sie an: {}.',
    'Bonjour {}, merci. Le montant sera débité de votre carte {}, les remboursements iront sur votre compte {}. Des questions ? Appelez le {}.',
    'Hola, {}: gracias. El importe se cargará en su tarjeta {} y las devoluciones irán a su cuenta {}. ¿Dudas? Llame al {}.'
  )
  page.wrapped(
    fill(
      text,
      someone.given,
      values.cardNumber(chance, set, ' '),
      values.iban(chance, set, language, ' '),
      someone.phone
    ),
    50,
    130,
    640
  )
  return page
}

export const moneyLayouts: LayoutCounts = {
  'payment card': { layout: card, count: 4 },
  'checkout form': { layout: checkout, count: 5 },
  'banking app': { layout: bankPhone, count: 4 },
  invoice: { layout: invoice, count: 4 },
  'transfer dialog': { layout: transfer, count: 3 },
  'order letter': { layout: orderMail, count: 4 }
}
