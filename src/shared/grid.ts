import { z } from 'zod'
import { areaSchema } from './caption.ts'

export const gridKeys = [
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  '8',
  '9',
  'left',
  'right',
  'up',
  'down',
  '+',
  '-',
  'other',
  'capture',
  'back'
] as const
/** What can be pressed while a part of the screen is being chosen. */
export type GridKey = (typeof gridKeys)[number]

/** Of the captures in which an area is chosen, the one shown: its size in pixels, the chosen area, and both in words. */
export const gridViewSchema = z.object({
  view: z.number().int(),
  label: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  area: areaSchema,
  words: z.string()
})
export type GridView = z.infer<typeof gridViewSchema>

/** What a key did. `captured`: this area is meant. `closed`: the user went back from the whole picture. */
export const gridStepSchema = gridViewSchema.extend({ outcome: z.enum(['chosen', 'captured', 'closed']) })
export type GridStep = z.infer<typeof gridStepSchema>
