import { costUsd, findModel, pixelLimit } from '#core/describing/models/models.ts'
import { providerOf } from '#core/describing/models/providers.ts'
import type { Detail } from '#shared/caption.ts'

/** Image tokens of the models that bill 512-px tiles. Measured for gpt-4o-mini, from OpenAI's price page for the rest. */
const tileTokens: Record<string, { base: number; tile: number }> = {
  'gpt-4o-mini': { base: 2833, tile: 5667 },
  'gpt-4o': { base: 85, tile: 170 },
  'gpt-4.1': { base: 85, tile: 170 }
}
const patchPx = 32
/** Tokens of Descry's own instructions and question. */
const promptTokens = 700
/** The usual length of an answer in tokens; it may be longer. */
const usualAnswerTokens: Record<Detail, number> = { brief: 60, standard: 130, detailed: 600, text: 500 }

/**
 * Estimates the cost of describing a picture of this size in US dollars: 0 for a model on this computer, null if the
 * price is unknown.
 */
export function estimateCostUsd(
  model: string,
  baseUrl: string,
  picture: { width: number; height: number },
  detail: Detail
): number | null {
  if (providerOf(baseUrl).isLocal) return 0
  return costUsd(model, {
    inputTokens: promptTokens + imageTokens(model, picture, detail),
    outputTokens: usualAnswerTokens[detail]
  })
}

function imageTokens(modelId: string, picture: { width: number; height: number }, detail: Detail): number {
  const model = findModel(modelId)
  const { maxWidthPx, maxHeightPx } = pixelLimit(model, detail)
  const [long, short] = [Math.max(picture.width, picture.height), Math.min(picture.width, picture.height)]
  const scale = Math.min(1, maxWidthPx / long, maxHeightPx / short)
  const pieces = (px: number): number => Math.ceil((long * scale) / px) * Math.ceil((short * scale) / px)
  const tiles = tileTokens[model.id]
  return tiles ? tiles.base + tiles.tile * pieces(512) : pieces(patchPx)
}
