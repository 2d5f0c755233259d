import { describe, expect, test } from 'vitest'
import { speakable } from '#core/speaking/speakable.ts'

describe('speakable text', () => {
  test.each([
    ['# Settings', 'Settings.'],
    ['**Bold**, *italic*, __strong__, _soft_ and ~~gone~~', 'Bold, italic, strong, soft and gone'],
    ['- one\n- [x] two\n* three', 'one. ☑ two. three.'],
    ['> quoted\n> twice', 'quoted twice'],
    ['```js\nlet a = 1\n```', 'let a = 1'],
    ['Press `Ctrl+C`', 'Press Ctrl+C'],
    ['| Name | Price |\n|------|:-----:|\n| Tea | 2.50 |', 'Name, Price. Tea, 2.50.'],
    ['![a cat](cat.png) sits', 'a cat sits'],
    ['[Help](https://example.com/a_b_c)', 'Help (https://example.com/a_b_c)'],
    ['**Error. Press OK', 'Error. Press OK']
  ])('has no Markdown: %j', (text, spoken) => expect(speakable(text)).toBe(spoken))

  test.each([
    'See https://example.com/a_b_/~x?q=*1#top now',
    'snake_case_name and __init__.py',
    '2 * 3 * 4 = 24',
    'The PIN field holds ****',
    'A - B – C',
    'Größe 49,90 €, 你好。 مرحبا',
    'Thumbs up 👍 and a smile 😀'
  ])('keeps what is no Markdown: %j', (text) => expect(speakable(text)).toBe(text.replace('__init__', 'init')))

  test('has no control, bidirectional-control, or invisible characters', () => {
    const text = 'a\u0000\u0007\u001b[31mb\u009b\u202ec\u2066d\u200be\ufefff\u2060g\u00adh\u200di\u{e0041}'
    expect(speakable(text)).toBe('a[31mbcdefghi')
  })

  test('keeps the joiners that words need', () => {
    expect(speakable('می\u200cخواهم')).toBe('می\u200cخواهم')
    expect(speakable('क्\u200dष')).toBe('क्\u200dष')
  })

  test('emoji lose their modifiers, not their meaning', () => {
    expect(speakable('👍🏽 ❤️ 👩‍💻')).toBe('👍 ❤ 👩💻')
  })

  test('folds whitespace of every kind', () => expect(speakable('  a \r\n\r\nb\u00a0c\u2028d  ')).toBe('a b c d'))

  test('takes little time for text made to take forever', () => {
    for (const piece of ['*', '_', '`', '[', '![](', '|', '> ', '~~', '- ', '[a](', '*a ', '_a ', '|---', '\t', 'a\t'])
      expect(speakable(piece.repeat(20_000)).length).toBeLessThan(200_000)
  })
})
