import { button, chat, codeLines, field, fill, rows, table } from '../blocks.ts'
import { dialogPage, lookOf, phonePage, windowPage, type Layout, type LayoutCounts } from '../frames.ts'
import * as harmless from '../harmless-values.ts'
import { Page, type Part } from '../page.ts'
import { someDigits, someHex } from '../values.ts'

// Pictures of set A with nothing private: passwords that are not there, hashes, error codes, and times.

const signIn: Layout = (make) => {
  const { chance, set, language, say } = make
  const { page, x, y, width, bottom } = dialogPage(make, say('Sign in', 'Anmelden', 'Connexion', 'Iniciar sesión'), {
    width: 460,
    height: 340
  })
  const place = chance.pick(['above', 'left', 'inside'] as const)
  const next =
    y +
    field(page, say('Email', 'E-Mail', 'E-mail', 'Correo'), harmless.person(chance, set, language).email, {
      x,
      y,
      width,
      place
    })
  field(page, say('Password', 'Passwort', 'Mot de passe', 'Contraseña'), '•'.repeat(chance.whole(8, 14)), {
    x,
    y: next,
    width,
    place
  })
  page.text(
    say('Forgot password?', 'Passwort vergessen?', 'Mot de passe oublié ?', '¿Has olvidado la contraseña?'),
    x,
    bottom - 74,
    { sizePx: 13, color: page.look.accent }
  )
  button(page, say('Sign in', 'Anmelden', 'Se connecter', 'Entrar'), x, bottom - 54, true)
  return page
}

const rules: Layout = (make) => {
  const { say } = make
  const { page, x, y, width, bottom } = dialogPage(
    make,
    say('Change password', 'Passwort ändern', 'Changer de mot de passe', 'Cambiar contraseña'),
    { width: 600, height: 380 }
  )
  const label = say('New password', 'Neues Passwort', 'Nouveau mot de passe', 'Nueva contraseña')
  const next =
    y +
    field(
      page,
      label,
      say('Enter a password', 'Passwort eingeben', 'Saisir un mot de passe', 'Introduce una contraseña'),
      { x, y, width, place: 'above', style: { color: page.look.soft } }
    )
  const hints = [
    say(
      'Password must have 8 characters or more',
      'Das Passwort muss mindestens 8 Zeichen haben',
      'Le mot de passe doit comporter 8 caractères',
      'La contraseña debe tener al menos 8 caracteres'
    ),
    say(
      'At least one digit and one capital letter',
      'Mindestens eine Ziffer und ein Großbuchstabe',
      'Au moins un chiffre et une majuscule',
      'Al menos un número y una mayúscula'
    ),
    say(
      'Password last changed 94 days ago',
      'Passwort zuletzt vor 94 Tagen geändert',
      'Mot de passe modifié il y a 94 jours',
      'Contraseña cambiada hace 94 días'
    )
  ]
  for (const [index, hint] of hints.entries()) page.text(`• ${hint}`, x, next + 14 + index * 30)
  button(page, say('Cancel', 'Abbrechen', 'Annuler', 'Cancelar'), x, bottom - 54)
  button(page, say('Save', 'Speichern', 'Enregistrer', 'Guardar'), x + 160, bottom - 54, true)
  return page
}

const gitLog: Layout = (make) => {
  const { chance } = make
  const page = new Page(lookOf(make), { width: 900, height: 420, scale: chance.pick([1, 2]) })
  const entry = (subject: string): Part[] => [
    `commit ${harmless.gitHash(chance)}`,
    `Date:   ${harmless.timestamp(chance)}`,
    `    ${subject}`,
    ''
  ]
  codeLines(
    page,
    [
      'dev@web-01:~/shop$ git log -2',
      ...entry('Fix the password reset page'),
      ...entry('Read the token from the environment'),
      `dev@web-01:~/shop$ git tag`,
      `v${harmless.version(chance)}  ${harmless.gitHash(chance, 7)}`,
      'dev@web-01:~/shop$'
    ],
    { x: 20, y: 36, width: 860, sizePx: 15 }
  )
  return page
}

const settingsCode: Layout = (make) => {
  const { chance } = make
  const { page, x, y, width } = windowPage(make, 'settings.ts - shop', ['File', 'Edit', 'View', 'Run', 'Terminal'])
  codeLines(page, [
    'export const settings = {',
    `  id: '${harmless.uuid(chance)}',`,
    '  apiKey: process.env.API_KEY,',
    "  token: '<YOUR_TOKEN>',",
    `  accent: '${harmless.color(chance)}', paper: '${harmless.color(chance)}',`,
    `  version: '${harmless.version(chance)}',`,
    `  revision: '${harmless.gitHash(chance)}',`,
    `  passwordLength: ${chance.whole(8, 16)}, port: ${chance.whole(3000, 9999)}`,
    '}'
  ], { x, y, width, numbers: true }) // prettier-ignore
  return page
}

const failure: Layout = (make) => {
  const { chance, say } = make
  const { page, x, y, width, bottom } = dialogPage(
    make,
    say('Update failed', 'Update fehlgeschlagen', 'Échec de la mise à jour', 'Error de actualización'),
    { width: 560, height: 280 }
  )
  const code = harmless.errorCode(chance)
  const text = say(
    'The server answered with code 404. Error code: {}. Try again or call support.',
    'Der Server antwortete mit Code 404. Fehlercode: {}. Versuchen Sie es erneut.',
    'Le serveur a répondu par le code 404. Code d’erreur : {}. Réessayez plus tard.',
    'El servidor respondió con el código 404. Código de error: {}. Inténtelo de nuevo.'
  )
  page.wrapped(fill(text, code), x, y, width)
  page.text(`${say('Version', 'Version', 'Version', 'Versión')} ${harmless.build(chance)}`, x, y + 90, {
    color: page.look.soft,
    sizePx: 13
  })
  button(page, say('Retry', 'Wiederholen', 'Réessayer', 'Reintentar'), x, bottom - 54, true)
  button(page, say('Close', 'Schließen', 'Fermer', 'Cerrar'), x + 180, bottom - 54)
  return page
}

const friends: Layout = (make) => {
  const { chance, set, language, say } = make
  const someone = harmless.person(chance, set, language)
  const { page, y } = phonePage(make, someone.given, harmless.time(chance))
  chat(page, [
    { text: fill(say('Train {} leaves at {} from platform 9.', 'Der Zug {} fährt um {} von Gleis 9.', 'Le train {} part à {} voie 9.', 'El tren {} sale a las {} de la vía 9.'), `ICE ${chance.whole(100, 999)}`, harmless.time(chance)) },
    { text: fill(say('My new number: {}', 'Meine neue Nummer: {}', 'Mon nouveau numéro : {}', 'Mi número nuevo: {}'), someone.phone), mine: true },
    { text: fill(say('Use code {} for 10 % off, it was only {}!', 'Mit dem Code {} gibt es 10 % Rabatt, nur {}!', 'Avec le code {} tu as 10 % de remise, seulement {} !', 'Con el código {} tienes un 10 % de descuento, ¡solo {}!'), harmless.promoCode(chance, set), harmless.price(chance, language, 90)) },
    { text: fill(say('Parcel {} is at the neighbor’s.', 'Paket {} ist beim Nachbarn.', 'Le colis {} est chez le voisin.', 'El paquete {} está con el vecino.'), harmless.trackingNumber(chance, set)), mine: true }
  ], y, page.width) // prettier-ignore
  return page
}

const timetable: Layout = (make) => {
  const { chance, say } = make
  const { page, x, y } = windowPage(
    make,
    say('Calendar', 'Kalender', 'Calendrier', 'Calendario'),
    [say('Day', 'Tag', 'Jour', 'Día'), say('Week', 'Woche', 'Semaine', 'Semana')],
    { size: { width: 1280, height: 720, scale: 1 } }
  )
  const body = Array.from({ length: 8 }, () => [
    `${harmless.time(chance)} – ${harmless.time(chance)}`,
    `${say('Room', 'Raum', 'Salle', 'Sala')} ${chance.whole(100, 999)}`,
    `${say('Course', 'Kurs', 'Cours', 'Curso')} ${someDigits(chance, 6)}`
  ])
  table(
    page,
    [
      say('Time', 'Zeit', 'Heure', 'Hora'),
      say('Place', 'Ort', 'Lieu', 'Lugar'),
      say('Course', 'Kurs', 'Cours', 'Curso')
    ],
    body,
    { x, y: y + 10, width: 900, columns: [0.35, 0.3, 0.35] }
  )
  return page
}

const map: Layout = (make) => {
  const { chance, language, say } = make
  const { page, x, y } = windowPage(
    make,
    say('Map', 'Karte', 'Carte', 'Mapa'),
    [say('Route', 'Route', 'Itinéraire', 'Ruta')],
    { size: { width: 1280, height: 720, scale: 1 } }
  )
  page.box(x + 380, y - 30, 780, 560, { fill: page.look.panel })
  for (let road = 0; road < 7; road += 1)
    page.box(x + 380, y - 10 + road * 78, 780, chance.whole(4, 12), { fill: page.look.line })
  rows(page, [
    [say('Position', 'Position', 'Position', 'Posición'), harmless.coordinates(chance)],
    [say('Altitude', 'Höhe', 'Altitude', 'Altitud'), `${chance.whole(10, 2400)} m`],
    [say('Postal code', 'Postleitzahl', 'Code postal', 'Código postal'), someDigits(chance, 5)],
    [say('Plus code', 'Plus-Code', 'Plus code', 'Código plus'), `8F${someHex(chance, 2).toUpperCase()}C2+X7`],
    [say('Phone', 'Telefon', 'Téléphone', 'Teléfono'), harmless.phone(chance, language)]
  ], x - 20, y + 20, { column: 150, stepPx: 44 }) // prettier-ignore
  return page
}

export const harmlessScreensLayouts: LayoutCounts = {
  'sign-in with dots': { layout: signIn, count: 5 },
  'password rules': { layout: rules, count: 4 },
  'git log': { layout: gitLog, count: 4 },
  'settings in code': { layout: settingsCode, count: 4 },
  'error dialog': { layout: failure, count: 5 },
  'chat of friends': { layout: friends, count: 6 },
  timetable: { layout: timetable, count: 4 },
  map: { layout: map, count: 4 }
}
