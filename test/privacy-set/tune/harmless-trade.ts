import { button, fill, rows, table } from '../blocks.ts'
import { browserPage, paperPage, phonePage, type Layout, type LayoutCounts } from '../frames.ts'
import * as harmless from '../harmless-values.ts'
import { someDigits } from '../values.ts'

// Pictures of set A with nothing private: numbers of orders, goods, and customers.

const order: Layout = (make) => {
  const { chance, set, language, say } = make
  const { page, x, y } = browserPage(
    make,
    say('My order', 'Meine Bestellung', 'Ma commande', 'Mi pedido'),
    'https://shop.example.com/orders'
  )
  page.text(say('Order placed', 'Bestellung aufgegeben', 'Commande passée', 'Pedido realizado'), x, y, {
    sizePx: 24,
    bold: true
  })
  rows(page, [
    [say('Order number', 'Bestellnummer', 'N° de commande', 'N.º de pedido'), harmless.orderNumber(chance, set)],
    [say('Tracking number', 'Sendungsnummer', 'N° de suivi', 'N.º de seguimiento'), harmless.trackingNumber(chance, set)],
    [say('Date', 'Datum', 'Date', 'Fecha'), `${harmless.date(chance, language)}, ${harmless.time(chance)}`],
    [say('Paid with', 'Bezahlt mit', 'Payé par', 'Pagado con'), `Visa ${harmless.maskedCard(chance, set)}`],
    [say('Promo code', 'Gutscheincode', 'Code promo', 'Código promocional'), harmless.promoCode(chance, set)],
    [say('Total', 'Summe', 'Total', 'Total'), harmless.price(chance, language)]
  ], x, y + 60, { column: 230, isRuled: true }) // prettier-ignore
  return page
}

const bill: Layout = (make) => {
  const { chance, set, language, say } = make
  const page = paperPage(make, { height: 900 })
  const someone = harmless.person(chance, set, language)
  page.text(chance.pick(['Oakwood Hardware', 'Blumen Köhler', 'Librairie du Port', 'Ferretería Sol']), 70, 90, {
    sizePx: 28,
    bold: true
  })
  rows(page, [
    [say('Invoice no.', 'Rechnungsnr.', 'Facture n°', 'Factura n.º'), harmless.longNumber(chance, 10, '2')],
    [say('Customer no.', 'Kundennummer', 'N° client', 'N.º de cliente'), harmless.longNumber(chance, 16)],
    [say('Payment reference', 'Referenz', 'Référence', 'Referencia'), harmless.reference(chance)],
    [say('Date', 'Datum', 'Date', 'Fecha'), harmless.date(chance, language)]
  ], 70, 180, { column: 260 }) // prettier-ignore
  const item = say('Article', 'Artikel', 'Article', 'Artículo')
  const body = Array.from({ length: 4 }, () => [
    harmless.ean(chance),
    `${item} ${harmless.partNumber(chance, set)}`,
    harmless.price(chance, language)
  ])
  const below = table(page, ['EAN', item, say('Price', 'Preis', 'Prix', 'Precio')], body, {
    x: 70,
    y: 380,
    width: 860,
    columns: [0.3, 0.45, 0.25]
  })
  page.text(`${say('Total', 'Summe', 'Total', 'Total')} ${harmless.price(chance, language)}`, 930, below + 20, {
    align: 'right',
    bold: true
  })
  page.text(`${someone.email} · ${someone.phone}`, 70, below + 90)
  page.text(harmless.companyNumbers(chance, language), 70, 860, { sizePx: 13, color: page.look.soft })
  return page
}

const product: Layout = (make) => {
  const { chance, set, language, say } = make
  const { page, x, y } = browserPage(
    make,
    say('Product', 'Produkt', 'Produit', 'Producto'),
    'https://books.example.org/item'
  )
  page.box(x, y - 10, 180, 240, { fill: page.look.panel, stroke: page.look.line })
  page.text(say('The lighthouse', 'Der Leuchtturm', 'Le phare', 'El faro'), x + 210, y + 20, { sizePx: 24, bold: true })
  rows(page, [
    ['ISBN', harmless.isbn(chance)],
    ['EAN', harmless.ean(chance)],
    [say('Serial number', 'Seriennummer', 'N° de série', 'N.º de serie'), harmless.serialNumber(chance)],
    [say('Part number', 'Teilenummer', 'Référence', 'Referencia'), harmless.partNumber(chance, set)],
    [say('Edition', 'Auflage', 'Édition', 'Edición'), harmless.date(chance, language)],
    [say('Price', 'Preis', 'Prix', 'Precio'), harmless.price(chance, language, 90)]
  ], x + 210, y + 66, { column: 170 }) // prettier-ignore
  button(page, say('Add to cart', 'In den Warenkorb', 'Ajouter au panier', 'Añadir al carrito'), x + 210, y + 290, true)
  return page
}

const parcel: Layout = (make) => {
  const { chance, set, language, say } = make
  const { page, x, y, width } = phonePage(
    make,
    say('Tracking', 'Sendung', 'Suivi', 'Seguimiento'),
    harmless.time(chance)
  )
  page.text(harmless.trackingNumber(chance, set), x, y, { sizePx: 20, bold: true })
  const steps = [
    say('Delivered', 'Zugestellt', 'Livré', 'Entregado'),
    say('Out for delivery', 'In Zustellung', 'En livraison', 'En reparto'),
    say('In transit', 'Unterwegs', 'En transit', 'En tránsito'),
    say('Picked up', 'Abgeholt', 'Pris en charge', 'Recogido')
  ]
  for (const [index, step] of steps.entries()) {
    page.dot(x + 8, y + 56 + index * 70, 7, page.look.accent)
    page.text(step, x + 34, y + 60 + index * 70, { bold: true })
    page.text(`${harmless.date(chance, language)} ${harmless.time(chance)}`, x + 34, y + 84 + index * 70, {
      color: page.look.soft
    })
  }
  page.wrapped(
    `${say('Weight', 'Gewicht', 'Poids', 'Peso')} ${chance.whole(1, 9)}.${someDigits(chance, 2)} kg, ${say('customs code', 'Zolltarifnummer', 'code douanier', 'código arancelario')} ${someDigits(chance, 8)}`,
    x,
    y + 370,
    width
  )
  page.code(`RR${someDigits(chance, 9)}DE`, x, y + 420, 300, 'Code128')
  return page
}

const poster: Layout = (make) => {
  const { chance, language, say } = make
  const page = paperPage(make, { width: 700, height: 900, scale: 1 })
  page.text(say('Summer concert', 'Sommerkonzert', 'Concert d’été', 'Concierto de verano'), 350, 120, {
    sizePx: 44,
    bold: true,
    align: 'center'
  })
  page.text(`${harmless.date(chance, language)}, ${harmless.time(chance)}`, 350, 190, { sizePx: 26, align: 'center' })
  page.text(`${say('Tickets', 'Karten', 'Billets', 'Entradas')}: ${harmless.price(chance, language, 60)}`, 350, 250, {
    sizePx: 26,
    align: 'center'
  })
  page.code(
    chance.pick([
      `https://www.example.org/concert/${chance.whole(10, 99)}`,
      'geo:50.9413,6.9583',
      'https://example.com/menu.pdf'
    ]),
    200,
    310,
    300
  )
  page.text(harmless.phone(chance, language), 350, 700, { sizePx: 22, align: 'center' })
  return page
}

const contactLetter: Layout = (make) => {
  const { chance, set, language, say } = make
  const page = paperPage(make, { height: 820 })
  const [from, to] = [harmless.person(chance, set, language), harmless.person(chance, set, language)]
  for (const [index, line] of [from.name, from.street, from.city, from.phone, from.email].entries())
    page.text(line, 920, 90 + index * 28, { align: 'right' })
  for (const [index, line] of [to.name, to.street, to.city].entries()) page.text(line, 80, 250 + index * 28)
  page.text(
    `${say('Meter number', 'Zählernummer', 'N° de compteur', 'N.º de contador')}: ${harmless.longNumber(chance, 16, '1')}`,
    80,
    400,
    { bold: true }
  )
  page.wrapped(
    fill(
      say(
        'The meter reads {} kWh as of {}. The policy {} ends on {}. Please send the form {} back to us.',
        'Der Zählerstand beträgt {} kWh am {}. Der Vertrag {} endet am {}. Bitte senden Sie das Formular {} zurück.',
        'Le compteur indique {} kWh au {}. Le contrat {} prend fin le {}. Merci de renvoyer le formulaire {}.',
        'El contador marca {} kWh a {}. El contrato {} termina el {}. Devuelva el formulario {}, por favor.'
      ),
      someDigits(chance, 6),
      harmless.date(chance, language),
      `V-${someDigits(chance, 9)}`,
      harmless.date(chance, language),
      harmless.formNumber(chance)
    ),
    80,
    470,
    840
  )
  return page
}

export const harmlessTradeLayouts: LayoutCounts = {
  'order page': { layout: order, count: 5 },
  bill: { layout: bill, count: 5 },
  'product page': { layout: product, count: 5 },
  'parcel tracking': { layout: parcel, count: 4 },
  poster: { layout: poster, count: 4 },
  'letter with contacts': { layout: contactLetter, count: 5 }
}
