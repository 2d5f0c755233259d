import { english, iso, saidDay, slashed, someDay, someTime, type Layout } from './layouts-paper.ts'
import { Sheet } from './sheet.ts'
import * as words from './words.ts'
import { grouped, inGermanWords, inWords, spokenTime, two } from './words.ts'

const dialog: Layout = (chance) => {
  const sheet = new Sheet(chance, { family: chance.pick(['DejaVu Sans', 'Liberation Sans']), sizePx: [12, 20] })
  const s = sheet.sizePx
  const [program, file] = [
    chance.pick(words.programs),
    `${chance.pick(words.files)}-${chance.whole(12, 987)}.${chance.pick(words.extensions)}`
  ]
  const minutes = chance.whole(3, 58)
  const labels = chance.pick([
    ['Save', 'Discard', 'Cancel'],
    ['Yes', 'No', 'Help'],
    ['Replace', 'Keep both', 'Cancel']
  ])
  sheet.box(20, 20, s * 33, s * 2.4, { fill: sheet.theme.line })
  sheet.text(program, 34, 20 + s * 1.6, { bold: true })
  sheet.box(20, 20, s * 33, s * 13, { stroke: sheet.theme.line })
  sheet.text(`Do you want to keep your changes to ${file}?`, 40, 20 + s * 5)
  sheet.text(`The last ${minutes} minutes of work are not saved.`, 40, 20 + s * 7, { color: sheet.theme.soft })
  let x = 40
  for (const [index, button] of labels.entries()) x += sheet.button(button, x, 20 + s * 9.5, index === 0) + s
  return {
    language: 'en',
    sheet,
    right: `Dialog “{@${program}|programs}”: “Do you want to keep your changes to {#${file}}? The last {#${minutes}} minutes of work are not saved.” Buttons: ${labels.slice(0, 2).join(', ')} and ${labels[2]}.`,
    paraphrase: `A question before closing: there is unsaved work from less than ${minutes < 20 ? 'twenty minutes' : 'an hour'}. One of three choices is needed; the first is highlighted.`,
    inventions: [
      `There is also a checkbox “{!Do not ask again}”.`,
      `A fourth button is {!${chance.pick(words.buttons)}}.`
    ]
  }
}

const errorMessage: Layout = (chance) => {
  const isGerman = chance.happens(0.3)
  const sheet = new Sheet(chance, { family: chance.pick(['DejaVu Sans', 'Liberation Sans']), sizePx: [12, 19] })
  const s = sheet.sizePx
  const [program, problem] = [
    chance.pick(words.programs),
    isGerman
      ? chance.pick([
          'Die Datei wurde nicht gefunden',
          'Der Drucker antwortet nicht',
          'Die Verbindung wurde getrennt',
          'Das Kennwort ist abgelaufen'
        ])
      : chance.pick(words.problems)
  ]
  const [number, line, server] = [
    `0x80${chance.whole(10234, 98765)}`,
    chance.whole(12, 999),
    `srv${chance.whole(11, 89)}.example`
  ]
  sheet.box(20, 20, s * 30, s * 14, { stroke: sheet.theme.line, radius: 6 })
  sheet.text('!', 42, 20 + s * 4.8, { sizePx: s * 3, bold: true, color: '#c62828' })
  sheet.text(program, 40 + s * 3, 20 + s * 2.4, { bold: true })
  sheet.text(`${problem}.`, 40 + s * 3, 20 + s * 4.8)
  sheet.text(
    isGerman ? `Fehler ${number} in Zeile ${line}` : `Error ${number} at line ${line}`,
    40 + s * 3,
    20 + s * 6.8,
    { family: 'DejaVu Sans Mono' }
  )
  sheet.text(`Server: ${server}`, 40 + s * 3, 20 + s * 8.6, { color: sheet.theme.soft })
  sheet.button('OK', 40 + s * 3, 20 + s * 10.5, true)
  sheet.button(isGerman ? 'Hilfe' : 'Help', 40 + s * 9, 20 + s * 10.5)
  return isGerman
    ? {
        language: 'de',
        sheet,
        right: `Fehlermeldung von {@${program}|programs}: „${problem}.“ Fehler {#${number}} in Zeile {#${line}}, Server {#${server}}. Schaltflächen: OK und Hilfe.`,
        paraphrase: `Ein Hinweisfenster mit rotem Ausrufezeichen meldet ein Problem und bietet ${inGermanWords(2)} Knöpfe an.`,
        inventions: [
          'Darunter steht „{!Bitte Administrator verständigen}“.',
          'Eine dritte Schaltfläche heißt {!Wiederholen}.'
        ]
      }
    : {
        language: 'en',
        sheet,
        right: `Error from {@${program}|programs}: “${problem}.” Error {#${number}} at line {#${line}}, server {#${server}}. Buttons OK and Help.`,
        paraphrase:
          'A small window with a red exclamation mark reports a failure, with its number and place in a file, and offers two buttons: one to accept, one for assistance.',
        inventions: [
          'It advises: “{!Contact your administrator}”.',
          `A third button says “{!${chance.pick(words.buttons)}}”.`,
          'The module named is {!netcore.dll}.'
        ]
      }
}

const table: Layout = (chance) => {
  const sheet = new Sheet(chance, { sizePx: [12, 20] })
  const s = sheet.sizePx
  const rows = chance.some(words.cities, chance.whole(4, 6)).map((city) => ({
    city,
    sold: chance.whole(1023, 89989),
    share: chance.whole(11, 389) / 10,
    staff: chance.whole(3, 148)
  }))
  const [year, quarter] = [chance.whole(2018, 2026), chance.whole(1, 4)]
  const separator = chance.pick([',', ',', ' '])
  const count = (value: number): string => grouped(value, 0, separator, '.')
  sheet.text(`Sales by branch, Q${quarter} ${year}`, 30, 30 + s, { bold: true, sizePx: s * 1.3 })
  const stops = [40, 40 + s * 15, 40 + s * 21, 40 + s * 26]
  for (const [index, head] of ['Branch', 'Units', 'Share', 'Staff'].entries())
    sheet.text(head, stops[index] ?? 0, 30 + s * 3.4, { bold: true, align: index === 0 ? 'left' : 'right' })
  for (const [index, row] of rows.entries()) {
    const y = 30 + s * (5.4 + index * 1.9)
    sheet.box(30, y - s * 1.35, s * 27, s * 1.9, { stroke: sheet.theme.line })
    sheet.text(row.city, stops[0] ?? 0, y)
    sheet.text(count(row.sold), stops[1] ?? 0, y, { align: 'right' })
    sheet.text(`${row.share.toFixed(1)}%`, stops[2] ?? 0, y, { align: 'right' })
    sheet.text(String(row.staff), stops[3] ?? 0, y, { align: 'right' })
  }
  const [first, second, third] = rows as [(typeof rows)[0], (typeof rows)[0], (typeof rows)[0]]
  const best = rows.toSorted((one, other) => other.sold - one.sold)[0] ?? first
  return {
    language: 'en',
    sheet,
    right: `Table “Sales by branch, Q${quarter} ${year}” with four columns: Branch, Units, Share, Staff. {@${first.city}|cities} sold {#${count(first.sold)}} units, a share of {#${first.share.toFixed(1)}%}, with {#${first.staff}} staff; {@${second.city}|cities} {#${count(second.sold)}} and {#${second.share.toFixed(1)}%}; {@${third.city}|cities} {#${count(third.sold)}}.`,
    paraphrase: `A table of ${inWords(rows.length)} branches and how much each sold in the ${['first', 'second', 'third', 'last'][quarter - 1]} quarter of ${year}. ${best.city} is ahead with about ${inWords(Math.max(1, Math.round(best.sold / 1000)))} thousand units.`,
    inventions: [
      'A footnote reads “{!Preliminary figures}”.',
      'A last row is called {!Copenhagen}.',
      'The column “{!Returns}” is empty.'
    ]
  }
}

const chart: Layout = (chance) => {
  const sheet = new Sheet(chance, { sizePx: [13, 20] })
  const s = sheet.sizePx
  const isGerman = chance.happens(0.3)
  const start = chance.whole(0, 6)
  const bars = (isGerman ? words.germanMonths : words.months)
    .slice(start, start + 5)
    .map((name) => ({ name: name.slice(0, 3), full: name, value: chance.whole(112, 989) }))
  const [topic, unit] = chance.pick<[topic: string, unit: string]>(
    isGerman
      ? [
          ['Besucher im Freibad', 'Besucher'],
          ['Verkaufte Fahrräder', 'Stück']
        ]
      : [
          ['Visitors to the museum', 'visitors'],
          ['Bicycles repaired', 'bicycles'],
          ['Books lent', 'books'],
          ['Calls answered', 'calls']
        ]
  )
  const year = chance.whole(2015, 2026)
  sheet.text(`${topic}, ${year}`, 30, 30 + s, { bold: true, sizePx: s * 1.3 })
  const base = 30 + s * 20
  for (const [index, bar] of bars.entries()) {
    const height = (bar.value / 1000) * s * 15
    const x = 60 + index * s * 5
    sheet.box(x, base - height, s * 3.4, height, { fill: sheet.theme.accent })
    sheet.text(String(bar.value), x + s * 1.7, base - height - s * 0.4, { align: 'center' })
    sheet.text(bar.name, x + s * 1.7, base + s * 1.5, { align: 'center' })
  }
  sheet.box(50, base, s * 26, 1, { fill: sheet.theme.ink })
  const [first, second, , , last] = bars as [
    (typeof bars)[0],
    (typeof bars)[0],
    (typeof bars)[0],
    (typeof bars)[0],
    (typeof bars)[0]
  ]
  const highest = bars.toSorted((one, other) => other.value - one.value)[0] ?? first
  const hundreds = Math.round(first.value / 100) * 100
  return isGerman
    ? {
        language: 'de',
        sheet,
        right: `Balkendiagramm „${topic}, {#${year}}“ mit fünf Monaten. ${first.name}: {#${first.value}}, ${second.name}: {#${second.value}}, zuletzt ${last.name}: {#${last.value}}. Am höchsten ist ${highest.name} mit {#${highest.value}}.`,
        paraphrase: `Ein Diagramm mit fünf Säulen für aufeinanderfolgende Monate. Der höchste Wert fällt in den ${highest.full}; die erste Säule liegt bei ungefähr ${hundreds}.`,
        inventions: [
          'Als Quelle ist das {!Statistische Landesamt} genannt.',
          'Eine Linie ist mit „{!Zielwert}“ beschriftet.'
        ]
      }
    : {
        language: 'en',
        sheet,
        right: `Bar chart “${topic}, {#${year}}” with five months. ${first.name}: {#${first.value}}, ${second.name}: {#${second.value}}, and at the end ${last.name}: {#${last.value}}. The highest is ${highest.name} with {#${highest.value}}.`,
        paraphrase: `Five columns show how many ${unit} there were from ${first.full} to ${last.full}. It starts at roughly ${inWords(hundreds)} and is at its peak in ${highest.full}.`,
        inventions: [
          'A dashed line is labelled “{!Target}”.',
          'The source is the {!Office of Statistics}.',
          'A sixth bar is called {!Total}.'
        ]
      }
}

const chat: Layout = (chance) => {
  const isGerman = chance.happens(0.35)
  const sheet = new Sheet(chance, { family: chance.pick(['DejaVu Sans', 'Liberation Sans']), sizePx: [13, 22] })
  const s = sheet.sizePx
  const [other, third] = chance.some(words.firstNames, 2) as [string, string]
  const [one, two_, three] = chance.some(isGerman ? words.germanChatLines : words.chatLines, 3) as [
    string,
    string,
    string
  ]
  const [hour, minute] = [chance.whole(7, 21), chance.whole(2, 55)]
  const at = (later: number): string => `${two(hour)}:${two(minute + later)}`
  const width = s * 26
  sheet.text(other, 30, 30 + s, { bold: true, sizePx: s * 1.2 })
  for (const [index, [line, isOwn]] of (
    [
      [one, false],
      [`${two_}, ${third}!`, true],
      [three, false]
    ] as const
  ).entries()) {
    const y = 30 + s * (2.4 + index * 4.6)
    const bubble = sheet.width(line) + s * 2
    const x = isOwn ? 30 + width - bubble : 30
    sheet.box(x, y, bubble, s * 3.6, { stroke: sheet.theme.line, radius: s * 0.8 })
    sheet.text(line, x + s, y + s * 1.6)
    sheet.text(at(index), x + s, y + s * 3, { sizePx: Math.max(11, Math.round(s * 0.75)), color: sheet.theme.soft })
  }
  return isGerman
    ? {
        language: 'de',
        sheet,
        right: `Chat mit {@${other}|firstNames}. Um {#${at(0)}} Uhr: „${one}“. Antwort um {#${at(1)}} Uhr: „${two_}, {@${third}|firstNames}!“ Zuletzt, um {#${at(2)}} Uhr: „${three}“.`,
        paraphrase: `Ein kurzes Gespräch mit ${inGermanWords(3)} Nachrichten, die im Abstand von je einer Minute geschickt wurden; die mittlere ist die eigene.`,
        inventions: [`Ganz unten steht „{!Ich rufe dich später an}“.`, 'Auch {!Rüdiger} schreibt mit.']
      }
    : {
        language: 'en',
        sheet,
        right: `Chat with {@${other}|firstNames}. First, at {#${at(0)}}: “${one}”. The reply at {#${at(1)}}: “${two_}, {@${third}|firstNames}!” Last, at {#${at(2)}}: “${three}”.`,
        paraphrase: `A short exchange of three messages within two minutes, ${hour < 12 ? 'in the morning' : hour < 18 ? 'in the afternoon' : 'in the evening'}. The middle one, on the right, is the user’s own.`,
        inventions: [
          'The field below shows the draft “{!See you at the harbour}”.',
          '{!Leopold} is typing.',
          'The last answer adds “{!and thanks for the wine}”.'
        ]
      }
}

const form: Layout = (chance) => {
  const isSpanish = chance.happens(0.3)
  const sheet = new Sheet(chance, { family: chance.pick(['DejaVu Sans', 'Liberation Sans']), sizePx: [12, 19] })
  const s = sheet.sizePx
  const [name, city, born, tel, post] = [
    chance.pick(words.people),
    chance.pick(words.cities),
    someDay(chance),
    words.phone(chance),
    String(chance.whole(10234, 98765))
  ]
  const year = born.year - 50
  const birth = slashed({ ...born, year })
  const fields = isSpanish
    ? [
        ['Nombre', name],
        ['Fecha de nacimiento', birth],
        ['Ciudad', city],
        ['Código postal', post],
        ['Teléfono', tel]
      ]
    : [
        ['Full name', name],
        ['Date of birth', birth],
        ['City', city],
        ['Postal code', post],
        ['Phone', tel]
      ]
  sheet.text(isSpanish ? 'Datos personales' : 'Your details', 30, 30 + s, { bold: true, sizePx: s * 1.4 })
  for (const [index, [field = '', value = '']] of fields.entries()) {
    const y = 30 + s * (4 + index * 2.8)
    sheet.text(field, 30, y, { color: sheet.theme.soft })
    sheet.box(30 + s * 12, y - s * 1.5, s * 18, s * 2.2, { stroke: sheet.theme.line })
    sheet.text(value, 30 + s * 12.6, y)
  }
  sheet.button(isSpanish ? 'Enviar' : 'Continue', 30, 30 + s * 17.5, true)
  return isSpanish
    ? {
        language: 'es',
        sheet,
        right: `Formulario «Datos personales». Nombre: {@${name}|people}. Fecha de nacimiento: {#${birth}}. Ciudad: {@${city}|cities}, código postal {#${post}}. Teléfono: {#${tel}}. Botón Enviar.`,
        paraphrase: 'Un formulario con cinco campos, todos rellenados, y debajo un solo botón para mandarlo.',
        inventions: ['Abajo pone «{!Faltan datos obligatorios}».', 'El campo «{!Profesión}» está vacío.']
      }
    : {
        language: 'en',
        sheet,
        right: `Form “Your details”. Full name: {@${name}|people}. Date of birth: {#${birth}}. City: {@${city}|cities}, postal code {#${post}}. Phone: {#${tel}}. Button Continue.`,
        paraphrase: `A form of five boxes, all filled in, with one button to go on. The person was born on ${saidDay({ ...born, year })}.`,
        inventions: [
          'An error says “{!This field is required}”.',
          'The box “{!Occupation}” is empty.',
          `A second button is called {!${chance.pick(words.buttons)}}.`
        ]
      }
}

const codeEditor: Layout = (chance) => {
  const sheet = new Sheet(chance, {
    family: chance.pick(['DejaVu Sans Mono', 'Liberation Mono']),
    dark: chance.happens(0.75),
    sizePx: [12, 20]
  })
  const s = sheet.sizePx
  const [noun, adjective] = [chance.pick(words.nouns), chance.pick(words.adjectives)]
  const [start, limit, timeout] = [chance.whole(11, 480), chance.whole(12, 99), chance.whole(11, 98) * 100]
  const file = `${noun}_${chance.pick(['store', 'view', 'parser', 'client'])}.py`
  const lines = [
    `def load_${noun}(path):`,
    `    limit = ${limit}`,
    `    timeout_ms = ${timeout}`,
    `    if path is None:`,
    `        raise ValueError("${adjective} path missing")`,
    `    return open(path)`
  ]
  sheet.text(file, 30, 30 + s, { bold: true })
  for (const [index, line] of lines.entries()) {
    sheet.text(String(start + index), 30 + s * 2.4, 30 + s * (3.4 + index * 1.6), {
      color: sheet.theme.soft,
      align: 'right'
    })
    const code = line.trimStart()
    sheet.text(code, 30 + s * 3.6 + sheet.width(' ') * (line.length - code.length), 30 + s * (3.4 + index * 1.6))
  }
  return {
    language: 'en',
    sheet,
    right: `Python code in ${file}, lines {#${start}} to {#${start + 5}}. The function load_${noun} sets limit to {#${limit}} and timeout_ms to {#${timeout}}, and raises ValueError with “{@${adjective}|adjectives} path missing” if path is None.`,
    paraphrase: `Six lines of a Python function that opens a file. Without a path it throws an exception; otherwise it hands back the open file. The waiting time allowed is ${(timeout / 1000).toFixed(1)} seconds.`,
    inventions: ['A comment says “{!remove before release}”.', 'It calls {!validate_checksum} first.']
  }
}

const webPage: Layout = (chance) => {
  const sheet = new Sheet(chance, { sizePx: [14, 21] })
  const s = sheet.sizePx
  const [headline, author, day, comments] = [
    chance.pick(words.headlines),
    chance.pick(words.people),
    someDay(chance),
    chance.whole(12, 984)
  ]
  const [first, second] = chance.some(words.bodies, 2) as [string, string]
  const city = chance.pick(words.cities)
  const views = chance.whole(1023, 98989)
  sheet.text('News   Sport   Weather   Travel', 30, 30 + s, { color: sheet.theme.accent })
  sheet.text(headline, 30, 30 + s * 4.2, { bold: true, sizePx: s * 1.7 })
  sheet.text(`By ${author}, ${english(day)}`, 30, 30 + s * 6.2, { color: sheet.theme.soft })
  sheet.text(`${city}. ${first}.`, 30, 30 + s * 8.6)
  sheet.text(`${second}.`, 30, 30 + s * 10.3)
  sheet.text(`${comments} comments   ${grouped(views, 0, ',', '.')} views`, 30, 30 + s * 13, {
    color: sheet.theme.soft
  })
  return {
    language: 'en',
    sheet,
    right: `News page with the headline “${headline}”, by {@${author}|people}, {#${english(day)}}. “{@${city}|cities}. ${first}. ${second}.” It has {#${comments}} comments and {#${grouped(views, 0, ',', '.')}} views.`,
    paraphrase: `An article from ${words.months[day.month - 1]} ${day.year}, seen about ${inWords(Math.round(views / 1000))} thousand times. Four links lead to other parts of the site.`,
    inventions: [
      'A box promises “{!Subscribe for one pound}”.',
      'A mayor named {!Cornelius Hale} is quoted.',
      'A fifth section is called {!Opinion}.'
    ]
  }
}

const timetable: Layout = (chance) => {
  const isGerman = chance.happens(0.4)
  const sheet = new Sheet(chance, {
    dark: chance.happens(0.6),
    family: chance.pick(['DejaVu Sans', 'Liberation Sans', 'DejaVu Sans Mono']),
    sizePx: [16, 28]
  })
  const s = sheet.sizePx
  let minutes = chance.whole(6, 20) * 60 + chance.whole(1, 20)
  const trains = chance.some(words.cities, chance.whole(4, 5)).map((city) => {
    minutes += chance.whole(3, 17)
    return {
      city,
      time: `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`,
      line: `${chance.pick(isGerman ? ['RE', 'IC', 'ICE'] : ['R', 'X', 'EC'])} ${chance.whole(12, 978)}`,
      platform: chance.whole(1, 19)
    }
  })
  const [late, delay] = [chance.whole(0, 2), chance.whole(4, 49)]
  sheet.text(isGerman ? 'Abfahrt' : 'Departures', 30, 30 + s, { bold: true, sizePx: s * 1.2 })
  for (const [index, train] of trains.entries()) {
    const y = 30 + s * (3.5 + index * 1.9)
    sheet.text(train.time, 30, y)
    sheet.text(train.line, 30 + s * 5, y)
    sheet.text(train.city, 30 + s * 11, y)
    sheet.text(String(train.platform), 30 + s * 22, y, { align: 'right' })
    if (index === late) sheet.text(`+${delay} min`, 30 + s * 23, y, { color: '#d0413a' })
  }
  const [first, second, third] = trains as [(typeof trains)[0], (typeof trains)[0], (typeof trains)[0]]
  const delayed = trains[late] ?? first
  return isGerman
    ? {
        language: 'de',
        sheet,
        right: `Abfahrtstafel. Um {#${first.time}} fährt {#${first.line}} nach {@${first.city}|cities} von Gleis {#${first.platform}}, um {#${second.time}} {#${second.line}} nach {@${second.city}|cities}, um {#${third.time}} ein Zug nach {@${third.city}|cities}. Der Zug nach ${delayed.city} hat {#${delay}} Minuten Verspätung.`,
        paraphrase: `Eine Anzeigetafel im Bahnhof mit ${inGermanWords(trains.length)} Zügen; einer davon kommt später als geplant, alle anderen sind pünktlich.`,
        inventions: ['Über {!Bebra} wird gefahren.', 'Unten läuft „{!Bitte Ansage beachten}“ durch.']
      }
    : {
        language: 'en',
        sheet,
        right: `Departure board. {#${first.line}} to {@${first.city}|cities} leaves at {#${first.time}} from platform {#${first.platform}}; {#${second.line}} to {@${second.city}|cities} at {#${second.time}}; then {@${third.city}|cities} at {#${third.time}}. The train to ${delayed.city} is {#${delay}} minutes late.`,
        paraphrase: `A station’s board with ${inWords(trains.length)} trains. One of them is delayed by ${inWords(delay)} minutes; all the rest run on time.`,
        inventions: ['A ticker says “{!Mind the closing doors}”.', 'One train calls at {!Peterborough}.']
      }
}

const inbox: Layout = (chance) => {
  const sheet = new Sheet(chance, { family: chance.pick(['DejaVu Sans', 'Liberation Sans']), sizePx: [12, 18] })
  const s = sheet.sizePx
  const senders = chance.some(words.people, 3)
  const mails = chance
    .some(words.subjects, 3)
    .map((subject, index) => ({ subject, from: senders[index] ?? '', time: someTime(chance).text }))
  const unread = chance.whole(11, 238)
  sheet.text(`Inbox (${unread})`, 30, 30 + s, { bold: true, sizePx: s * 1.3 })
  for (const [index, mail] of mails.entries()) {
    const y = 30 + s * (4 + index * 3.6)
    sheet.box(26, y - s * 1.5, s * 34, s * 3.4, { stroke: sheet.theme.line })
    sheet.text(mail.from, 36, y, { bold: true })
    sheet.text(mail.time, 20 + s * 34, y, { align: 'right', color: sheet.theme.soft })
    sheet.text(mail.subject, 36, y + s * 1.5)
  }
  const [first, second, third] = mails as [(typeof mails)[0], (typeof mails)[0], (typeof mails)[0]]
  return {
    language: 'en',
    sheet,
    right: `Inbox with {#${unread}} unread messages. {@${first.from}|people}, {#${first.time}}: “${first.subject}”. {@${second.from}|people}, {#${second.time}}: “${second.subject}”. {@${third.from}|people}: “${third.subject}”.`,
    paraphrase: `A list of e-mails, of which three are visible, each with its sender and the time of day. Some ${inWords(Math.round(unread / 10) * 10)} are still to be read.`,
    inventions: [
      `A fourth message is from {!Bartholomew Finch}.`,
      'The first one is flagged “{!Urgent}”.',
      'The folder “{!Receipts}” is open beside it.'
    ]
  }
}

const settings: Layout = (chance) => {
  const sheet = new Sheet(chance, { family: chance.pick(['DejaVu Sans', 'Liberation Sans']), sizePx: [13, 21] })
  const s = sheet.sizePx
  const network = `${chance.pick(['Lighthouse', 'Fritz', 'Cottage', 'Attic', 'Upstairs'])}-${chance.whole(12, 98)}`
  const [volume, brightness, free, sleep] = [
    chance.whole(11, 98),
    chance.whole(11, 98),
    chance.whole(11, 489) / 10,
    chance.pick([5, 10, 15, 20])
  ]
  const rows = [
    ['Wi-Fi', network],
    ['Volume', `${volume}%`],
    ['Brightness', `${brightness}%`],
    ['Free space', `${free.toFixed(1)} GB`],
    ['Sleep after', `${sleep} minutes`]
  ] as const
  const isNightOn = chance.happens(0.5)
  sheet.text('Settings', 30, 30 + s, { bold: true, sizePx: s * 1.5 })
  for (const [index, [name, value]] of rows.entries()) {
    sheet.text(name, 30, 30 + s * (4 + index * 2.2))
    sheet.text(value, 30 + s * 22, 30 + s * (4 + index * 2.2), { align: 'right', color: sheet.theme.soft })
  }
  sheet.text('Night mode', 30, 30 + s * 15)
  sheet.text(isNightOn ? 'On' : 'Off', 30 + s * 22, 30 + s * 15, { align: 'right', bold: true })
  return {
    language: 'en',
    sheet,
    right: `Settings. Wi-Fi: {#${network}}. Volume {#${volume}%}, brightness {#${brightness}%}, free space {#${free.toFixed(1)} GB}, sleep after {#${sleep}} minutes. Night mode is ${isNightOn ? 'on' : 'off'}.`,
    paraphrase: `A list of six settings. The sound is at ${inWords(volume)} per cent; there are about ${inWords(Math.round(free))} gigabytes left, and the device goes to sleep after ${sleep === 15 ? 'a quarter of an hour' : `${inWords(sleep)} minutes`} of rest.`,
    inventions: ['Bluetooth is connected to “{!Kitchen Speaker}”.', 'A badge says “{!Update available}”.']
  }
}

const weather: Layout = (chance) => {
  const isFrench = chance.happens(0.4)
  const sheet = new Sheet(chance, { sizePx: [16, 26] })
  const s = sheet.sizePx
  const [city, now, low, rain, wind] = [
    chance.pick(words.cities),
    chance.whole(11, 34),
    chance.whole(2, 9),
    chance.whole(11, 94),
    chance.whole(11, 79)
  ]
  const sunset = { hour: chance.whole(17, 21), minute: chance.pick([0, 15, 30, 45]) }
  const time = `${sunset.hour}:${two(sunset.minute)}`
  sheet.text(city, 40, 40 + s, { sizePx: s * 1.4, bold: true })
  sheet.text(`${now} °C`, 40, 40 + s * 5, { sizePx: s * 3 })
  sheet.text(isFrench ? `Minimum ${low} °C` : `Low ${low} °C`, 40, 40 + s * 7.2)
  sheet.text(isFrench ? `Pluie ${rain} %   Vent ${wind} km/h` : `Rain ${rain}%   Wind ${wind} km/h`, 40, 40 + s * 9)
  sheet.text(isFrench ? `Coucher du soleil ${time}` : `Sunset ${time}`, 40, 40 + s * 10.8)
  return isFrench
    ? {
        language: 'fr',
        sheet,
        right: `Météo de {@${city}|cities} : {#${now} °C}, minimum {#${low} °C}. Pluie {#${rain} %}, vent {#${wind} km/h}. Le coucher du soleil est à {#${time}}.`,
        paraphrase: `Un bulletin pour ${city}, avec la température actuelle en très gros caractères et quatre autres valeurs en dessous.`,
        inventions: ['Une alerte dit « {!Risque de verglas} ».', 'La station est celle de {!Montreuil-Bellay}.']
      }
    : {
        language: 'en',
        sheet,
        right: `Weather for {@${city}|cities}: {#${now} °C}, low {#${low} °C}. Rain {#${rain}%}, wind {#${wind} km/h}. Sunset at {#${time}}.`,
        paraphrase: `A forecast in large figures: ${inWords(now)} degrees at the moment, ${inWords(low)} at night. The sun goes down at ${spokenTime(sunset.hour, sunset.minute)}.`,
        inventions: [
          'A banner warns of “{!black ice}”.',
          'The station is {!Pendleton Airfield}.',
          'Tomorrow is said to be “{!mostly hazy}”.'
        ]
      }
}

const terminal: Layout = (chance) => {
  const sheet = new Sheet(chance, {
    family: chance.pick(['DejaVu Sans Mono', 'Liberation Mono']),
    dark: chance.happens(0.85),
    sizePx: [11, 18]
  })
  const s = sheet.sizePx
  const [host, archive, day] = [
    chance.pick(words.nouns),
    `${chance.pick(words.files)}_${chance.whole(102, 989)}.tar`,
    someDay(chance)
  ]
  const [passed, failed, seconds, used, port] = [
    chance.whole(112, 989),
    chance.whole(2, 9),
    chance.whole(11, 989) / 10,
    chance.whole(41, 98),
    chance.whole(3001, 9876)
  ]
  const lines = [
    `user@${host}:~$ make test`,
    `${passed} passed, ${failed} failed in ${seconds.toFixed(1)} s`,
    `user@${host}:~$ ls -l`,
    `-rw-r--r-- 1 user user ${chance.whole(10234, 98765)} ${iso(day)} ${archive}`,
    `user@${host}:~$ ./serve`,
    `listening on port ${port}, disk ${used}% full`
  ]
  for (const [index, line] of lines.entries()) sheet.text(line, 20, 20 + s * (1 + index * 1.5))
  return {
    language: 'en',
    sheet,
    right: `Terminal of user@{@${host}|nouns}. The command “make test” ended with {#${passed}} passed, {#${failed}} failed in {#${seconds.toFixed(1)} s}. There is a file {#${archive}} of {#${iso(day)}}. The last line: “listening on port {#${port}}, disk {#${used}%} full”.`,
    paraphrase: `A console after three commands: a test run with ${inWords(failed)} failures, which took some ${inWords(Math.max(1, Math.round(seconds)))} seconds; a directory with one archive from ${words.months[day.month - 1]} ${day.year}; and a server that has started.`,
    inventions: [
      'It warns: “{!certificate has expired}”.',
      'A second file is {!notes.bak}.',
      'The branch is {!feature-checkout}.'
    ]
  }
}

export const screenLayouts: Record<string, Layout> = {
  dialog, 'error message': errorMessage, table, chart, chat, form, 'code editor': codeEditor, 'web page': webPage,
  timetable, inbox, settings, weather, terminal
} // prettier-ignore
