import { describe, expect, it } from 'vitest'
import { createAnswerReader } from '#core/describing/answers/answer.ts'

function read(text: string): {
  caption: string
  parts: [step: string, text: string][]
  spoken: string
  tags: string[]
} {
  const reader = createAnswerReader('steps')
  let spoken = ''
  for (const character of text) spoken += reader.feed(character)
  const { rest, answer } = reader.finish()
  const parts = answer.steps.map(({ step, start, end }): [string, string] => [step, answer.caption.slice(start, end)])
  return { caption: answer.caption, parts, spoken: spoken + rest, tags: answer.tags }
}

const whole = [
  ['summary', 'A login page.'],
  ['text', 'Welcome back.\nForgot password?'],
  ['parts', 'Logo at the top, form below.'],
  ['controls', 'E-mail, text field, empty, focused.'],
  ['details', 'A blue background.']
]

describe('an answer in steps', () => {
  it.each<[name: string, text: string]>([
    [
      'as asked',
      'A login page.\nText: Welcome back.\nForgot password?\nParts: Logo at the top, form below.\n' +
        'Controls: E-mail, text field, empty, focused.\nDetails: A blue background.\nTags: login'
    ],
    [
      'with a label for the summary, and labels on lines of their own',
      'Summary:\nA login page.\n\nText:\nWelcome back.\nForgot password?\n\nParts:\nLogo at the top, form below.\n\n' +
        'Controls:\n- E-mail, text field, empty, focused.\n\nDetails:\nA blue background.\n\nTags:\nlogin'
    ],
    [
      'in Markdown',
      '## Summary\nA login page.\n### Text\n- Welcome back.\n- Forgot password?\n**Parts:** Logo at the top, form below.\n' +
        '**Controls**\n* E-mail, text field, empty, focused.\n__Details__: A blue background.\n\n**Tags:** login'
    ],
    [
      'numbered',
      '1. Summary: A login page.\n2. Text: Welcome back.\nForgot password?\n3. Parts: Logo at the top, form below.\n' +
        '4. Controls: E-mail, text field, empty, focused.\n5) Details: A blue background.\nTags: login'
    ],
    [
      'with German labels',
      'Zusammenfassung: A login page.\nText: Welcome back.\nForgot password?\nTeile: Logo at the top, form below.\n' +
        'Bedienelemente: E-mail, text field, empty, focused.\nEinzelheiten: A blue background.\nTags: login'
    ],
    [
      'with Japanese labels and colons',
      '要約：A login page.\nテキスト：Welcome back.\nForgot password?\n部分：Logo at the top, form below.\n' +
        'コントロール：E-mail, text field, empty, focused.\n詳細：A blue background.\nTags：login'
    ],
    [
      'with doubled labels',
      'Summary: A login page.\nText:\nText: Welcome back.\nForgot password?\nParts: Logo at the top, form below.\n' +
        'Controls:\n\nControls: E-mail, text field, empty, focused.\nDetails: A blue background.\nTags: login'
    ],
    [
      'in JSON',
      '{"summary": "A login page.", "text": "Welcome back.\\nForgot password?", "parts": "Logo at the top, form below.", ' +
        '"controls": [{"name": "E-mail", "kind": "text field, empty, focused."}], "details": "A blue background.", ' +
        '"tags": ["login"]}'
    ],
    [
      'all on one line',
      'A login page. Text: Welcome back.\nForgot password? Parts: Logo at the top, form below. ' +
        'Controls: E-mail, text field, empty, focused. Details: A blue background. Tags: login'
    ],
    [
      'with the summary late and the first steps out of order',
      'Parts: Logo at the top, form below.\nText: Welcome back.\nForgot password?\nSummary: A login page.\n' +
        'Controls: E-mail, text field, empty, focused.\nDetails: A blue background.\nTags: login'
    ]
  ])('is the same caption: %s', (name, text) => {
    const { caption, parts, spoken, tags } = read(text)
    expect(parts.map(([step]) => step)).toEqual(['summary', 'text', 'parts', 'controls', 'details'])
    const expected =
      name === 'in JSON' ? whole.map(([step, part]) => [step, part?.replace('E-mail, text', 'E-mail\ntext')]) : whole
    expect(parts).toEqual(expected)
    expect(caption).toBe(parts.map(([, part]) => part).join('\n\n'))
    expect(spoken).toBe(caption)
    expect(tags).toEqual(['login'])
  })

  it('has no steps where there is only a summary', () => {
    expect(read('A login page.\nTags: login')).toMatchObject({ caption: 'A login page.', parts: [] })
  })

  it('leaves out what holds nothing', () => {
    const { parts } = read('A cat.\nText: None.\nParts:\nControls: n/a\nDetails: It sleeps.\nTags: cat')
    expect(parts).toEqual([
      ['summary', 'A cat.'],
      ['details', 'It sleeps.']
    ])
    expect(read('A cat.\nText: None of it is legible.').caption).toBe('A cat.\n\nNone of it is legible.')
  })

  it('without a summary is put in order when it is short, and streamed when it is long', () => {
    expect(read('Details: Blue.\nText: Hello.').parts).toEqual([
      ['text', 'Hello.'],
      ['details', 'Blue.']
    ])
    const reader = createAnswerReader('steps')
    const early = reader.feed(
      `Details: ${'Many different things, one after another: '.repeat(1)}${Array.from({ length: 80 }, (_, n) => `thing${n}`).join(' ')}`
    )
    expect(early.length).toBeGreaterThan(400)
  })

  it('keeps a step that comes late where it comes: what was spoken cannot be taken back', () => {
    expect(read('A page.\nControls: OK.\nText: Hello.').parts.map(([step]) => step)).toEqual([
      'summary',
      'controls',
      'text'
    ])
  })

  it('gives the summary while the rest still arrives', () => {
    const reader = createAnswerReader('steps')
    expect(reader.feed('A login page.\nText: Wel')).toBe('A login page.\n\nWel')
  })

  it('takes words of the picture for no label', () => {
    const text = 'A page.\nText: Textile fair\nDetails\nControls and parts\nPartsch AG'
    expect(read(text).caption).toBe('A page.\n\nTextile fair\nDetails\nControls and parts\nPartsch AG')
  })
})
