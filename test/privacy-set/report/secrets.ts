import { button, chat, field, fill, rows } from '../blocks.ts'
import { browserPage, lookOf, paperPage, phonePage, windowPage, type Layout, type LayoutCounts } from '../frames.ts'
import { date, person, time } from '../harmless-values.ts'
import { Page, type Part } from '../page.ts'
import * as values from '../values.ts'

// Pictures of set B with passwords.

const vault: Layout = (make) => {
  const { chance, set, language, say } = make
  const { page, x, y, width } = windowPage(make, 'Hubly', [
    say('Vault', 'Tresor', 'Coffre', 'Bóveda'),
    'Hubly',
    'Postaro',
    'Cloudnest'
  ])
  const entry = (label: string, value: Part, at: number): void => {
    page.text(label, x, at, { sizePx: 12, color: page.look.soft })
    page.text(value, x, at + 26, { sizePx: 17 })
    page.line(x, at + 42, Math.min(width, 520))
  }
  entry(say('username', 'Benutzername', 'identifiant', 'usuario'), person(chance, set, language).email, y)
  entry(say('password', 'Kennwort', 'mot de passe', 'contraseña'), values.password(chance, set), y + 72)
  entry(say('website', 'Website', 'site web', 'sitio web'), 'https://hubly.example.com', y + 144)
  entry(
    say('last changed', 'zuletzt geändert', 'modifié le', 'última modificación'),
    `${date(chance, language)} ${time(chance)}`,
    y + 216
  )
  return page
}

const stickyNote: Layout = (make) => {
  const { chance, set, say } = make
  const page = new Page(
    { ...lookOf(make), paper: '#6f6a62' },
    { width: 480, height: 420, scale: chance.pick([1, 1.6]) }
  )
  page.box(40, 30, 400, 360, { fill: chance.pick(['#ffe97a', '#c9f2a5', '#ffd3e2']) })
  const style = { sizePx: 24, color: '#22304a', family: 'Serif' } as const
  page.text(say('Guest Wi-Fi', 'Gäste-WLAN', 'Wi-Fi invités', 'Wi-Fi invitados'), 70, 110, { ...style, bold: true })
  page.text(`${say('Name', 'Name', 'Nom', 'Nombre')}: Atelier-${values.someDigits(chance, 2)}`, 70, 180, style)
  page.text([say('PW: ', 'PW: ', 'MdP : ', 'Clave: ')], 70, 240, style)
  page.text(values.password(chance, set), 70, 290, { ...style, sizePx: 25 })
  page.text(say('Have fun!', 'Viel Spaß!', 'Bonne journée !', '¡A disfrutar!'), 70, 360, { ...style, sizePx: 18 })
  return page
}

const passwordChat: Layout = (make) => {
  const { chance, set, language, say } = make
  const { page, y } = phonePage(make, person(chance, set, language).given, time(chance))
  chat(page, [
    { text: say('How do I get into the shared folder?', 'Wie komme ich in den Ordner?', 'Comment j’ouvre le dossier partagé ?', '¿Cómo entro en la carpeta compartida?') },
    { text: fill(say('The password is {}', 'Das Kennwort ist {}', 'Le mot de passe, c’est {}', 'La contraseña es {}'), values.password(chance, set)), mine: true },
    { text: say('Thanks, see you at 18:30', 'Danke, bis 18:30', 'Merci, à 18:30', 'Gracias, hasta las 18:30') }
  ], y + 20, page.width) // prettier-ignore
  return page
}

const wifiSettings: Layout = (make) => {
  const { chance, set, say } = make
  const { page, x, y, width } = browserPage(make, 'Router', 'http://192.168.178.1/wlan')
  page.text(say('Wireless security', 'WLAN-Sicherheit', 'Sécurité sans fil', 'Seguridad inalámbrica'), x, y, {
    sizePx: 22,
    bold: true
  })
  const place = chance.pick(['above', 'left'] as const)
  let at = y + 56
  const add = (label: string, value: Part): void =>
    void (at += field(page, label, value, { x, y: at, width: Math.min(width, 560), place }))
  add('SSID', `HomeBox ${values.someDigits(chance, 4)}`)
  add(say('Encryption', 'Verschlüsselung', 'Chiffrement', 'Cifrado'), 'WPA2 + WPA3')
  add(say('Network key', 'Netzwerkschlüssel', 'Clé de sécurité', 'Clave de red'), values.networkKey(chance, set))
  add(say('Channel', 'Kanal', 'Canal', 'Canal'), String(chance.whole(1, 13)))
  button(page, say('Apply', 'Übernehmen', 'Appliquer', 'Aplicar'), x, at, true)
  return page
}

const simLetter: Layout = (make) => {
  const { chance, say } = make
  const page = paperPage(make, { width: 760, height: 520 })
  page.text(say('Your SIM card', 'Ihre SIM-Karte', 'Votre carte SIM', 'Su tarjeta SIM'), 60, 90, {
    sizePx: 26,
    bold: true
  })
  page.wrapped(
    say(
      'Keep this letter in a safe place.',
      'Bewahren Sie dieses Schreiben sicher auf.',
      'Conservez ce courrier en lieu sûr.',
      'Guarde esta carta en un lugar seguro.'
    ),
    60,
    140,
    640
  )
  rows(
    page,
    [
      ['PIN', { kind: 'password', text: values.someDigits(chance, 4) }],
      ['PUK', { kind: 'password', text: values.someDigits(chance, 8) }],
      [say('Hotline', 'Hotline', 'Assistance', 'Atención'), '0800 555 0199']
    ],
    60,
    220,
    { column: 160, stepPx: 50, style: { sizePx: 20 } }
  )
  return page
}

export const secretsLayouts: LayoutCounts = {
  'password manager': { layout: vault, count: 4 },
  'sticky note': { layout: stickyNote, count: 3 },
  'password in a chat': { layout: passwordChat, count: 4 },
  'router page': { layout: wifiSettings, count: 4 },
  'SIM letter': { layout: simLetter, count: 2 }
}
