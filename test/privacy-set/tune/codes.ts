import { button, chat, fill } from '../blocks.ts'
import { dialogPage, lookOf, phonePage, windowPage, type Layout, type LayoutCounts } from '../frames.ts'
import { date, time } from '../harmless-values.ts'
import { Page } from '../page.ts'
import * as values from '../values.ts'

// Pictures of set A with one-time codes, and with QR codes that connect or log in.

const codeMessages = {
  en: [
    'Your verification code is {}. It expires in 10 minutes.',
    '{} is your login code. Do not share it with anyone.',
    'Use {} to confirm your payment of $48.20.'
  ],
  de: [
    'Ihr Bestätigungscode lautet {}. Er ist 10 Minuten gültig.',
    'Dein Anmeldecode: {}. Gib ihn nicht weiter.',
    'Ihre TAN für die Überweisung von 48,20 € ist {}.'
  ],
  fr: [
    'Votre code de vérification est {}. Il expire dans 10 minutes.',
    '{} est votre code de connexion. Ne le partagez pas.',
    'Code de confirmation : {} pour un paiement de 48,20 €.'
  ],
  es: [
    'Tu código de verificación es {}. Caduca en 10 minutos.',
    '{} es tu código de acceso. No lo compartas con nadie.',
    'Use la clave {} para confirmar su pago de 48,20 €.'
  ]
} as const

const sms: Layout = (make) => {
  const { chance, set, language, say } = make
  const { page, y } = phonePage(make, chance.pick(['Nordbank', '72045', 'Parcelo', 'INFO']), time(chance))
  const first = say(
    'Your parcel arrives today.',
    'Ihr Paket kommt heute an.',
    'Votre colis arrive aujourd’hui.',
    'Tu paquete llega hoy.'
  )
  page.text(time(chance), page.width / 2, y, { sizePx: 12, align: 'center', color: page.look.soft })
  const below = chat(
    page,
    [{ text: first }, { text: fill(chance.pick(codeMessages[language]), values.oneTimeCode(chance, set)) }],
    y + 20,
    page.width
  )
  page.text(time(chance), page.width / 2, below + 16, { sizePx: 12, align: 'center', color: page.look.soft })
  return page
}

const notification: Layout = (make) => {
  const { chance, set, language } = make
  const page = new Page(lookOf(make), { width: 420, height: 150, scale: chance.pick([1, 1.5, 2]) })
  page.box(12, 12, 396, 124, { fill: page.look.panel, stroke: page.look.line, radius: 10 })
  page.box(28, 30, 36, 36, { fill: page.look.accent, radius: 8 })
  page.text(chance.pick(['Messages', 'Kestrel Pay', 'Mailbird']), 78, 44, { bold: true, sizePx: 14 })
  page.text(time(chance), 392, 44, { sizePx: 12, align: 'right', color: page.look.soft })
  page.wrapped(fill(chance.pick(codeMessages[language]), values.oneTimeCode(chance, set)), 78, 68, 316, { sizePx: 14 })
  return page
}

const codeMail: Layout = (make) => {
  const { chance, set, language, say } = make
  const { page, x, y, width } = windowPage(make, 'Mailbird', [
    say('Inbox', 'Posteingang', 'Réception', 'Recibidos'),
    say('Sent', 'Gesendet', 'Envoyés', 'Enviados')
  ])
  page.text(
    say('Confirm your sign-in', 'Anmeldung bestätigen', 'Confirmez votre connexion', 'Confirma tu inicio de sesión'),
    x,
    y,
    { sizePx: 22, bold: true }
  )
  page.text(`no-reply@example.com · ${date(chance, language)} ${time(chance)}`, x, y + 34, { color: page.look.soft })
  page.wrapped(
    say(
      'Enter this verification code to finish signing in:',
      'Gib diesen Bestätigungscode ein, um dich anzumelden:',
      'Saisissez ce code de vérification pour vous connecter :',
      'Introduce este código de verificación para entrar:'
    ),
    x,
    y + 84,
    width
  )
  page.text(values.oneTimeCode(chance, set), x, y + 160, { sizePx: 40, bold: true, spacingPx: 3 })
  page.wrapped(
    say(
      'If this was not you, ignore this message.',
      'Wenn du das nicht warst, ignoriere diese Nachricht.',
      'Si ce n’était pas vous, ignorez ce message.',
      'Si no has sido tú, ignora este mensaje.'
    ),
    x,
    y + 220,
    width,
    { color: page.look.soft }
  )
  return page
}

const networkCode: Layout = (make) => {
  const { chance, set, say } = make
  const { page, y } = phonePage(
    make,
    say('Share Wi-Fi', 'WLAN teilen', 'Partager le Wi-Fi', 'Compartir Wi-Fi'),
    time(chance)
  )
  page.text(
    say('Scan the code to connect', 'Zum Verbinden scannen', 'Scannez pour vous connecter', 'Escanea para conectarte'),
    page.width / 2,
    y + 10,
    { align: 'center' }
  )
  const size = chance.whole(200, 270)
  page.code(values.loginCode(chance, set, 'network'), (page.width - size) / 2, y + 50, size)
  return page
}

const twoFactor: Layout = (make) => {
  const { chance, set, say } = make
  const { page, x, y, width, bottom } = dialogPage(
    make,
    say(
      'Set up two-factor authentication',
      'Zwei-Faktor-Anmeldung einrichten',
      'Activer la double authentification',
      'Activar la verificación en dos pasos'
    ),
    { width: 620, height: 470 }
  )
  page.wrapped(
    say(
      'Scan this code with your authenticator app.',
      'Scannen Sie diesen Code mit Ihrer Authenticator-App.',
      'Scannez ce code avec votre application.',
      'Escanea este código con tu aplicación.'
    ),
    x,
    y,
    width
  )
  const code = values.loginCode(chance, set, chance.pick(['authenticator', 'link']))
  page.code(code, x + width / 2 - 110, y + 20, 220)
  const [, secret] = /secret=([A-Z2-7]+)/u.exec(code.text) ?? []
  if (secret !== undefined)
    page.text(
      [
        say('Secret key: ', 'Geheimer Schlüssel: ', 'Clé secrète : ', 'Clave secreta: '),
        { kind: 'secret-key', text: values.grouped(secret, 4) }
      ],
      x,
      bottom - 80
    )
  button(page, say('Next', 'Weiter', 'Suivant', 'Siguiente'), x, bottom - 54, true)
  return page
}

export const codesLayouts: LayoutCounts = {
  'text message': { layout: sms, count: 6 },
  notification: { layout: notification, count: 4 },
  'code by mail': { layout: codeMail, count: 2 },
  'Wi-Fi code': { layout: networkCode, count: 4 },
  'two-factor setup': { layout: twoFactor, count: 4 }
}
