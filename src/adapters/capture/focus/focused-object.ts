import type { FocusedObject } from '#core/ports/capture.ts'
import type { Area } from '#shared/caption.ts'
import { printableLine } from '#shared/printable.ts'

/** What the systems' words for controls, in lower case, are called by people; others are said as they are. */
const spokenRoles: Record<string, string> = {
  // AT-SPI
  text: 'text field',
  entry: 'text field',
  'password text': 'password field',
  'push button': 'button',
  'document web': 'web page',
  'page tab': 'tab',
  // UI Automation
  edit: 'text field',
  hyperlink: 'link',
  'tab item': 'tab',
  // Apple's
  'secure text field': 'password field',
  'static text': 'text',
  'web area': 'web page'
}

/** Longer names than any label; they come from programs and web pages. */
const maxNameLength = 200

/**
 * What a system told of a control, for people; null when it has no place.
 *
 * @param role the system's own word, such as "push button" or "CheckBox".
 */
export function focusedObject(place: Area, role: string, name: string | null): FocusedObject | null {
  const { x, y, width, height } = place
  if (![x, y, width, height].every(Number.isFinite) || width <= 0 || height <= 0) return null
  const plain = role.replace(/(?<=[a-z])(?=[A-Z])/gu, ' ').toLowerCase()
  const spoken = spokenRoles[plain] ?? (/^[a-z][a-z -]{0,39}$/u.test(plain) ? plain : 'control')
  return {
    place: { x, y, width, height },
    role: spoken,
    name: printableLine(name ?? '').slice(0, maxNameLength) || null
  }
}
