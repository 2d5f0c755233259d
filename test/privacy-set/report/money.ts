import { button, chat, fill, rows, table } from '../blocks.ts'
import { browserPage, lookOf, paperPage, windowPage, type Layout, type LayoutCounts } from '../frames.ts'
import { date, person, phone, price, time, uuid } from '../harmless-values.ts'
import { Page, type Part } from '../page.ts'
import * as values from '../values.ts'

// Pictures of set B with card and account numbers.

const tallCard: Layout = (make) => {
  const { chance, set, language, say } = make
  const page = new Page(lookOf(make), { width: 380, height: 560, scale: chance.pick([1, 1.4]) })
  page.box(20, 20, 340, 520, { fill: page.look.accent, radius: 24 })
  const color = page.look.onAccent
  page.text(chance.pick(['monera', 'Volta Bank', 'Cajamar Digital', 'Crédit Vert']), 48, 74, {
    sizePx: 26,
    bold: true,
    color
  })
  page.box(48, 110, 44, 56, { fill: '#c9cdd2', radius: 7 })
  const value = values.cardNumber(chance, set, ' ')
  page.lines(
    value,
    value.text.split(' ').map((text, row) => ({ text, x: 48, y: 300 + row * 40 })),
    { sizePx: 30, family: 'Sans Mono', color, spacingPx: 3 }
  )
  page.text(person(chance, set, language).name, 48, 490, { sizePx: 18, color })
  page.text(say('debit', 'Debit', 'débit', 'débito'), 300, 74, { sizePx: 15, color })
  return page
}

const cardBack: Layout = (make) => {
  const { chance, set, language, say } = make
  const page = new Page(lookOf(make), { width: 620, height: 390, scale: chance.pick([1, 1.3]) })
  page.box(16, 16, 588, 358, { fill: '#dfe3e8', radius: 22 })
  page.box(16, 56, 588, 70, { fill: '#1b1b1b' })
  const color = '#202020'
  page.text(values.cardNumber(chance, set, ' '), 46, 196, { sizePx: 25, color, spacingPx: 1 })
  page.text(say('Exp.', 'Gültig bis', 'Exp.', 'Cad.'), 46, 238, { sizePx: 14, color })
  page.aside(`${chance.whole(10, 12)}/${chance.whole(27, 31)}`, 150, 238, { sizePx: 16, color })
  page.text('CVC', 300, 238, { sizePx: 14, color })
  page.aside(values.someDigits(chance, 3), 350, 238, { sizePx: 16, color })
  page.text(person(chance, set, language).name, 46, 282, { sizePx: 18, color })
  page.text(
    say('If found, call', 'Bei Fund anrufen:', 'En cas de perte :', 'Si la encuentra, llame al') +
      ` ${phone(chance, language)}`,
    46,
    340,
    { sizePx: 13, color }
  )
  return page
}

const wallet: Layout = (make) => {
  const { chance, set, language, say } = make
  const { page, x, y, width } = windowPage(
    make,
    say('Payment methods', 'Zahlungsarten', 'Moyens de paiement', 'Métodos de pago'),
    [
      say('Profile', 'Profil', 'Profil', 'Perfil'),
      say('Payments', 'Zahlungen', 'Paiements', 'Pagos'),
      say('Security', 'Sicherheit', 'Sécurité', 'Seguridad')
    ]
  )
  const head = [
    say('Card', 'Karte', 'Carte', 'Tarjeta'),
    say('Holder', 'Inhaber', 'Titulaire', 'Titular'),
    say('Added', 'Hinzugefügt', 'Ajoutée', 'Añadida')
  ]
  const row = (value: Part): Part[] => [value, person(chance, set, language).name, date(chance, language)]
  const below = table(page, head, [row(values.cardNumber(chance, set)), row(`•••• ${values.someDigits(chance, 4)}`)], {
    x,
    y: y + 10,
    width: Math.min(width, 760),
    columns: [0.42, 0.33, 0.25],
    style: { sizePx: 14 }
  })
  page.text(
    say(
      'Cards are charged on the 1st of each month.',
      'Karten werden am 1. jedes Monats belastet.',
      'Les cartes sont débitées le 1er du mois.',
      'El cargo se realiza el día 1 de cada mes.'
    ),
    x,
    below + 20,
    { sizePx: 13, color: page.look.soft }
  )
  button(page, say('Add card', 'Karte hinzufügen', 'Ajouter une carte', 'Añadir tarjeta'), x, below + 50, true)
  return page
}

const supportChat: Layout = (make) => {
  const { chance, set, language, say } = make
  const { page, x, y, width } = browserPage(make, 'Support', 'https://help.example.net/chat', {
    width: 1000,
    height: 640,
    scale: chance.pick([1, 2])
  })
  page.text(say('Chat with Robin', 'Chat mit Robin', 'Discussion avec Robin', 'Chat con Robin'), x, y, {
    sizePx: 20,
    bold: true
  })
  const someone = person(chance, set, language)
  chat(page, [
    { text: say('Which card did you pay with?', 'Mit welcher Karte haben Sie bezahlt?', 'Avec quelle carte avez-vous payé ?', '¿Con qué tarjeta pagó?') },
    { text: fill(say('This one: {}, in the name of {}', 'Die hier: {}, auf {}', 'Celle-ci : {}, au nom de {}', 'Con la {}, a nombre de {}'), values.cardNumber(chance, set), someone.name), mine: true },
    { text: fill(say('And where should we send the refund?', 'Und wohin sollen wir erstatten?', 'Et où envoyer le remboursement ?', '¿Y adónde enviamos el reembolso?')) },
    { text: fill(say('{} please', 'Bitte an {}', '{} s’il vous plaît', 'A la cuenta {}'), values.iban(chance, set, language)), mine: true }
  ], y + 30, Math.min(width + x, 1000)) // prettier-ignore
  return page
}

const confirmation: Layout = (make) => {
  const { chance, set, language, say } = make
  const { page, x, y } = browserPage(
    make,
    say('Transfer', 'Überweisung', 'Virement', 'Transferencia'),
    'https://banking.example.com/confirm'
  )
  page.dot(x + 14, y - 8, 14, page.look.accent)
  page.text('✓', x + 7, y - 2, { color: page.look.onAccent, bold: true })
  page.text(say('Transfer sent', 'Überweisung ausgeführt', 'Virement effectué', 'Transferencia realizada'), x + 42, y, {
    sizePx: 22,
    bold: true
  })
  rows(page, [
    [say('From', 'Von', 'Compte émetteur', 'Cuenta de origen'), values.iban(chance, set, language)],
    [say('To', 'An', 'Bénéficiaire', 'Destinatario'), person(chance, set, language).name],
    [say('Account number', 'Kontonummer', 'Coordonnées bancaires', 'Cuenta de destino'), values.iban(chance, set, language)],
    [say('Amount', 'Betrag', 'Montant', 'Importe'), price(chance, language)],
    [say('Booked', 'Gebucht', 'Date', 'Fecha'), `${date(chance, language)} ${time(chance)}`],
    [say('Order ID', 'Auftrags-ID', 'N° d’ordre', 'N.º de orden'), uuid(chance)]
  ], x, y + 64, { column: 210, stepPx: 40, isRuled: true }) // prettier-ignore
  return page
}

const mandate: Layout = (make) => {
  const { chance, set, language, say } = make
  const page = paperPage(make, { height: 1000 })
  const someone = person(chance, set, language)
  page.text(
    say('Direct Debit Mandate', 'SEPA-Lastschriftmandat', 'Mandat de prélèvement SEPA', 'Orden de domiciliación SEPA'),
    500,
    110,
    { sizePx: 28, bold: true, align: 'center' }
  )
  page.text(
    `${say('Creditor ID', 'Gläubiger-ID', 'ICS', 'ID del acreedor')}: DE98ZZZ0${values.someDigits(chance, 10)}`,
    80,
    180
  )
  page.wrapped(
    say(
      'By signing this form, you authorize the creditor to send instructions to your bank to debit your account.',
      'Ich ermächtige den Zahlungsempfänger, Zahlungen von meinem Konto mittels Lastschrift einzuziehen.',
      'En signant ce mandat, vous autorisez le créancier à envoyer des instructions à votre banque pour débiter votre compte.',
      'Mediante la firma de esta orden, autoriza al acreedor a enviar instrucciones a su entidad para adeudar en su cuenta.'
    ),
    80,
    230,
    840
  )
  const entries: [string, Part][] = [
    [say('Name of the debtor', 'Kontoinhaber', 'Nom du débiteur', 'Nombre del deudor'), someone.name],
    [say('Address', 'Anschrift', 'Adresse', 'Dirección'), `${someone.street}, ${someone.city}`],
    [
      say('Account (IBAN)', 'IBAN des Kontoinhabers', 'IBAN du débiteur', 'Número de cuenta - IBAN'),
      values.iban(chance, set, language, ' ')
    ],
    [say('Bank code (BIC)', 'BIC', 'Code BIC', 'SWIFT BIC'), values.bic(chance)],
    [
      say('Date and place', 'Ort und Datum', 'Fait à, le', 'Fecha y localidad'),
      `${someone.city.replaceAll(/\d+ /gu, '')}, ${date(chance, language)}`
    ]
  ]
  // The label is below the line, as on forms.
  for (const [index, [label, value]] of entries.entries()) {
    page.text(value, 90, 390 + index * 110)
    page.box(80, 402 + index * 110, 840, 2, { fill: page.look.ink })
    page.text(label, 80, 424 + index * 110, { sizePx: 12, color: page.look.soft })
  }
  return page
}

export const moneyLayouts: LayoutCounts = {
  'upright card': { layout: tallCard, count: 2 },
  'back of a card': { layout: cardBack, count: 3 },
  wallet: { layout: wallet, count: 4 },
  'support chat': { layout: supportChat, count: 4 },
  'transfer confirmation': { layout: confirmation, count: 3 },
  'direct debit mandate': { layout: mandate, count: 4 }
}
