import { expect, test } from 'vitest'
import { isPrivateWindow, usualPrivateWindows, type NamedWindow } from '#core/privacy/private-windows.ts'

const isUsual = (applicationName: string | null, windowTitle: string | null): boolean =>
  isPrivateWindow({ applicationName, windowTitle }, usualPrivateWindows)

test.each([
  ['KeePassXC', 'Passwords.kdbx - KeePassXC'],
  ['keepassxc', null],
  ['Bitwarden', 'Bitwarden'],
  ['1Password', 'All Accounts — 1Password'],
  ['org.gnome.seahorse.Application', 'Passwords and Keys'],
  ['Keychain Access', 'Keychain Access'],
  ['Passwords', null],
  ['LastPass', 'LastPass'],
  ['Dashlane', 'Dashlane'],
  ['Proton Pass', 'Proton Pass'],
  ['Authenticator', 'Authenticator'],
  // A browser shows it.
  ['firefox', 'Vaults | Bitwarden Web Vault — Mozilla Firefox'],
  ['Google-chrome', 'Google Password Manager - Google Chrome'],
  [null, 'Passwords – KeePassXC']
])('the window of %j called %j is private', (application, title) => expect(isUsual(application, title)).toBe(true))

test.each([
  ['firefox', 'How to choose a password manager - Mozilla Firefox'],
  ['firefox', 'KeePassXC: Documentation — Mozilla Firefox'],
  ['firefox', 'Mozilla Firefox Private Browsing'],
  ['Google-chrome', 'Order 4711 - Google Chrome (Incognito)'],
  ['org.gnome.Nautilus', 'Passwords'],
  ['Code', 'passwords.ts - descry - Visual Studio Code'],
  ['Slack', 'authenticator (Channel) - Example - Slack'],
  ['', ''],
  [null, null]
])('the window of %j called %j is not', (application, title) => expect(isUsual(application, title)).toBe(false))

test('a user adds patterns with a star for anything', () => {
  const fits = (pattern: string, window: Partial<NamedWindow>): boolean =>
    isPrivateWindow({ applicationName: null, windowTitle: null, ...window }, { applications: [], titles: [pattern] })
  expect(fits('*Online Banking*', { windowTitle: 'Example Bank: online  banking — Firefox' })).toBe(true)
  expect(fits('Diary', { windowTitle: 'Diary' })).toBe(true)
  expect(fits('Diary', { windowTitle: 'My Diary' })).toBe(false)
  expect(fits('Bank*Bank', { windowTitle: 'Bank' })).toBe(false)
  expect(fits('a*b*c', { windowTitle: 'a c b c' })).toBe(true)
  // What would make every window private is ignored, and so is an empty line.
  for (const pattern of ['', ' ', '*', '**']) expect(fits(pattern, { windowTitle: 'Anything' })).toBe(false)
  // Signs of regular expressions mean themselves.
  expect(fits('a.c (1)', { windowTitle: 'abc (1)' })).toBe(false)
})
