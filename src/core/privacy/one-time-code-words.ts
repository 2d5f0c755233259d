/** The words around one-time codes, and the forms of the codes. All are looked for in lower case without accents. */

/** OCR loses spaces: "Yourverification code". */
const afterWord = '(?:\\b|(?<=\\b(?:your|the|ihr|dein|votre|saved|new|my|enter|use|su|tu|seu)))'
const purpose =
  '(?:verification|security|authentication|authenticator|authorization|confirmation|one[- ]?time|log[- ]?in|sign[- ]?in|access|two[- ]?(?:factor|step)|2fa|mfa|sms|otp|unlock|activation|pairing|device|approval|temporary|reset|door|gate|entry|alarm|guard|meeting|keypad|safe|lock)'
const german =
  '(?:bestatigungs|sicherheits|einmal|anmelde|verifizierungs|verifikations|zugangs|zugriffs|freischalt|freigabe|authentifizierungs|login|aktivierungs|sms|pruf|kopplungs|tur|entsperr|sperr|alarm|gerate|tresor)'
export const strongLabel = new RegExp(
  `${afterWord}(?:${[
    `${purpose}[- ]?(?:pass)?code`,
    'one[- ]?time[- ]?(?:password|pass|pin)',
    'otp',
    'passcode',
    '[a-z]{0,6}tan(?:-nummer)?',
    `${german}-?code`,
    'einmal-?(?:passwort|kennwort|pin)',
    "code ?(?:(?:de|d'|a|pour) ?)?(?:verification|confirmation|securite|validation|connexion|l'?acces|acces|authentification|usage ?unique|activation|deverrouillage|sms|temporaire|unique|secret)",
    'mot ?de ?passe ?(?:a ?usage ?unique|temporaire)',
    '(?:c[oe]digo|clave|contrase(?:n|f|fi|ii|m)a) ?(?:de ?|temporal\\b|unic[oa]\\b)(?:(?:verificacion|seguridad|acceso|confirmacion|autenticacion|activacion|inicio ?de ?sesion|validacion|(?:un ?solo ?)?uso(?: ?unico)?)\\b)?',
    "(?:codice|password) ?(?:di ?|d'|monouso\\b|temporane[ao]\\b|otp\\b)(?:verifica|sicurezza|conferma|accesso|autenticazione|attivazione|sblocco)?",
    '(?:c[oe]digo|senha) ?(?:de ?(?:verifica[cg]ao|seguran[cg]a|confirma[cg]ao|acesso|autentica[cg]ao|ativa[cg]ao|uso ?unico)|descartavel|temporari[ao]|unic[oa])'
  ].join('|')})(?:s|is|ist)?\\b`,
  'gu'
)
const possessive = '(?:your|ihr|ihren|dein|deinen|votre|ton|tu|su|il tuo|il suo|o seu|seu|teu)'
const codeWord = '(?:code|c[oe]digo|codice|clave)'
/** "Your Example code", without saying what for. */
export const ownLabel = new RegExp(
  `\\b${possessive} ?(?:[\\w.&+'-]{1,20} ){0,3}?(?:sms-?|[\\w]{1,20}-)?${codeWord}\\b`,
  'gu'
)
/** "Enter this code to sign in" */
export const thisLabel =
  /\b(?:this|following|below|folgenden|diesen|ce|suivant|este|siguiente|questo|seguente) ?(?:[a-z-]{1,14} )?(?:code|c[oe]digo|codice)\b|\b(?:code|c[oe]digo|codice) (?:below|unten|suivant|ci-dessous|siguiente|seguente|abaixo)\b/gu
/** "Example code: 48291": a name before the code. */
export const brandLabel = /(?:^|[\s"'(])[A-Z][A-Za-z0-9]{2,20}[ -][Cc]ode(?= ?:| (?:is|lautet|ist|est)\b)/gu
export const bareLabel = /\b(?:enter (?:this |the )?|use (?:this |the )?)?(?:code|c[oe]digo|codice)(?= ?[:=]| \d)/gu
/** "482913 is your Example code" */
export const ownAfter = new RegExp(
  `^ ?(?:is|ist|lautet|est|es|e|-|:)? ?${possessive} [^\\n]{0,40}?\\b(?:[a-z]{0,20}${codeWord}|otp|tan|einmalpasswort|passwor[dt])\\b`,
  'u'
)

/** "Use 482913 to sign in" */
export const useBefore =
  /\b(?:use|enter|type|verwenden sie|nutzen sie|utilisez|usa|use o|usa il|saisissez|ingresa|introduce)(?: (?:the|this|den|le|el|il|o))?(?: (?:code|c[oe]digo|codice))? $/u
export const useAfter =
  /^ ?(?:to|as|for|on|in|at|zum|um|pour|para|per|comme|como|come|als) [^\n]{0,40}?(?:sign|log|verif|confirm|authent|anmeld|bestat|connect|identif|acced|inicia|entrar|access)/u

/** Codes that are not secret. */
export const openCode =
  /(?:promo\w*|discount|coupon|voucher|gift|postal|zip|post|area|country|dial\w*|error|exit|status|http|response|return|reason|product|item|article|colou?r|qr|bar|source|dress|sort|swift|bic|iata|airport|tax|tracking|booking|reservation|reference|order|invoice|customer|ticket|referral|invit\w+|promotion\w*|machine|hs|building|course|model|part|batch|lot|offer|campaign|currency|language|plu|hex|cheat|key|bank|branch|routing|group|game|room|class|style|sku|shop|store|savings) ?codes?\b|code ?(?:postal|promo\w*|erreur|d'erreur|couleur|article|produit|barres?|ape|naf|client|cadeau|reduction|of|red|review|name|block|base|snippet)|c[oe]di(?:go|ce) ?(?:postal|postale|promoc\w*|sconto|errore|prodotto|articolo|fiscale|cliente|de ?(?:descuento|error|producto|barras|area|pais|referencia|reserva|erro|rastreio)|do ?produto|a ?barre|qr)/u
export const context =
  /expires? ?in|valid ?for|(?:do ?not|don't|never) ?share|minutes|gultig|minuten|nicht ?weiter|(?:partagez|communiquez|divulguez)|valable|expire|caduca|valido|compart|condivider|scade|sign(?:ing)? ?in|log(?:ging)? ?in|verif|anmeld|anzumeld|authenti|two-factor|2fa|connexion|iniciar ?sesion|acced|entrar/u
export const authenticator =
  /authenticator|two-factor|two-step|\b2fa\b|\btotp\b|\baegis\b|\bauthy\b|one-time ?(?:code|password)/u

const value =
  '(?:[a-z]-\\d{5,6}|\\d{3}[ -]\\d{3}|\\d{4}[ -]\\d{4}|\\d{2} \\d{2} \\d{2}|\\d(?: \\d){3,7}|\\d{4,8}|(?=[0-9oilsbz|]{4,8}\\b)(?:[oilsbz|]{0,2}\\d[oilsbz|]{0,2}){3,8})'
const boundaryBefore = '(?<![\\p{L}\\p{N}+*•#@&_$€£/]|\\d[.,:/ -]|[.,]\\d)'
const boundaryAfter =
  '(?![\\p{L}\\p{N}%€$£°_@*•]|[.,:/]\\d|-\\d| ?(?:%|€|eur|usd|\\$|min|h\\b|hour|day|sec|tage|stund|sekund|hora|heure|jour|ore\\b|dia|point|punkt|character|digit|zeichen|stell|chiffre|cifr|caracter|time|mal\\b|fois|people|user|kb|mb|gb|x\\b| ?\\d))'
export const valuePattern = new RegExp(`${boundaryBefore}${value}${boundaryAfter}`, 'gu')
export const wholeValue = new RegExp(
  `^\\W{0,3}(${value}|\\d(?: ?\\d){3,7})\\W{0,3}(?:copy|kopieren|copier|copiar|copia)?$`,
  'u'
)
/** Letters and digits mixed, in capitals: only beside a label that says what the code is for. */
export const mixedValue =
  /(?<![\p{L}\p{N}])(?:(?=[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z0-9]{4,10}(?:-[A-Z0-9]{3,6}){0,2}|[A-Z]{3,4}-[A-Z]{3,4})(?![\p{L}\p{N}-])/gu
export const wholeMixed = new RegExp(`^\\W{0,3}(${mixedValue.source})\\W{0,3}$`, 'u')

/** What may stand between a label and its code on one line. */
export const connection =
  /^(?:[^\n\d]{0,14}|(?:[^\n.!?]|\.(?= ?\d)){0,60}?(?:\b(?:is|lautet|ist|est|es|e|sono|be|enter|eingeben)\b|:|=|->)\s{0,3}["'(]?)$/u
export const sentTo =
  /\b(?:sent|gesendet|geschickt|envoye|enviado|inviato|to|an|ending|number|phone|in|until|bis|since)\b[^:]{0,30}$/u
