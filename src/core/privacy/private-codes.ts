import { findPrivateText } from './private-text.ts'
import type { Code } from '#shared/caption.ts'
import { contactKinds, type PrivateKind } from '#shared/privacy.ts'

/** Parameters of addresses that sign someone in, or prove who they are. */
const tokenParameter =
  /[?&#;](?:[\w-]*token|code|otp|auth\w*|login\w*|sig|signature|secret|key|api_?key|password|pwd|magic|ticket|session\w*|sid|challenge|nonce|invite\w*|jwt|hash)=[^&#]{6,}/iu
const tokenPath =
  /\/(?:login|signin|sign-in|auth|verify|magic|reset|activate|confirm|invite|qr|pair|link)\/[\w.~-]{16,}/iu

/** What codes that sign in, pair, pay, or carry someone's data begin with. */
const privateForms: readonly [form: RegExp, kind: PrivateKind][] = [
  // A network with a password. One without has nothing to hide.
  [/^WIFI:(?=(?:.*;)?P:[^;])/isu, 'login-code'],
  // One-time passwords and their export from authenticators
  [/^otpauth(?:-migration)?:/iu, 'login-code'],
  // Apps that sign in by showing a code: WhatsApp, Signal, Telegram, Discord, Steam, FIDO, passkeys, WalletConnect
  [
    /^(?:sgnl|tsdevice|tg|discord|steam|fido|wc|line|weixin|wxp|openid\w*|haip|mdoc|webauthn|bitwarden|ms-?auth\w*|phonefactor|duo|matrix|rustdesk|adb):/iu,
    'login-code'
  ],
  [/^WIFI:T:ADB;/iu, 'login-code'],
  [
    /^https?:\/\/(?:s\.team\/q\/|discord(?:app)?\.com\/ra\/|signal\.(?:link|group|me)\/|wa\.me\/qr|(?:[\w-]+\.)*whatsapp\.com\/)/iu,
    'login-code'
  ],
  // WhatsApp Web: "2@…,…,…"
  [/^\d@[\w+/=]{20,},/u, 'login-code'],
  // Smart home: Matter and HomeKit pairing
  [/^(?:MT:|X-HM:\/\/)/u, 'login-code'],
  // Mobile network: eSIM activation
  [/^LPA:1\$/iu, 'login-code'],
  // Payments: SEPA transfer (EPC), Swiss QR bill, EMV merchants and Pix, UPI, payment schemes, currencies
  [/^BCD\r?\n/u, 'login-code'],
  [/^SPC\r?\n0\d00/u, 'login-code'],
  [/^000201\d\d/u, 'login-code'],
  [
    /^(?:upi|bank|payto|SPD|paypal|venmo|cashapp|alipays?|bitcoin|lightning|lnurl\w*|ethereum|litecoin|dogecoin|monero|solana|zcash):/iu,
    'login-code'
  ],
  // Boarding passes (IATA BCBP): name, booking, flight
  [/^M[1-4][A-Z][A-Z '/-]{19}E?[A-Z0-9 ]{6,8}[A-Z]{6}/u, 'login-code'],
  // Health and vaccination certificates
  [/^(?:HC1:|shc:\/)/u, 'login-code']
]

/**
 * Whether a bar code or QR code holds something private, judged by its content: a login, a network password, a payment, a
 * boarding pass. Null for what people read off a poster or a package: an address of a website, a product number, a contact.
 */
export function privateKindOfCode({ text }: Code): PrivateKind | null {
  const content = text.trim()
  for (const [form, kind] of privateForms) if (form.test(content)) return kind
  if (/^[a-z][a-z0-9+.-]*:/iu.test(content)) {
    if (tokenParameter.test(content) || (/^https?:/iu.test(content) && tokenPath.test(content))) return 'login-code'
  }
  return findPrivateText(content).some(({ kind }) => !contactKinds.has(kind)) ? 'login-code' : null
}
