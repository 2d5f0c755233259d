import { describe, expect, it } from 'vitest'
import { findPart, partArea } from '#core/describing/prompts/picture-part.ts'

describe('the part that a question asks to see closer', () => {
  it.each([
    ['Look closer at the top left', 'top left'],
    ['bottom right corner', 'bottom right'],
    ['the middle', 'middle'],
    ['Zoom in on the lower left corner, please.', 'bottom left'],
    ['closer look at the upper middle', 'top middle'],
    ['center left', 'middle left'],
    ['Zoom into the left half', 'left half'],
    ['bottom half', 'bottom half'],
    ['look closer at the right', 'right'],
    ['What is written in the top right corner?', 'top right'],
    ["What's in the center of the picture?", 'middle'],
    ['Schau genauer oben links', 'top left'],
    ['unten rechts', 'bottom right'],
    ['die rechte Hälfte', 'right half'],
    ['Was ist in der linken unteren Ecke?', 'bottom left'],
    ['die Mitte', 'middle'],
    ['zoom in on the middle', 'middle'],
    ["what's at the bottom right?", 'bottom right'],
    ['What does it say at the bottom right?', 'bottom right'],
    ['Can you read the text on the right-hand side?', 'right'],
    ['What is on the left?', 'left'],
    ['left', 'left'],
    ['Was steht oben rechts?', 'top right'],
    ['Zeig mir die untere Hälfte genauer', 'bottom half'],
    ["Qu'y a-t-il en haut à gauche ?", 'top left'],
    ['Regarde de plus près en bas à droite', 'bottom right'],
    ['Zoome sur le coin supérieur droit', 'top right'],
    ['¿Qué hay arriba a la izquierda?', 'top left'],
    ['Amplía la esquina inferior derecha', 'bottom right'],
    ["Cosa c'è in basso a sinistra?", 'bottom left'],
    ["Guarda più da vicino l'angolo in alto a destra", 'top right'],
    ['O que há no canto superior esquerdo?', 'top left'],
    ['Wat staat er rechtsonder?', 'bottom right'],
    ['Zoom in op het midden', 'middle'],
    ['Co jest w prawym górnym rogu?', 'top right'],
    ['Посмотри ближе слева вверху', 'top left'],
    ['Что в правом нижнем углу?', 'bottom right'],
    ['左上を拡大して', 'top left'],
    ['放大右下角', 'bottom right']
  ])('%s: %s', (question, name) => {
    expect(findPart(question)?.name).toBe(name)
  })

  it.each([
    'Is the left door open?',
    'What is the man on the right holding?',
    'Look closer',
    'Describe it right now',
    'Is the text in the top left the same as in the bottom right?',
    'Compare the top left corner with the bottom right corner',
    'Zoom to the left hand of the woman at the bottom of the stairs',
    'top bottom',
    'the half',
    'What is the top speed?',
    'What is left?',
    "What's right?",
    'Is it right?',
    'Is it on the right?',
    'What is the top 10?',
    'What is the bottom line?',
    'Zoom in on her left hand',
    'Look closer at the right shoe',
    'Zoom in on the face',
    'Zoom out',
    'Wer steht links neben dem Mann?',
    'Ist das richtig?',
    '¿Es alto?',
    'Quel est le prix le plus bas ?',
    'Who has the right of way?',
    ''
  ])('is none: %s', (question) => {
    expect(findPart(question)).toBeNull()
  })

  it('is one of nine, each a little larger than a third, or a half or a side', () => {
    const size = { width: 1200, height: 600 }
    const area = (question: string) => {
      const part = findPart(question)
      return part && partArea(part, size)
    }
    expect(area('top left')).toEqual({ x: 0, y: 0, width: 500, height: 250 })
    expect(area('middle')).toEqual({ x: 300, y: 150, width: 600, height: 300 })
    expect(area('bottom right')).toEqual({ x: 700, y: 350, width: 500, height: 250 })
    expect(area('left half')).toEqual({ x: 0, y: 0, width: 700, height: 600 })
    expect(area('the right')).toEqual({ x: 700, y: 0, width: 500, height: 600 })
    expect(area('top')).toEqual({ x: 0, y: 0, width: 1200, height: 250 })
  })

  it('lies within the picture, whatever its size', () => {
    for (const question of ['top left', 'middle', 'bottom right', 'right half', 'bottom'])
      for (const size of [
        { width: 1, height: 1 },
        { width: 7, height: 3 },
        { width: 3839, height: 2159 }
      ]) {
        const part = findPart(question)
        const { x, y, width, height } = partArea(part as NonNullable<typeof part>, size)
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
        expect(Math.min(width, height)).toBeGreaterThan(0)
        expect(x + width).toBeLessThanOrEqual(size.width)
        expect(y + height).toBeLessThanOrEqual(size.height)
      }
  })
})
