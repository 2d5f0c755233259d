import { details, presets, type Detail, type LocalFacts, type Preset } from '#shared/caption.ts'
import type { OwnPreset } from '#shared/settings.ts'
import { quoted } from './quoted.ts'

/** Where a picture came from, as far as that shows what kind of picture it is. */
export type PictureOrigin = 'screen' | 'elsewhere'

/**
 * The probable kind of a picture, from facts found on this computer: a retail bar code means a product, and a capture
 * is a screen. Null for a drawing, which may be a meme, art, a diagram or a map.
 */
export function presetFor(facts: Pick<LocalFacts, 'kind' | 'codes'>, origin: PictureOrigin): Preset | null {
  if (origin === 'screen') return 'screen'
  if (facts.codes.some(({ format }) => /^(?:EAN|UPC)/iu.test(format))) return 'product'
  return facts.kind === 'drawing' ? null : facts.kind
}

/** The next level of detail for the key that cycles through them: brief, standard, detailed, text, and brief again. */
export function nextDetail(detail: Detail): Detail {
  return details[(details.indexOf(detail) + 1) % details.length] ?? 'standard'
}

/** Rules for each kind of picture. */
const rules: Record<Preset, string> = {
  screen:
    'Screen: the title of the dialog or page, then areas from the top down; for controls their name, value and ' +
    'state; what has the focus; every error and every instruction in full. No remarks on colors, looks or layout ' +
    'for its own sake.',
  photo:
    'Photo: who or what is there and what happens, where, and when if it can be seen; then what stands out; signs and ' +
    'other text.',
  people:
    'People: how many, where each is, clothing, hair, posture, where they look, expression as it appears ("smiles", ' +
    'not "is happy") and what they do, from left to right; then the scene round them.',
  chart:
    'Chart: its type, title, axes with units, range and trend; highest and lowest; the single points with their values ' +
    'if they are few. Values that are not printed are estimates: say "about".',
  document:
    'Document: what kind it is, who it is from, its title, then its content in reading order; headings, sums and dates ' +
    'exactly. Tables row by row, each cell with its heading. Form fields with what is filled in.',
  product:
    'Product: brand; what it is, kind and amount; its category, such as food, medicine or cosmetics; then the text on ' +
    'the pack that can be read: warnings and allergens first, best-before or expiry date, ingredients, directions, price. ' +
    'Say if a date or warning is there but cannot be read, or which side of the pack is seen.',
  meme:
    'Meme or comic: panel by panel in reading order, the words of each exactly and who says them, the picture under them; ' +
    'last the joke in one plain sentence.',
  art:
    'Art: its kind and technique, what it shows, then composition, colors, light and mood as they appear; title and ' +
    'artist only if they are written there.',
  next:
    'Next: what the screen wants of its user now; the one control to press next, by its exact name, kind and place; ' +
    'what probably follows; then the other choices. If a press would pay, send, delete or agree to something, say so first.'
}

/** For rules that ask for more than the length allows: small models would follow the rule they read last. */
const lengthFirst = 'What matters most of this, within the length above:'

/**
 * Lines for the instructions: the rules that the user chose, or all of them with the probable kind first. One sentence
 * has room for only one of them.
 */
export function presetRules(chosen: Preset | null, probable: Preset | null, isOneSentence: boolean): string[] {
  if (chosen !== null) return [`The user says what kind of picture it is. ${lengthFirst}`, `- ${rules[chosen]}`]
  const likely =
    probable === null
      ? []
      : [`It is probably this kind of picture; look for yourself. ${lengthFirst}`, `- ${rules[probable]}`]
  if (isOneSentence) return likely
  // The user has to ask for this one; it is not a kind of picture.
  const others = presets.filter((preset) => preset !== 'next' && preset !== probable)
  return [
    ...likely,
    probable === null ? `What belongs to each kind of picture. ${lengthFirst}` : 'If it is of another kind:',
    ...others.map((preset) => `- ${rules[preset]}`)
  ]
}

/** Values for the variables in the user's own preset; null if unknown. */
export interface PresetValues {
  window: string | null
  app: string | null
  text: string | null
  question: string | null
}

const variable = /\{(window|app|text|question)\}/gu
const maxValueCharacters: Record<keyof PresetValues, number> = { window: 200, app: 200, text: 4000, question: 2000 }

/** True if the user's own preset has this variable. */
export function hasVariable(preset: Preset | OwnPreset | null, name: keyof PresetValues): boolean {
  return isOwn(preset) && preset.prompt.includes(`{${name}}`)
}

export function isOwn(preset: Preset | OwnPreset | null): preset is OwnPreset {
  return typeof preset === 'object' && preset !== null
}

/**
 * The user's own prompt with its variables filled in, in one pass, each as a quoted string on one line. A window title
 * that contains "{question}" or instructions is still only a window title.
 */
export function fillPreset(preset: OwnPreset, values: PresetValues): string {
  return preset.prompt.replace(variable, (_, name: keyof PresetValues) => {
    const value = values[name]
    return value === null ? '(not known)' : quoted(value, maxValueCharacters[name])
  })
}
