import { fill, table } from '../blocks.ts'
import { paperPage, windowPage, type Layout, type LayoutCounts } from '../frames.ts'
import { companyNumbers, date, person, price } from '../harmless-values.ts'
import type { Part } from '../page.ts'
import * as values from '../values.ts'

// Pictures of set B with account numbers in text, in a table, and beside a code.

const rentLetter: Layout = (make) => {
  const { chance, set, language, say } = make
  const page = paperPage(make, { width: 820, height: 640 })
  const someone = person(chance, set, language)
  page.text(`${someone.name}, ${someone.street}, ${someone.city}`, 60, 70, { sizePx: 13, color: page.look.soft })
  page.text(say('New bank account', 'Neue Bankverbindung', 'Changement de compte', 'Cambio de cuenta'), 60, 150, {
    bold: true,
    sizePx: 22
  })
  const text = say(
    'From {} on, please pay the rent of {} to our new account at the savings bank, which is {}, and no longer to the old one. For questions call {}.',
    'Bitte überweisen Sie die Miete von {} ab dem {} auf unser neues Konto bei der Sparkasse mit der Nummer {} und nicht mehr auf das alte. Rückfragen unter {}.',
    'À compter du {}, merci de verser le loyer de {} sur notre nouveau compte à la caisse d’épargne, à savoir {}, et non plus sur l’ancien. Renseignements au {}.',
    'A partir del {}, ingrese el alquiler de {} en nuestra nueva cuenta de la caja de ahorros, que es la {}, y no en la anterior. Para cualquier duda, llame al {}.'
  )
  const [when, amount] = [date(chance, language), price(chance, language)]
  page.wrapped(
    fill(
      text,
      ...(language === 'de' ? [amount, when] : [when, amount]),
      values.iban(chance, set, language, ' '),
      someone.phone
    ),
    60,
    210,
    700
  )
  page.text(someone.name, 60, 520)
  return page
}

const payroll: Layout = (make) => {
  const { chance, set, language, say } = make
  const { page, x, y } = windowPage(
    make,
    say('Payroll.xlsx', 'Lohnliste.xlsx', 'Paie.xlsx', 'Nóminas.xlsx'),
    [
      say('Sheets', 'Tabellen', 'Feuilles', 'Hojas'),
      say('June', 'Juni', 'Juin', 'Junio'),
      say('July', 'Juli', 'Juillet', 'Julio')
    ],
    { size: { width: 1440, height: 760, scale: 1 } }
  )
  const row = (): Part[] => [
    String(chance.whole(1000, 9999)),
    person(chance, set, language).name,
    values.iban(chance, set, language),
    price(chance, language)
  ]
  table(
    page,
    [
      say('No.', 'Nr.', 'N°', 'N.º'),
      say('Name', 'Name', 'Nom', 'Nombre'),
      say('Account', 'Konto', 'Compte', 'Cuenta'),
      say('Net', 'Netto', 'Net', 'Neto')
    ],
    [row(), row(), row()],
    { x: x - 10, y, width: 1080, columns: [0.1, 0.28, 0.42, 0.2], stepPx: 34, style: { sizePx: 14 } }
  )
  return page
}

const paymentSlip: Layout = (make) => {
  const { chance, set, language, say } = make
  const page = paperPage(make, { width: 900, height: 560 })
  page.text(say('Payment part', 'Zahlteil', 'Section paiement', 'Parte de pago'), 60, 80, { sizePx: 24, bold: true })
  const code = values.loginCode(chance, set, 'payment')
  page.code(code, 60, 120, 280)
  const account = /^[A-Z]{2}\d{2}[A-Z0-9]{11,}$/mu.exec(code.text)?.[0] ?? ''
  page.text(say('Account / Payable to', 'Konto / Zahlbar an', 'Compte / Payable à', 'Cuenta / Pagadero a'), 400, 150, {
    bold: true,
    sizePx: 15
  })
  page.text({ kind: 'iban', text: values.grouped(account, 4) }, 400, 180)
  page.text('Museum e.V.', 400, 208)
  page.text(say('Reference', 'Referenz', 'Référence', 'Referencia'), 400, 270, { bold: true, sizePx: 15 })
  page.text(`${say('Invoice', 'Rechnung', 'Facture', 'Factura')} ${values.someDigits(chance, 5)}`, 400, 298)
  page.text(companyNumbers(chance, language), 60, 520, { sizePx: 13, color: page.look.soft })
  return page
}

export const accountsLayouts: LayoutCounts = {
  'rent letter': { layout: rentLetter, count: 3 },
  payroll: { layout: payroll, count: 2 },
  'payment slip': { layout: paymentSlip, count: 3 }
}
