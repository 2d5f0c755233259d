import { createRequire } from 'node:module'
import type * as CanvasPackage from '@napi-rs/canvas'

/**
 * The package `@napi-rs/canvas` without this computer's fonts. It looks for them when it is loaded, unless this variable is
 * set, which takes 0.1 s where there are few. Descry draws no text with it: SVGs are drawn by resvg, and pdf.js draws
 * letters as shapes.
 */
process.env.DISABLE_SYSTEM_FONTS_LOAD = '1'

// Not an import, which would come before the line above.
export const { createCanvas, loadImage, ImageData, clearAllCache } = createRequire(import.meta.url)(
  '@napi-rs/canvas'
) as typeof CanvasPackage

export type { Canvas, Image, SKRSContext2D } from '@napi-rs/canvas'
