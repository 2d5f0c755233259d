import { idNumber, mrzLines } from '../documents.ts'
import { button, field, fill, rows } from '../blocks.ts'
import { browserPage, lookOf, paperPage, type Layout, type LayoutCounts } from '../frames.ts'
import { birthDate, date, person, phone } from '../harmless-values.ts'
import { Page } from '../page.ts'

// Pictures of set A with numbers of people.

const officeLetter: Layout = (make) => {
  const { chance, set, language, say } = make
  const page = paperPage(make, { height: 900 })
  const someone = person(chance, set, language)
  page.text(
    say('Social Security Office', 'Finanzamt Nord', 'Caisse d’assurance maladie', 'Agencia Tributaria'),
    80,
    90,
    { sizePx: 24, bold: true }
  )
  for (const [index, line] of [someone.name, someone.street, someone.city].entries())
    page.text(line, 80, 170 + index * 28)
  page.text(date(chance, language), 920, 170, { align: 'right' })
  const value = idNumber(chance, set, language)
  const label =
    language === 'de' && value.text.match(/^[A-Z]/u)
      ? 'Personalausweisnummer'
      : say(
          'Social Security number',
          'Steuer-ID',
          'Numéro de sécurité sociale',
          /^[XYZ]/u.test(value.text) ? 'NIE' : 'DNI'
        )
  const isInText = chance.happens(0.5)
  if (!isInText) page.text([`${label}: `, value], 80, 330, { bold: true })
  const salutation = say('Dear customer,', 'Sehr geehrte Damen und Herren,', 'Madame, Monsieur,', 'Estimado cliente:')
  page.text(salutation, 80, 400)
  const body = say(
    'we have received your application of {} and will answer within four weeks. ',
    'wir haben Ihren Antrag vom {} erhalten und antworten innerhalb von vier Wochen. ',
    'nous avons bien reçu votre demande du {} et vous répondrons sous quatre semaines. ',
    'hemos recibido su solicitud del {} y le responderemos en cuatro semanas. '
  )
  const more = say(
    'Please quote your {}, when you call us at {}.',
    'Bitte geben Sie Ihre {} an, wenn Sie uns unter {} anrufen.',
    'Indiquez votre {} lorsque vous nous appelez au {}.',
    'Indique su {} cuando llame al {}.'
  )
  const [before = '', middle = '', after = ''] = more.split('{}')
  page.wrapped(
    [
      ...fill(body, date(chance, language)),
      before,
      label,
      ...(isInText ? [' (', value, ')'] : []),
      middle,
      phone(chance, language),
      after
    ],
    80,
    450,
    840
  )
  return page
}

const idCard: Layout = (make) => {
  const { chance, set, language, say } = make
  const page = new Page(lookOf(make), { width: 720, height: 460, scale: chance.pick([1, 1.5]) })
  const someone = person(chance, set, language)
  const country = say('GBR', 'D<<', 'FRA', 'ESP')
  page.box(14, 14, 692, 432, { fill: page.look.panel, stroke: page.look.line, radius: 20 })
  page.text(say('IDENTITY CARD', 'PERSONALAUSWEIS', 'CARTE D’IDENTITÉ', 'DOCUMENTO DE IDENTIDAD'), 40, 62, {
    sizePx: 22,
    bold: true
  })
  page.box(40, 90, 150, 190, { fill: page.look.line })
  page.dot(115, 160, 42, page.look.soft)
  page.box(65, 212, 100, 68, { fill: page.look.soft, radius: 30 })
  rows(
    page,
    [
      [say('Surname', 'Name', 'Nom', 'Apellidos'), someone.surname.toUpperCase()],
      [say('Given names', 'Vornamen', 'Prénoms', 'Nombre'), someone.given.toUpperCase()],
      [say('Date of birth', 'Geburtstag', 'Né(e) le', 'Nacimiento'), birthDate(chance, language)]
    ],
    215,
    120,
    { column: 160, stepPx: 44 }
  )
  const lines = mrzLines(chance, 'TD1', { ...someone, country })
  page.lines(
    { kind: 'id-number', text: lines.join('\n') },
    lines.map((text, index) => ({ text, x: 40, y: 340 + index * 36 })),
    { family: 'Sans Mono', sizePx: 24, spacingPx: 6.6 }
  )
  return page
}

const passport: Layout = (make) => {
  const { chance, set, language, say } = make
  const page = new Page(lookOf(make), { width: 1000, height: 700, scale: chance.pick([1, 1.3]) }, { family: 'Serif' })
  const someone = person(chance, set, language)
  page.box(20, 20, 960, 660, { fill: page.look.panel, radius: 10 })
  page.text(say('PASSPORT', 'REISEPASS', 'PASSEPORT', 'PASAPORTE'), 60, 80, { sizePx: 30, bold: true })
  page.box(60, 120, 230, 300, { fill: page.look.line })
  page.dot(175, 230, 66, page.look.soft)
  page.box(95, 310, 160, 110, { fill: page.look.soft, radius: 40 })
  const entry = (label: string, value: string, row: number): void => {
    page.text(label, 330, 140 + row * 66, { sizePx: 13, color: page.look.soft })
    page.text(value, 330, 166 + row * 66, { sizePx: 21 })
  }
  entry(say('Surname', 'Name', 'Nom', 'Apellidos'), someone.surname.toUpperCase(), 0)
  entry(say('Given names', 'Vornamen', 'Prénoms', 'Nombres'), someone.given.toUpperCase(), 1)
  entry(
    say('Date of birth', 'Geburtsdatum', 'Date de naissance', 'Fecha de nacimiento'),
    birthDate(chance, language),
    2
  )
  entry(
    say('Place of birth', 'Geburtsort', 'Lieu de naissance', 'Lugar de nacimiento'),
    someone.city.replace(/^\d+ | [A-Z]{2}\d.*$/gu, ''),
    3
  )
  const lines = mrzLines(chance, 'TD3', { ...someone, country: say('GBR', 'D<<', 'FRA', 'ESP') })
  page.lines(
    { kind: 'id-number', text: lines.join('\n') },
    lines.map((text, index) => ({ text, x: 50, y: 560 + index * 60 })),
    { family: 'Sans Mono', sizePx: 28, spacingPx: 3.4 }
  )
  return page
}

const idForm: Layout = (make) => {
  const { chance, set, language, say } = make
  const { page, x, y, width } = browserPage(
    make,
    say('Your details', 'Ihre Daten', 'Vos informations', 'Tus datos'),
    'https://my.example.gov/profile'
  )
  const someone = person(chance, set, language)
  const place = chance.pick(['above', 'inside', 'left'] as const)
  const value = idNumber(chance, set, language)
  const label =
    language === 'de' && /^[A-Z]/u.test(value.text)
      ? 'Ausweisnummer'
      : say('Social security number (SSN)', 'Steueridentifikationsnummer', 'N° de sécurité sociale', 'DNI / NIE')
  let at = y
  const wide = Math.min(560, width)
  at += field(page, say('Full name', 'Name', 'Nom et prénom', 'Nombre y apellidos'), someone.name, {
    x,
    y: at,
    width: wide,
    place
  })
  at += field(
    page,
    say('Date of birth', 'Geburtsdatum', 'Date de naissance', 'Fecha de nacimiento'),
    birthDate(chance, language),
    { x, y: at, width: wide, place }
  )
  at += field(page, label, value, { x, y: at, width: wide, place })
  at += field(page, say('Address', 'Anschrift', 'Adresse', 'Domicilio'), `${someone.street}, ${someone.city}`, {
    x,
    y: at,
    width: wide,
    place
  })
  at += field(page, say('Phone', 'Telefon', 'Téléphone', 'Teléfono'), someone.phone, { x, y: at, width: wide, place })
  button(page, say('Save', 'Speichern', 'Enregistrer', 'Guardar'), x, at, true)
  return page
}

export const peopleLayouts: LayoutCounts = {
  'letter from an office': { layout: officeLetter, count: 6 },
  'identity card': { layout: idCard, count: 3 },
  passport: { layout: passport, count: 3 },
  'profile form': { layout: idForm, count: 5 }
}
