import { expect, it } from 'vitest'
import { withSecondLook } from '#core/pictures/second-look.ts'
import type { ReadWord } from '#core/ports/pictures.ts'

const region = { box: { x: 100, y: 10, width: 60, height: 14 }, isLightOnDark: false, letterHeightPx: 14 }

function word(text: string, confidence: number, x = 100): ReadWord {
  return { text, confidence, box: { x, y: 10, width: 50, height: 14 } }
}

it('trusts two readings that agree, and not two that differ', () => {
  const first = [[word('Total', 95, 40), word('49.30', 70)]]
  const again = (...readings: ReadWord[][]): ReadWord[] | undefined =>
    withSecondLook(first, [{ region, readings }]).lines[0]
  expect(again([word('49.30', 75)])).toMatchObject([{ text: 'Total' }, { text: '49.30', confidence: 85 }])
  expect(again([word('49.80', 95)])).toMatchObject([{ text: 'Total' }, { text: '49.80', confidence: 50 }])
})

it('trusts a code that two readings agree on, apart from letters and digits that look the same', () => {
  const again = (first: string, ...readings: string[]): ReadWord | undefined =>
    withSecondLook([[word(first, 72)]], [{ region, readings: readings.map((text) => [word(text, 45)]) }]).lines[0]?.[0]
  expect(again('0x806O942', '0x8060942', 'Ox8060942')?.confidence).toBe(85)
  expect(again('srv65', 'srve5', 'srve5')?.confidence).toBe(45)
})

it('joins an amount to its cents when OCR put them in a column of their own', () => {
  const pounds = { text: '£28.', confidence: 95, box: { x: 10, y: 10, width: 50, height: 14 } }
  const cents = { text: '32', confidence: 96, box: { x: 66, y: 10, width: 26, height: 14 } }
  const thanks = { text: 'Thanks', confidence: 96, box: { x: 10, y: 40, width: 60, height: 14 } }
  expect(withSecondLook([[pounds], [thanks], [cents]], []).lines).toEqual([
    [{ text: '£28.32', confidence: 95, box: { x: 10, y: 10, width: 82, height: 14 } }],
    [thanks]
  ])
})

it('reports what looks like text but could not be read', () => {
  expect(withSecondLook([], [{ region, readings: [[word('Y7', 30)]] }])).toEqual({ lines: [], unread: [region.box] })
  expect(withSecondLook([], [{ region, readings: [[]] }])).toEqual({ lines: [], unread: [] })
})
