import { measure } from './measures.ts'
import type { PictureKind } from '#shared/caption.ts'
import type { RgbaImage } from '#core/ports/pictures.ts'

/**
 * Guesses what kind of picture this is, to choose prompts and wording. It is never stated as a fact. `npm run kinds`
 * shows how often it is right.
 */
export function pictureKind(image: RgbaImage): PictureKind {
  const { flat, soft, ink, colorful, paper, plain, lyingRule, standingRule, inkRunPx } = measure(image)
  const hasRules = Math.max(lyingRule, standingRule) > 0.13
  // A computer-made picture still has many sharp edges after JPEG has blurred it.
  const isPainted = flat >= 0.35 && soft <= (ink > 0.01 ? 0.4 : 0.2)
  if (!isPainted) {
    // Letters and lines on a plain background are still recognizable under a camera's noise.
    if (plain < 0.7 || ink < 0.018 || colorful > 0.25) return 'photo'
    if (colorful > 0.05) return hasRules ? 'chart' : 'photo'
    return paper > 0.5 ? 'document' : 'screen'
  }
  // Bars and windows extend from edge to edge.
  if (lyingRule > 0.94) return 'screen'
  if (colorful > 0.55) return 'drawing'
  // Axes and bars, or thin colored lines; with rules and little color it is a window or a table.
  if (hasRules) return colorful > 0.05 || (colorful > 0.003 && ink < 0.02) ? 'chart' : 'screen'
  // Taller than lines of text.
  if (colorful > 0.2 || inkRunPx > 35) return 'drawing'
  return paper > 0.5 ? 'document' : 'screen'
}
