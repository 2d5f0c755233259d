import { idNumber, mrzLines } from '../documents.ts'
import { table } from '../blocks.ts'
import { lookOf, paperPage, windowPage, type Layout, type LayoutCounts } from '../frames.ts'
import { birthDate, date, person } from '../harmless-values.ts'
import { Page, type Part } from '../page.ts'
import * as values from '../values.ts'

// Pictures of set B with numbers of people.

const employee: Layout = (make) => {
  const { chance, set, language, say } = make
  const { page, x, y, width } = windowPage(
    make,
    say('Employee record', 'Personalakte', 'Dossier du personnel', 'Ficha de personal'),
    [
      say('Staff', 'Personal', 'Personnel', 'Personal'),
      say('Records', 'Akten', 'Dossiers', 'Fichas'),
      say('Absences', 'Fehlzeiten', 'Absences', 'Ausencias')
    ]
  )
  const someone = person(chance, set, language)
  const value = idNumber(chance, set, language)
  const label =
    language === 'de' && /^[A-Z]/u.test(value.text)
      ? 'Personalausweis-Nr.'
      : say('SSN', 'Steuer-IdNr.', 'N° INSEE', 'NIF / NIE')
  const head = [
    say('Name', 'Name', 'Nom', 'Nombre'),
    label,
    say('Phone', 'Telefon', 'Téléphone', 'Teléfono'),
    say('Since', 'Seit', 'Depuis', 'Desde')
  ]
  table(page, head, [[someone.name, value, someone.phone, date(chance, language)]], {
    x: x - 10,
    y: y + 10,
    width: Math.max(width, 700),
    columns: [0.24, 0.3, 0.26, 0.2],
    style: { sizePx: 14 }
  })
  page.text(
    `${say('Staff no.', 'Personalnr.', 'Matricule', 'N.º de empleado')} ${values.someDigits(chance, 6)} · ${someone.email}`,
    x,
    y + 130,
    { sizePx: 14 }
  )
  return page
}

const residence: Layout = (make) => {
  const { chance, set, language, say } = make
  const someone = person(chance, set, language)
  const form = chance.pick(['TD1', 'TD2'] as const)
  const page = new Page(lookOf(make), { width: 800, height: 500, scale: chance.pick([1, 1.4]) }, { family: 'Serif' })
  page.box(10, 10, 780, 480, { fill: '#e6ede4', radius: 24 })
  const color = '#1d2a22'
  page.text(say('RESIDENCE PERMIT', 'AUFENTHALTSTITEL', 'TITRE DE SÉJOUR', 'PERMISO DE RESIDENCIA'), 760, 60, {
    sizePx: 22,
    bold: true,
    align: 'right',
    color
  })
  page.box(590, 90, 150, 190, { fill: '#b9c7bb' })
  page.dot(665, 160, 40, '#7d8f80')
  const entries = [
    [say('NAME', 'NAME', 'NOM', 'APELLIDOS'), someone.name.toUpperCase()],
    [say('VALID UNTIL', 'GÜLTIG BIS', 'VALIDE JUSQU’AU', 'VÁLIDO HASTA'), date(chance, language, [2027, 2035])],
    [say('ISSUED IN', 'AUSGESTELLT IN', 'DÉLIVRÉ À', 'EXPEDIDO EN'), someone.city.replaceAll(/\d+ /gu, '')]
  ]
  for (const [index, [label = '', text = '']] of entries.entries()) {
    page.text(label, 40, 100 + index * 64, { sizePx: 12, color })
    page.text(text, 40, 126 + index * 64, { sizePx: 20, color })
  }
  const lines = mrzLines(chance, form, { ...someone, country: chance.pick(['FRA', 'ESP', 'NLD', 'ITA']) })
  const style = {
    family: 'Sans Mono',
    sizePx: form === 'TD1' ? 27 : 25,
    spacingPx: form === 'TD1' ? 7.5 : 4.5,
    color
  } as const
  page.lines(
    { kind: 'id-number', text: lines.join('\n') },
    lines.map((text, index) => ({ text, x: 40, y: 380 + index * 42 })),
    style
  )
  return page
}

const passportStrip: Layout = (make) => {
  const { chance, set, language } = make
  const someone = person(chance, set, language)
  const page = new Page(lookOf(make), { width: 1080, height: 220, scale: chance.pick([1, 1.5]) })
  page.box(0, 0, 1080, 220, { fill: '#f4eee2' })
  const lines = mrzLines(chance, 'TD3', { ...someone, country: chance.pick(['UTO', 'USA', 'CHE', 'IRL']) })
  page.text('REPUBLIC OF UTOPIA · PASSPORT · PASSEPORT', 40, 50, { sizePx: 15, color: '#5a4a3a' })
  page.lines(
    { kind: 'id-number', text: lines.join('\n') },
    lines.map((text, index) => ({ text, x: 40, y: 120 + index * 54 })),
    { family: 'Sans Mono', sizePx: 29, spacingPx: 5, color: '#1a1a1a' }
  )
  return page
}

const clinicForm: Layout = (make) => {
  const { chance, set, language, say } = make
  const page = paperPage(make, { width: 900, height: 760 })
  const someone = person(chance, set, language)
  const value = idNumber(chance, set, language)
  const label =
    language === 'de' && /^[A-Z]/u.test(value.text)
      ? 'Ausweis-Nr.'
      : say('SSN of patient', 'IdNr. (Steuer)', 'N° Sécu', 'N.º de documento (DNI/NIE)')
  page.text(
    say('City Clinic: admission', 'Stadtklinik: Aufnahme', 'Clinique : admission', 'Clínica: ingreso'),
    60,
    80,
    { sizePx: 24, bold: true }
  )
  const cells: [string, Part, number, number, number][] = [
    [say('Patient', 'Patient/in', 'Patient', 'Paciente'), someone.name, 0, 0, 390],
    [say('Date of birth', 'Geburtsdatum', 'Né(e) le', 'Fecha de nacimiento'), birthDate(chance, language), 390, 0, 390],
    [label, value, 0, 1, 390],
    [say('Insurance', 'Krankenkasse', 'Mutuelle', 'Seguro'), 'Medisana', 390, 1, 390],
    [say('Address', 'Adresse', 'Adresse', 'Domicilio'), `${someone.street}, ${someone.city}`, 0, 2, 780],
    [say('Phone', 'Telefon', 'Téléphone', 'Teléfono'), someone.phone, 0, 3, 390],
    [
      say('Ward / bed', 'Station / Bett', 'Service / lit', 'Planta / cama'),
      `${chance.whole(1, 9)}B / ${chance.whole(10, 99)}`,
      390,
      3,
      390
    ]
  ]
  for (const [name, text, left, row, width] of cells) {
    page.box(60 + left, 130 + row * 90, width, 90, { stroke: page.look.ink })
    page.text(name, 70 + left, 152 + row * 90, { sizePx: 13, color: page.look.soft })
    page.text(text, 74 + left, 194 + row * 90, { sizePx: 20 })
  }
  return page
}

export const peopleLayouts: LayoutCounts = {
  'employee record': { layout: employee, count: 4 },
  'residence permit': { layout: residence, count: 3 },
  'passport strip': { layout: passportStrip, count: 2 },
  'clinic form': { layout: clinicForm, count: 4 }
}
