import { button, codeLines, field, fill, rows } from '../blocks.ts'
import { browserPage, dialogPage, lookOf, phonePage, windowPage, type Layout, type LayoutCounts } from '../frames.ts'
import * as harmless from '../harmless-values.ts'
import { Page } from '../page.ts'
import { someDigits, someHex } from '../values.ts'

// Pictures of set B with nothing private: passwords that are not there, hashes, serial numbers, and colors.

const buildLog: Layout = (make) => {
  const { chance } = make
  const page = new Page(lookOf(make), { width: 980, height: 430, scale: chance.pick([1, 1.6]) })
  codeLines(page, [
    `[${harmless.timestamp(chance)}] job ${someDigits(chance, 9)} started`,
    `$ npm ci   # node v${harmless.version(chance)}`,
    `added ${chance.whole(300, 990)} packages in ${chance.whole(10, 59)}s`,
    `PASS test/password-reset.test.ts (${chance.whole(100, 999)} ms)`,
    `PASS test/token-refresh.test.ts (${chance.whole(100, 999)} ms)`,
    `sha256:${harmless.gitHash(chance, 64)}`,
    'Secrets are masked: API_TOKEN=****',
    `artifact ${harmless.uuid(chance)}.zip ${chance.whole(1, 90)}.${someDigits(chance, 2)} MB`,
    `exit code ${chance.whole(0, 255)}, 0x${someHex(chance, 8)}`
  ], { x: 18, y: 36, width: 950 }) // prettier-ignore
  return page
}

const about: Layout = (make) => {
  const { chance, say, set } = make
  const { page, x, y } = windowPage(
    make,
    say('About this device', 'Info zum Gerät', 'À propos de l’appareil', 'Acerca del dispositivo'),
    [
      say('General', 'Allgemein', 'Général', 'General'),
      say('About', 'Info', 'À propos', 'Información'),
      say('Storage', 'Speicher', 'Stockage', 'Almacenamiento')
    ]
  )
  rows(page, [
    [say('Serial number', 'Seriennummer', 'Numéro de série', 'Número de serie'), harmless.serialNumber(chance)],
    [say('Model', 'Modell', 'Modèle', 'Modelo'), harmless.partNumber(chance, set)],
    ['IMEI', harmless.imei(chance)],
    [say('Version', 'Version', 'Version', 'Versión'), harmless.build(chance)],
    ['Firmware', `${harmless.version(chance)} (${someHex(chance, 7)})`],
    ['MAC', someHex(chance, 12).replaceAll(/(..)(?=.)/gu, '$1:')],
    ['IP', `10.${chance.whole(0, 255)}.${chance.whole(0, 255)}.${chance.whole(2, 254)}`]
  ], x, y, { column: 210, stepPx: 42, isRuled: true }) // prettier-ignore
  return page
}

const signUp: Layout = (make) => {
  const { chance, set, language, say } = make
  const { page, x, y, width } = browserPage(
    make,
    say('Sign up', 'Registrieren', 'Inscription', 'Registro'),
    'https://hubly.example.com/join'
  )
  const place = chance.pick(['above', 'inside'] as const)
  let at = y
  const add = (label: string, value: string): void =>
    void (at += field(page, label, value, { x, y: at, width: Math.min(width, 440), place }))
  add(say('Username', 'Benutzername', 'Identifiant', 'Usuario'), harmless.person(chance, set, language).email)
  add(say('Password', 'Kennwort', 'Mot de passe', 'Contraseña'), '●'.repeat(10))
  add(
    say('Repeat password', 'Kennwort wiederholen', 'Confirmer le mot de passe', 'Repite la contraseña'),
    '●'.repeat(10)
  )
  page.text(
    say(
      'Password strength: strong (12 of 12)',
      'Kennwortstärke: stark (12 von 12)',
      'Sécurité du mot de passe : forte (12 sur 12)',
      'Seguridad de la contraseña: alta (12 de 12)'
    ),
    x,
    at,
    { sizePx: 13, color: page.look.soft }
  )
  page.text(
    say(
      'Passwords expire after 180 days.',
      'Kennwörter laufen nach 180 Tagen ab.',
      'Le mot de passe expire après 180 jours.',
      'Las contraseñas caducan a los 180 días.'
    ),
    x,
    at + 26,
    { sizePx: 13, color: page.look.soft }
  )
  button(page, say('Create account', 'Konto erstellen', 'Créer un compte', 'Crear cuenta'), x, at + 50, true)
  return page
}

const codePrompt: Layout = (make) => {
  const { chance, say } = make
  const { page, x, y, width, bottom } = dialogPage(
    make,
    say('Enter your code', 'Code eingeben', 'Saisissez votre code', 'Introduce tu código'),
    { width: 500, height: 320 }
  )
  page.wrapped(
    say(
      'We sent a 6-digit code to •••• 42. It expires in 10 minutes.',
      'Wir haben einen 6-stelligen Code an •••• 42 gesendet. Er gilt 10 Minuten.',
      'Un code à 6 chiffres a été envoyé au •••• 42. Il expire dans 10 minutes.',
      'Hemos enviado un código de 6 cifras al •••• 42. Caduca en 10 minutos.'
    ),
    x,
    y,
    width
  )
  for (let box = 0; box < 6; box += 1) page.box(x + box * 62, y + 60, 48, 56, { stroke: page.look.line, radius: 8 })
  page.text(
    `${say('Send again in', 'Erneut senden in', 'Renvoyer dans', 'Reenviar en')} 0:${chance.whole(10, 59)}`,
    x,
    y + 150,
    { sizePx: 13, color: page.look.soft }
  )
  button(page, say('Confirm', 'Bestätigen', 'Confirmer', 'Confirmar'), x, bottom - 54, true)
  return page
}

const article: Layout = (make) => {
  const { chance, language, say } = make
  const { page, x, y, width } = browserPage(
    make,
    say('News', 'Nachrichten', 'Actualités', 'Noticias'),
    'https://news.example.org/2026'
  )
  page.text(
    say(
      'Bank warns of password theft',
      'Bank warnt vor Passwortdiebstahl',
      'Alerte au vol de mots de passe',
      'Alerta por robo de contraseñas'
    ),
    x,
    y,
    { sizePx: 24, bold: true }
  )
  const text = say(
    'The bank said that {} customers had been asked for their card number, their IBAN or a one-time code on the phone. Since {} the damage has been {}. "Nobody will ever ask you for your PIN or password," a spokesman said. Victims can call {}.',
    'Nach Angaben der Bank wurden {} Kunden am Telefon nach Kartennummer, IBAN oder TAN gefragt. Seit dem {} beträgt der Schaden {}. „Niemand fragt Sie nach PIN oder Passwort“, sagte ein Sprecher. Betroffene erreichen die Bank unter {}.',
    'Selon la banque, {} clients se sont vu demander leur numéro de carte, leur IBAN ou un code par téléphone. Depuis le {}, le préjudice atteint {}. « Personne ne vous demandera votre code ni votre mot de passe », rappelle un porte-parole. Renseignements au {}.',
    'Según el banco, a {} clientes les pidieron por teléfono el número de tarjeta, el IBAN o una clave. Desde el {} las pérdidas suman {}. «Nadie le pedirá su PIN ni su contraseña», dijo un portavoz. Los afectados pueden llamar al {}.'
  )
  page.wrapped(
    fill(
      text,
      String(chance.whole(1200, 9800)),
      harmless.date(chance, language),
      harmless.price(chance, language, 900_000),
      harmless.phone(chance, language)
    ),
    x,
    y + 50,
    width,
    { sizePx: 17 }
  )
  page.text(
    `${harmless.date(chance, language)}, ${harmless.time(chance)} · ${chance.whole(100, 999)} ${say('comments', 'Kommentare', 'commentaires', 'comentarios')}`,
    x,
    y + 270,
    { sizePx: 13, color: page.look.soft }
  )
  return page
}

const lockfile: Layout = (make) => {
  const { chance } = make
  const { page, x, y, width } = windowPage(make, 'package-lock.json', ['Explorer', 'package-lock.json', 'package.json'])
  codeLines(page, [
    '"node_modules/left-pad": {',
    `  "version": "${harmless.version(chance)}",`,
    `  "integrity": "${harmless.integrity(chance)}",`,
    `  "resolved": "https://packages.example.org/left-pad-${harmless.version(chance)}.tgz",`,
    '  "license": "MIT"',
    '},',
    `"id": "${harmless.uuid(chance)}", "etag": "W/${someHex(chance, 16)}",`,
    '"passwordPolicy": { "minLength": 12 }, "token": null, "apiKey": ""'
  ], { x, y, width, numbers: true }) // prettier-ignore
  return page
}

const design: Layout = (make) => {
  const { chance, say } = make
  const { page, x, y } = windowPage(make, say('Colors', 'Farben', 'Couleurs', 'Colores'), [
    say('Layers', 'Ebenen', 'Calques', 'Capas'),
    say('Colors', 'Farben', 'Couleurs', 'Colores'),
    say('Export', 'Export', 'Exporter', 'Exportar')
  ])
  for (let row = 0; row < 6; row += 1) {
    const color = harmless.color(chance)
    page.box(x, y - 20 + row * 58, 60, 40, { fill: color, stroke: page.look.line })
    page.text(
      `${color}   rgb(${chance.whole(0, 255)}, ${chance.whole(0, 255)}, ${chance.whole(0, 255)})`,
      x + 80,
      y + 6 + row * 58,
      { family: 'Sans Mono' }
    )
  }
  page.text(
    `X ${chance.whole(100, 3999)} Y ${chance.whole(100, 2999)}   ${chance.whole(10, 400)} %   ${harmless.coordinates(chance)}`,
    x,
    y + 380,
    { sizePx: 13, color: page.look.soft }
  )
  return page
}

const contactCode: Layout = (make) => {
  const { chance, set, language, say } = make
  const someone = harmless.person(chance, set, language)
  const { page, y } = phonePage(
    make,
    say('My contact', 'Mein Kontakt', 'Mon contact', 'Mi contacto'),
    harmless.time(chance)
  )
  page.code(
    chance.pick([
      `BEGIN:VCARD\nVERSION:3.0\nFN:${someone.name}\nTEL:${someone.phone}\nEND:VCARD`,
      'https://www.example.net/people/42',
      'WIFI:T:nopass;S:Library;;'
    ]),
    (page.width - 240) / 2,
    y + 10,
    240
  )
  page.text(someone.name, page.width / 2, y + 300, { align: 'center', sizePx: 20 })
  page.text(someone.phone, page.width / 2, y + 334, { align: 'center' })
  return page
}

export const harmlessScreensLayouts: LayoutCounts = {
  'build log': { layout: buildLog, count: 4 },
  'about page': { layout: about, count: 4 },
  'sign-up form': { layout: signUp, count: 5 },
  'code prompt': { layout: codePrompt, count: 4 },
  'news article': { layout: article, count: 4 },
  'lock file': { layout: lockfile, count: 4 },
  'color list': { layout: design, count: 4 },
  'contact code': { layout: contactCode, count: 3 }
}
