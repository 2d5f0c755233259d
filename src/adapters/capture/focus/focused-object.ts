import type { FocusedObject } from '#core/ports/capture.ts'
import type { Area } from '#shared/caption.ts'
import { printableLine } from '#shared/printable.ts'
import { t, type PlainMessageKey } from '#shared/messages/messages.ts'

/** A finder answers within half a second, or with null. */
export const findTimeoutMs = 450

/** What people call the systems' roles (in lower case); other roles are spoken as they are. */
const spokenRoles: Record<string, PlainMessageKey> = {
  // AT-SPI
  text: 'capture.role.text-field',
  entry: 'capture.role.text-field',
  'password text': 'capture.role.password-field',
  'push button': 'capture.role.button',
  'document web': 'capture.role.web-page',
  'page tab': 'capture.role.tab',
  // UI Automation
  edit: 'capture.role.text-field',
  hyperlink: 'capture.role.link',
  'tab item': 'capture.role.tab',
  // macOS
  'secure text field': 'capture.role.password-field',
  'static text': 'capture.role.text',
  'web area': 'capture.role.web-page'
}

/** Longer than any label: names come from programs and web pages. */
const maxNameLength = 200

/**
 * A control as a system reports it, in words for people; null when it has no place on the screen.
 *
 * @param role The system's own word, such as "push button" or "CheckBox".
 */
export function focusedObject(place: Area, role: string, name: string | null): FocusedObject | null {
  const { x, y, width, height } = place
  if (![x, y, width, height].every(Number.isFinite) || width <= 0 || height <= 0) return null
  const plain = role.replace(/(?<=[a-z])(?=[A-Z])/gu, ' ').toLowerCase()
  const key = spokenRoles[plain]
  const spoken = key ? t(key) : /^[a-z][a-z -]{0,39}$/u.test(plain) ? plain : t('capture.role.control')
  return {
    place: { x, y, width, height },
    role: spoken,
    name: printableLine(name ?? '').slice(0, maxNameLength) || null
  }
}
