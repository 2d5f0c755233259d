import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { groundingCases } from './cases.ts'

const sets = [groundingCases(1), groundingCases(2)]

describe('the grounding sets', () => {
  it('have at least 60 cases each, with four kinds of answers', () => {
    for (const set of sets) {
      expect(set.length).toBeGreaterThanOrEqual(60)
      expect(new Set(set.map(({ id }) => id)).size).toBe(set.length)
      for (const { answers } of set) {
        expect(answers.map(({ kind }) => kind)).toEqual(['right', 'wrong-digit', 'invented-word', 'paraphrase'])
      }
    }
  })

  it('differ in contents and layouts', () => {
    const [one = [], other = []] = sets
    const captions = new Set(one.flatMap(({ answers }) => answers[0]?.caption ?? []))
    const common = other.filter(({ answers }) => captions.has(answers[0]?.caption ?? ''))
    expect(common.map(({ layout }) => layout).filter((layout) => !layout.startsWith('photo'))).toEqual([])
    const layouts = new Set(one.map(({ layout }) => layout))
    expect(other.some(({ layout }) => !layouts.has(layout))).toBe(true)
  })

  it('mark as wrong only what is in the caption and not in the picture', () => {
    for (const { id, answers, texts } of sets.flat()) {
      const seen = texts.join('\n').toLowerCase()
      for (const { kind, caption, wrong } of answers) {
        expect(caption, id).not.toMatch(/[{}|]|undefined|NaN/u)
        expect(wrong.length > 0, `${id} ${kind}`).toBe(kind === 'wrong-digit' || kind === 'invented-word')
        for (const part of wrong) {
          expect(part.length, id).toBeGreaterThan(0)
          expect(caption.split(part).length, `${id}: ${part} in ${caption}`).toBe(2)
          expect(seen, id).not.toContain(part.toLowerCase())
        }
      }
    }
  })

  it('quote in correct answers only what the picture shows', () => {
    for (const { id, answers, texts } of sets.flat()) {
      const seen = texts.join(' ')
      const quotations = (answers[0]?.caption ?? '').matchAll(/[“„«]\s?([^“”„«»]+?)[.,]?\s?[”“»]/gu)
      for (const [, quotation = ''] of quotations) {
        for (const part of quotation.split(/[.?!,] /u)) expect(seen, id).toContain(part)
      }
    }
  })

  it('are the same in each run', async () => {
    const digests = async (seed: number): Promise<string[]> => {
      const some = groundingCases(seed).filter((_, index) => index % 17 === 0)
      const pictures = await Promise.all(some.map((one) => one.render()))
      return pictures.map((bytes) => createHash('sha256').update(bytes).digest('hex'))
    }
    expect(groundingCases(1).map(({ answers }) => answers)).toEqual(sets[0]?.map(({ answers }) => answers))
    expect(await digests(1)).toEqual(await digests(1))
  })
})
