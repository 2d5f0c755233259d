import { button, codeLines, field, rows, table } from '../blocks.ts'
import { browserPage, dialogPage, lookOf, windowPage, type Layout, type LayoutCounts } from '../frames.ts'
import { date, person, phone, version } from '../harmless-values.ts'
import { Page, type Part } from '../page.ts'
import * as values from '../values.ts'

// Pictures of set A with passwords and keys.

const login: Layout = (make) => {
  const { chance, set, language, say } = make
  const { page, x, y, width, bottom } = dialogPage(make, say('Sign in', 'Anmelden', 'Connexion', 'Iniciar sesión'), {
    width: 460,
    height: 330
  })
  const place = chance.pick(['above', 'left', 'inside'] as const)
  const next =
    y +
    field(page, say('Email', 'E-Mail', 'E-mail', 'Correo'), person(chance, set, language).email, { x, y, width, place })
  field(page, say('Password', 'Passwort', 'Mot de passe', 'Contraseña'), values.password(chance, set), {
    x,
    y: next,
    width,
    place
  })
  page.text(
    say('Hide password', 'Passwort verbergen', 'Masquer le mot de passe', 'Ocultar contraseña'),
    x,
    bottom - 74,
    { sizePx: 13, color: page.look.accent }
  )
  button(page, say('Sign in', 'Anmelden', 'Se connecter', 'Entrar'), x, bottom - 52, true)
  return page
}

const router: Layout = (make) => {
  const { chance, set, say } = make
  const page = new Page(lookOf(make), { width: 620, height: 360, scale: chance.pick([1, 1.5]) })
  page.box(10, 10, 600, 340, { stroke: page.look.line, radius: 6 })
  page.text(`NetLine ${chance.whole(300, 990)} AX`, 34, 56, { sizePx: 24, bold: true })
  const name = `NetLine-${values.someHex(chance, 4).toUpperCase()}`
  const key = values.networkKey(chance, set)
  rows(page, [
    [say('Wi-Fi name', 'WLAN-Name', 'Nom Wi-Fi', 'Red Wi-Fi'), name],
    [say('Wi-Fi key', 'WLAN-Schlüssel', 'Clé Wi-Fi', 'Clave Wi-Fi'), key],
    ['MAC', values.someHex(chance, 12).toUpperCase().replaceAll(/(..)(?=.)/gu, '$1:')],
    ['S/N', `N${values.someDigits(chance, 9)}`],
    [say('Address', 'Adresse', 'Adresse', 'Dirección'), 'http://192.168.1.1']
  ], 34, 110, { column: 170, stepPx: 36, style: { sizePx: 16 } }) // prettier-ignore
  if (chance.happens(0.5))
    page.code({ kind: 'login-code', text: `WIFI:T:WPA;S:${name};P:${key.text};;` }, 470, 200, 130)
  page.text('DC 12V 2A · Made in EU', 34, 325, { sizePx: 12, color: page.look.soft })
  return page
}

const notes: Layout = (make) => {
  const { chance, set, language, say } = make
  const { page, x, y } = windowPage(make, say('Notes', 'Notizen', 'Notes', 'Notas'), [
    say('File', 'Datei', 'Fichier', 'Archivo'),
    say('Edit', 'Bearbeiten', 'Édition', 'Editar')
  ])
  const word = say('password', 'Passwort', 'mot de passe', 'contraseña')
  const lines: Part[][] = [
    [say('To do', 'Zu erledigen', 'À faire', 'Pendiente')],
    [
      '- ',
      say('buy milk, call', 'Milch kaufen, anrufen:', 'acheter du lait, appeler', 'comprar leche, llamar a'),
      ` ${person(chance, set, language).given} ${phone(chance, language)}`
    ],
    ['Netflix: ', person(chance, set, language).email],
    [`${word}: `, values.password(chance, set)],
    [say('Laptop login', 'Laptop', 'Portable', 'Portátil')],
    [`${word} = `, values.password(chance, set)]
  ]
  for (const [index, line] of lines.entries()) page.text(line, x, y + index * 36, { sizePx: 18 })
  return page
}

const environment: Layout = (make) => {
  const { chance, set } = make
  const page = new Page({ ...lookOf(make) }, { width: 1000, height: 420, scale: chance.pick([1, 2]) })
  codeLines(page, [
    'dev@web-01:~/shop$ cat .env',
    'NODE_ENV=production',
    `PORT=${chance.whole(3000, 9000)}`,
    ['DB_PASSWORD=', values.password(chance, set)],
    ['API_KEY=', chance.happens(0.5) ? values.secretKey(chance, set) : values.plainKey(chance, set)],
    'LOG_LEVEL=info',
    'dev@web-01:~/shop$ node --version',
    `v${version(chance)}`,
    ['dev@web-01:~/shop$ export TOKEN=', values.secretKey(chance, set)],
    'dev@web-01:~/shop$'
  ], { x: 20, y: 36, width: 960, sizePx: 15 }) // prettier-ignore
  return page
}

const editor: Layout = (make) => {
  const { chance, set } = make
  const { page, x, y, width } = windowPage(make, 'config.ts - shop', ['File', 'Edit', 'View', 'Run', 'Terminal'])
  codeLines(page, [
    "import { Client } from './client'",
    '',
    'export const client = new Client({',
    "  host: 'api.example.com',",
    [`  ${chance.pick(['apiKey', 'accessToken', 'secret'])}: '`, values.secretKey(chance, set), "',"],
    '  timeoutMs: 5000,',
    `  color: '#${values.someHex(chance, 6)}'`,
    '})'
  ], { x, y, width, numbers: true, sizePx: chance.pick([13, 15, 17]) }) // prettier-ignore
  return page
}

const keyTable: Layout = (make) => {
  const { chance, set, language, say } = make
  const { page, x, y } = browserPage(
    make,
    say('API keys', 'API-Schlüssel', 'Clés API', 'Claves de API'),
    'https://console.example.com/keys',
    { width: 1366, height: 700, scale: 1 }
  )
  page.text(say('API keys', 'API-Schlüssel', 'Clés API', 'Claves de API'), x, y, { sizePx: 24, bold: true })
  const row = (name: string): Part[] => [name, values.secretKey(chance, set), date(chance, language)]
  table(
    page,
    ['Name', say('Key', 'Schlüssel', 'Clé', 'Clave'), say('Created', 'Erstellt', 'Créée le', 'Creada')],
    [row('web'), row('backup')],
    { x, y: y + 60, width: 1220, columns: [0.12, 0.72, 0.16], style: { sizePx: 13 } }
  )
  return page
}

export const secretsLayouts: LayoutCounts = {
  'sign-in dialog': { layout: login, count: 4 },
  'router label': { layout: router, count: 4 },
  notes: { layout: notes, count: 3 },
  'terminal with .env': { layout: environment, count: 3 },
  'code editor': { layout: editor, count: 4 },
  'API key table': { layout: keyTable, count: 3 }
}
