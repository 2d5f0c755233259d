/** Which windows are private as a whole, so that nothing in them is looked at before anything is sent. */
export interface PrivateWindowPatterns {
  /** Names of programs. */
  applications: readonly string[]
  /** Whole titles of windows. */
  titles: readonly string[]
}

/** The window with the focus, as a capture reports it; null for what the system did not say. */
export interface NamedWindow {
  windowTitle: string | null
  applicationName: string | null
}

/**
 * Password managers and authenticators, by the names they have on Linux (the class of the window), macOS, and Windows. In a
 * pattern, `*` stands for anything; capitals do not count. A browser that shows a password manager's website is known by the
 * title. Windows for private browsing are left out: they hide a page from the history, not from its reader, who wants to
 * hear it like any other.
 */
export const usualPrivateWindows: PrivateWindowPatterns = {
  applications: [
    '1Password*',
    'Authenticator',
    'Authy*',
    'Bitwarden*',
    'Buttercup*',
    'com.belmoussaoui.Authenticator',
    'Credential Manager',
    'Dashlane*',
    'Ente Auth*',
    'Enpass*',
    'io.ente.auth',
    'KeePass',
    'KeePass.exe',
    'KeePass Password Safe',
    'KeePassX',
    'KeePassXC*',
    'Keeper*Password Manager*',
    'Keychain Access',
    'kwalletmanager*',
    'LastPass*',
    'NordPass*',
    'OTPClient*',
    'org.gnome.seahorse*',
    'org.gnome.World.Secrets',
    'org.keepassxc.*',
    'org.kde.kwalletmanager*',
    'Passwords',
    'Passwords and Keys',
    'Password Safe',
    'Proton Authenticator',
    'Proton Pass*',
    'QtPass',
    'RoboForm*',
    'seahorse',
    'Secrets',
    'Strongbox*',
    'Yubico Authenticator*'
  ],
  titles: [
    '1Password',
    '*- 1Password*',
    '*- KeePass',
    '*- KeePassXC*',
    '*Bitwarden Web*',
    'Bitwarden',
    'Google Password Manager*',
    'KDE Wallet Manager*',
    'My Vault*LastPass*',
    'Passwords and Keys',
    '*Proton Pass - *',
    'Credential Manager*'
  ]
}

/** Whether one of the patterns fits the window's program or its title. */
export function isPrivateWindow(
  { windowTitle, applicationName }: NamedWindow,
  { applications, titles }: PrivateWindowPatterns
): boolean {
  const fits = (text: string | null, patterns: readonly string[]): boolean => {
    const plain = plainTitle(text ?? '')
    return plain !== '' && patterns.some((pattern) => fitsPattern(plain, plainTitle(pattern)))
  }
  return fits(applicationName, applications) || fits(windowTitle, titles)
}

/** Programs write any dash between the parts of a title, and spaces that do not break. */
function plainTitle(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212]/gu, '-')
    .replace(/[\p{Cf}\p{Cc}]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase()
}

/** Without a regular expression, since patterns are typed by people and titles come from anywhere. */
function fitsPattern(text: string, pattern: string): boolean {
  const parts = pattern.split('*')
  const [first = '', last = ''] = [parts[0], parts.at(-1)]
  if (parts.length === 1) return text === pattern
  if (parts.every((part) => part === '')) return false
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false
  let from = first.length
  for (const part of parts.slice(1, -1)) {
    const at = text.indexOf(part, from)
    if (at === -1) return false
    from = at + part.length
  }
  return from <= text.length - last.length
}
