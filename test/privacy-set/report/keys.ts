import { button, codeLines } from '../blocks.ts'
import { dialogPage, lookOf, windowPage, type Layout, type LayoutCounts } from '../frames.ts'
import { time, timestamp, uuid, version } from '../harmless-values.ts'
import { Page } from '../page.ts'
import * as values from '../values.ts'

// Pictures of set B with keys of programs.

const pipeline: Layout = (make) => {
  const { chance, set } = make
  const { page, x, y, width } = windowPage(make, 'docker-compose.yml', [
    'Explorer',
    'docker-compose.yml',
    'Makefile',
    'README.md'
  ])
  codeLines(page, [
    'services:',
    '  db:',
    `    image: postgres:${version(chance)}`,
    '    environment:',
    '      POSTGRES_USER: app',
    ['      POSTGRES_PASSWORD: ', values.password(chance, set)],
    '  web:',
    `    image: registry.example.com/web@sha256:${values.someHex(chance, 64)}`,
    '    environment:',
    [`      ${chance.pick(['MAIL_API_TOKEN', 'AUTH_SECRET', 'SERVICE_KEY'])}: "`, values.secretKey(chance, set), '"'],
    `    ports: ["${chance.whole(3000, 9999)}:80"]`
  ], { x, y, width, numbers: true }) // prettier-ignore
  return page
}

const request: Layout = (make) => {
  const { chance, set } = make
  const page = new Page(lookOf(make), { width: 1060, height: 440, scale: chance.pick([1, 1.8]) })
  codeLines(page, [
    '$ curl -v https://api.example.org/v2/orders \\',
    ['  -H "Authorization: Bearer ', chance.happens(0.5) ? values.jwt(chance) : values.secretKey(chance, set), '"'],
    '> GET /v2/orders HTTP/2',
    '> User-Agent: curl/8.5.0',
    `< date: ${timestamp(chance)}`,
    `< x-request-id: ${uuid(chance)}`,
    `< etag: "${values.someHex(chance, 32)}"`,
    `{"count": ${chance.whole(10, 99)}, "next": null}`
  ], { x: 18, y: 34, width: 1020, sizePx: 15 }) // prettier-ignore
  return page
}

const savedKey: Layout = (make) => {
  const { chance, set, say } = make
  const { page, x, y, width, bottom } = dialogPage(
    make,
    say('Save your key', 'Schlüssel speichern', 'Enregistrez votre clé', 'Guarda tu clave'),
    { width: 680, height: 320 }
  )
  page.wrapped(
    say(
      'You will not be able to see this secret key again.',
      'Dieser geheime Schlüssel wird nur einmal angezeigt.',
      'Vous ne pourrez plus revoir cette clé secrète.',
      'No podrás volver a ver esta clave secreta.'
    ),
    x,
    y,
    width
  )
  page.box(x, y + 30, width, 72, { fill: page.look.paper, stroke: page.look.line, radius: 8 })
  const value = chance.happens(0.6) ? values.secretKey(chance, set) : values.plainKey(chance, set)
  page.wrapped(value, x + 14, y + 60, width - 28, { family: 'Sans Mono', sizePx: 15, leadingPx: 24 })
  page.text(
    say(
      'Permissions: read and write',
      'Rechte: Lesen und Schreiben',
      'Droits : lecture et écriture',
      'Permisos: lectura y escritura'
    ),
    x,
    y + 134,
    { sizePx: 13, color: page.look.soft }
  )
  button(page, say('Done', 'Fertig', 'Terminé', 'Hecho'), x, bottom - 52, true)
  return page
}

const keyFile: Layout = (make) => {
  const { chance } = make
  const page = new Page(lookOf(make), { width: 720, height: 420, scale: chance.pick([1.2, 2]) })
  const name = chance.pick(['OPENSSH PRIVATE KEY', 'PRIVATE KEY', 'RSA PRIVATE KEY'])
  const style = { family: 'Sans Mono', sizePx: 14 } as const
  const lines = values.pemLines(chance, name, chance.whole(6, 9))
  page.text('mira@laptop:~$ cat .ssh/id_key', 18, 34, style)
  const value = { kind: 'secret-key', text: lines.map(({ text }) => text).join('\n') } as const
  page.lines(
    value,
    lines.map(({ text }, index) => ({ text, x: 18, y: 58 + index * 24 })),
    style
  )
  page.text('mira@laptop:~$ uptime', 18, 58 + lines.length * 24, style)
  page.text(`${time(chance)} up 12 days, load 0.08, 0.12, 0.09`, 18, 82 + lines.length * 24, style)
  return page
}

export const keysLayouts: LayoutCounts = {
  'compose file': { layout: pipeline, count: 3 },
  'HTTP request': { layout: request, count: 3 },
  'new key dialog': { layout: savedKey, count: 4 },
  'private key file': { layout: keyFile, count: 2 }
}
