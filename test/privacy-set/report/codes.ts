import { fill } from '../blocks.ts'
import { browserPage, paperPage, phonePage, windowPage, type Layout, type LayoutCounts } from '../frames.ts'
import { date, person, time } from '../harmless-values.ts'
import type { Part } from '../page.ts'
import * as values from '../values.ts'

// Pictures of set B with one-time codes, and with QR codes that connect or log in.

const pushes: Record<(typeof languageOrder)[number], string[]> = {
  en: [
    'Enter {} to finish signing up.',
    'Security code: {}. Never give it to anyone, not even us.',
    'Your one-time passcode for card ending 4411 is {}'
  ],
  de: [
    'Mit {} schließt du die Registrierung ab.',
    'Sicherheitscode: {}. Geben Sie ihn niemals weiter, auch nicht an uns.',
    'Ihr Einmalpasswort für die Karte mit Endung 4411: {}'
  ],
  fr: [
    'Saisissez {} pour terminer votre inscription.',
    'Code de sécurité : {}. Ne le donnez à personne.',
    'Votre code à usage unique pour la carte finissant par 4411 : {}'
  ],
  es: [
    'Escribe {} para terminar el registro.',
    'Código de seguridad: {}. No se lo des a nadie.',
    'Su código de un solo uso para la tarjeta terminada en 4411 es {}'
  ]
}
const languageOrder = ['en', 'de', 'fr', 'es'] as const

const lockScreen: Layout = (make) => {
  const { chance, set, language, say } = make
  const { page, y } = phonePage(make, '', '')
  const [wide, look] = [page.width, page.look]
  page.text(time(chance), wide / 2, y + 60, { sizePx: 74, align: 'center' })
  page.text(`${say('Tuesday', 'Dienstag', 'Mardi', 'Martes')}, ${date(chance, language)}`, wide / 2, y + 100, {
    sizePx: 17,
    align: 'center'
  })
  const card = (title: string, text: Part[], top: number): void => {
    page.box(14, top, wide - 28, 108, { fill: look.panel, radius: 18 })
    page.text(title, 34, top + 30, { bold: true, sizePx: 14 })
    page.wrapped(text, 34, top + 56, wide - 68, { sizePx: 15 })
  }
  card(
    say('Weather', 'Wetter', 'Météo', 'Tiempo'),
    [
      say(
        'Rain from 16:00, 12 degrees',
        'Regen ab 16:00, 12 Grad',
        'Pluie dès 16:00, 12 degrés',
        'Lluvia desde las 16:00, 12 grados'
      )
    ],
    y + 180
  )
  card(
    chance.pick(['Volta Bank', 'monera', '+41 79 555 01 22', 'Picado']),
    fill(chance.pick(pushes[language]), values.oneTimeCode(chance, set)),
    y + 300
  )
  return page
}

const authenticator: Layout = (make) => {
  const { chance, set, language } = make
  const { page, x, y, width } = phonePage(make, 'Authenticator', time(chance))
  for (const [index, service] of chance
    .some(['Hubly', 'Postaro', 'Cloudnest', 'Kanzlei-Portal', 'Banco Azul'], 3)
    .entries()) {
    const top = y + index * 110
    page.box(x - 8, top, width + 16, 96, { fill: page.look.panel, radius: 14 })
    page.text(`${service} (${person(chance, set, language).email})`, x + 10, top + 28, {
      sizePx: 12,
      color: page.look.soft
    })
    page.text({ kind: 'one-time-code', text: values.grouped(values.someDigits(chance, 6), 3) }, x + 10, top + 72, {
      sizePx: 34,
      color: page.look.accent
    })
    page.dot(x + width - 24, top + 54, 12, page.look.line)
  }
  return page
}

const inbox: Layout = (make) => {
  const { chance, set, language, say } = make
  const { page, x, y, width } = windowPage(
    make,
    say('Inbox', 'Posteingang', 'Boîte de réception', 'Bandeja de entrada'),
    [
      'Postaro',
      say('Inbox', 'Eingang', 'Réception', 'Recibidos'),
      say('Drafts', 'Entwürfe', 'Brouillons', 'Borradores')
    ],
    { size: { width: 1280, height: 700, scale: chance.pick([1, 1.5]) } }
  )
  const code = values.oneTimeCode(chance, set)
  const subjects: Part[][] = [
    [say('Minutes of the meeting', 'Protokoll der Sitzung', 'Compte rendu de la réunion', 'Acta de la reunión')],
    fill(
      say(
        'Hubly: {} is your access code',
        'Hubly: {} ist dein Zugangscode',
        'Hubly : {} est votre code d’accès',
        'Hubly: tu código de acceso es {}'
      ),
      code
    ),
    [`${say('Invoice', 'Rechnung', 'Facture', 'Factura')} ${values.someDigits(chance, 6)}`],
    [say('Photos from Sunday', 'Fotos vom Sonntag', 'Photos de dimanche', 'Fotos del domingo')]
  ]
  for (const [index, subject] of subjects.entries()) {
    const at = y + index * 70
    page.text(person(chance, set, language).name, x, at, { bold: index === 1, sizePx: 14 })
    page.text(time(chance), x + width, at, { align: 'right', sizePx: 12, color: page.look.soft })
    page.text(subject, x, at + 24, { sizePx: 14 })
    page.line(x, at + 40, width)
  }
  return page
}

const linkDevice: Layout = (make) => {
  const { chance, set, say } = make
  const { page, x, y, width } = browserPage(make, 'Picado Web', 'https://web.picado.example')
  page.text(
    say('Log in by QR code', 'Mit QR-Code anmelden', 'Connexion par code QR', 'Inicia sesión con código QR'),
    x,
    y,
    { sizePx: 24, bold: true }
  )
  page.wrapped(
    say(
      'Open the app on your phone, choose Linked devices and point the camera at this screen.',
      'Öffne die App auf dem Telefon, wähle Verknüpfte Geräte und richte die Kamera auf den Bildschirm.',
      'Ouvrez l’application, choisissez Appareils liés et visez cet écran.',
      'Abre la aplicación, elige Dispositivos vinculados y apunta a esta pantalla.'
    ),
    x,
    y + 44,
    width * 0.9
  )
  page.code(values.loginCode(chance, set, 'link'), x, y + 110, 260)
  return page
}

const guestPoster: Layout = (make) => {
  const { chance, set, say } = make
  const page = paperPage(make, { width: 700, height: 980, scale: 1 })
  page.text(say('Welcome!', 'Willkommen!', 'Bienvenue !', '¡Bienvenidos!'), 350, 130, {
    sizePx: 52,
    bold: true,
    align: 'center'
  })
  page.text(
    say(
      'Free Wi-Fi for our guests',
      'Kostenloses WLAN für Gäste',
      'Wi-Fi gratuit pour nos clients',
      'Wi-Fi gratis para clientes'
    ),
    350,
    190,
    { sizePx: 24, align: 'center' }
  )
  const code = values.loginCode(chance, set, 'network')
  page.code(code, 190, 230, 320)
  const [, name = '', key = ''] = /S:([^;]+);P:([^;]+)/u.exec(code.text) ?? []
  page.text(`${say('Network', 'Netzwerk', 'Réseau', 'Red')}: ${name}`, 350, 640, { sizePx: 26, align: 'center' })
  if (chance.happens(0.7))
    page.text(
      [`${say('Password', 'Passwort', 'Mot de passe', 'Contraseña')}: `, { kind: 'password', text: key }],
      350,
      690,
      { sizePx: 24, align: 'center' }
    )
  page.text(
    say('Breakfast 7:00 – 10:30', 'Frühstück 7:00 – 10:30', 'Petit-déjeuner 7:00 – 10:30', 'Desayuno 7:00 – 10:30'),
    350,
    860,
    { sizePx: 22, align: 'center' }
  )
  return page
}

const enrolment: Layout = (make) => {
  const { chance, set, say } = make
  const { page, x, y, width } = browserPage(
    make,
    say('Security', 'Sicherheit', 'Sécurité', 'Seguridad'),
    'https://cloudnest.example.com/2fa',
    { width: 1280, height: 720, scale: 1 }
  )
  page.text(
    say('Authenticator app', 'Authenticator-App', 'Application d’authentification', 'Aplicación de autenticación'),
    x,
    y,
    { sizePx: 22, bold: true }
  )
  const code = values.loginCode(chance, set, 'authenticator')
  page.code(code, x, y + 30, 240)
  const [, secret = ''] = /secret=([A-Z2-7]+)/u.exec(code.text) ?? []
  page.text(
    say(
      'Can’t scan it? Setup key:',
      'Kein Scan möglich? Einrichtungsschlüssel:',
      'Impossible de scanner ? Clé de configuration :',
      '¿No puedes escanear? Clave de configuración:'
    ),
    x + 270,
    y + 90,
    { sizePx: 14 }
  )
  page.text({ kind: 'secret-key', text: secret.toLowerCase() }, x + 270, y + 120, { family: 'Sans Mono', sizePx: 16 })
  page.wrapped(
    say(
      'Then enter the 6-digit code.',
      'Danach den 6-stelligen Code eingeben.',
      'Saisissez ensuite le code à 6 chiffres.',
      'Después escribe el código de 6 cifras.'
    ),
    x + 270,
    y + 170,
    width - 270,
    { sizePx: 14 }
  )
  return page
}

export const codesLayouts: LayoutCounts = {
  'lock screen': { layout: lockScreen, count: 5 },
  authenticator: { layout: authenticator, count: 2 },
  inbox: { layout: inbox, count: 4 },
  'device linking': { layout: linkDevice, count: 3 },
  'guest poster': { layout: guestPoster, count: 3 },
  'authenticator setup': { layout: enrolment, count: 3 }
}
