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
