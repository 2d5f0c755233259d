import { describe, expect, it } from 'vitest'
import {
  createAnswerReader,
  maxCaptionCharacters,
  type Answer,
  type AnswerForm
} from '#core/describing/answers/answer.ts'

function read(deltas: string[], form: AnswerForm = 'caption'): { answer: Answer; emitted: string; steps: string[] } {
  const reader = createAnswerReader(form)
  const steps = deltas.map((delta) => reader.feed(delta))
  const { rest, answer } = reader.finish()
  return { answer, emitted: steps.join('') + rest, steps }
}

function hasUnopenedThoughts(text: string): boolean {
  const first = /[<◁[](\/?)think[>▷\]]/iu.exec(text)
  return first?.[1] === '/'
}

/** The same numbers on every machine, so that a failure can be repeated. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

function cutAtRandom(text: string, next: () => number): string[] {
  const pieces: string[] = []
  for (let at = 0; at < text.length;) {
    const length = 1 + Math.floor(next() * 9)
    pieces.push(text.slice(at, at + length))
    at += length
  }
  return pieces
}

const whole =
  'Notice: private: a password can be read\nA login page. The field "Password" shows hunter2.\nTags: login, password'

describe('an answer as it should be', () => {
  it('is taken apart into notice, caption and tags', () => {
    expect(read([whole]).answer).toEqual({
      notice: 'private: a password can be read',
      caption: 'A login page. The field "Password" shows hunter2.',
      tags: ['login', 'password'],
      steps: [],
      cutBecause: null,
      isRefusal: false
    })
  })

  it('needs neither notice nor tags', () => {
    expect(read(['A cat sleeps.']).answer).toMatchObject({ notice: null, caption: 'A cat sleeps.', tags: [] })
  })

  it('gives words while they arrive, not only at the end', () => {
    const { steps } = read(['A red ', 'bicycle ', 'leans ', 'on a wall.'])
    expect(steps).toEqual(['A red', ' bicycle', ' leans', ' on a wall.'])
  })
})

describe('notice and tags lines', () => {
  const variants = [
    'Tags: cat, sofa',
    '**Tags:** cat, sofa',
    '**Tags**: cat, sofa',
    '*Tags*: *cat*, *sofa*',
    'TAGS : cat, sofa',
    'tags\u00a0: cat, sofa',
    'Tags：cat、sofa',
    '- Tags: #cat, #sofa',
    '## Tags\n',
    'Tags:\n- cat\n- sofa',
    'Tags: cat, sofa\nTags: cat, sofa',
    'Tags: cat, sofa.\n\n   \n',
    '> Tags: "cat", "sofa"'
  ].filter((line) => !line.startsWith('##'))

  it.each(variants)('are never caption: %j', (line) => {
    for (const separator of ['\n', '\n\n', '\r\n', '\n   ']) {
      const text = `A cat on a sofa.${separator}${line}`
      const { answer, emitted } = read(text.split(''))
      expect(emitted).toBe('A cat on a sofa.')
      expect(answer).toMatchObject({ caption: 'A cat on a sofa.', tags: ['cat', 'sofa'] })
    }
  })

  it('are found behind the last sentence on the same line', () => {
    expect(read('A cat. It sleeps. Tags: cat, sleep'.split('')).answer).toMatchObject({
      caption: 'A cat. It sleeps.',
      tags: ['cat', 'sleep']
    })
  })

  it('are found in the middle', () => {
    const { answer } = read(['A cat.\nTags: cat\nIt sleeps.'])
    expect(answer).toMatchObject({ caption: 'A cat.\nIt sleeps.', tags: ['cat'] })
  })

  it.each(['**Notice:** graphic: blood', 'NOTICE : graphic: blood', '\n\nNotice: graphic: blood'])(
    'hold the notice in any dress: %j',
    (line) => {
      expect(read(`${line}\nA wound.`.split('')).answer).toMatchObject({
        notice: 'graphic: blood',
        caption: 'A wound.'
      })
    }
  )

  it('take "none" for no notice and no tags', () => {
    expect(read(['Notice: none\nA cat.\nTags: none']).answer).toMatchObject({ notice: null, tags: [] })
  })

  it('are no reason to swallow other lines that begin alike', () => {
    const text = 'Tagsüber scheint die Sonne.\nNotice board with three papers.\nTagged goods.\nNotice: No parking here.'
    expect(read(text.split('')).answer.caption).toBe(text)
  })
})

describe('plain text', () => {
  it.each([
    ['**Bold** and *italic* and `code` words', 'Bold and italic and code words'],
    ['# A heading\nText', 'A heading\nText'],
    ['- one\n* two\n• three', 'one\ntwo\nthree'],
    ['A [link](https://example.org/a) here', 'A link here'],
    ['![alt words](x.png) shown', 'alt words shown'],
    ['A sign ![](https://example.org/pixel.png) here', 'A sign here'],
    ['```\nA cat.\n```', 'A cat.'],
    ['| Name | Age |\n|---|---|\n| Ann | 5 |', 'Name, Age\nAnn, 5'],
    ['A cat.\n\n---\n\nIt sleeps.', 'A cat.\n\nIt sleeps.'],
    [
      'The file my_file_name.txt costs 5 * 3 dollars [sic], #1 of 2*',
      'The file my_file_name.txt costs 5 * 3 dollars [sic], #1 of 2*'
    ],
    ['The field shows ******** and *required', 'The field shows ******** and *required'],
    ['\u001b[31mRed\u001b[0m and \u202eright to left\u202c\u0007', '[31mRed[0m and right to left'],
    ['<think>What is it?\nTags: x</think>\n\nA cat.', 'A cat.']
  ])('%j becomes %j', (text, caption) => {
    expect(read(text.split('')).answer.caption).toBe(caption)
  })

  it('is found in an answer wrapped in JSON', () => {
    const text = '```json\n{"caption": "A cat.\\nIt sleeps.", "tags": ["cat", "sleep"], "notice": null}\n```'
    const { answer, emitted } = read(text.split(''))
    expect(answer).toMatchObject({ caption: 'A cat.\nIt sleeps.', tags: ['cat', 'sleep'], notice: null })
    expect(emitted).toBe(answer.caption)
  })

  it('leaves a transcript as it was written in the picture, whose own labels are no labels of ours', () => {
    const text =
      'Notice: Private property\n# install\nmake *all* __init__\n  - indented\n-----\nSure! Here is the description: x\n' +
      'Tags: css, html\nKeywords: a\nLet me know if you need a description.'
    expect(read(text.split(''), 'transcript').answer).toMatchObject({ notice: null, caption: text, tags: [] })
    expect(read([`Notice: private: a code\n${text}`], 'transcript').answer).toMatchObject({
      notice: 'private: a code',
      caption: text
    })
  })
})

describe('an endless answer', () => {
  it('is cut, and says so', () => {
    const reader = createAnswerReader('caption')
    let emitted = ''
    for (let count = 0; !reader.isFull && count < 10_000; count += 1) emitted += reader.feed(`Word ${count * 7}. `)
    const { rest, answer } = reader.finish()
    expect(answer.cutBecause).toBe('too-long')
    expect(answer.caption).toBe(emitted + rest)
    expect(answer.caption.length).toBeLessThanOrEqual(maxCaptionCharacters)
  })

  it.each(['\n', ' ', '*', '# ', '[', '<', '<|', '{"', '\n\n- ', '"', '1. ', '&', 'Text:\n', '. Tags'])(
    'ends too when it is made of nothing but %j',
    (piece) => {
      for (const form of ['caption', 'brief', 'steps', 'transcript'] as const) {
        const reader = createAnswerReader(form)
        for (let count = 0; !reader.isFull && count < 10_000; count += 1) reader.feed(piece.repeat(200))
        expect(reader.isFull).toBe(true)
        reader.finish()
      }
    }
  )
})

describe('however the text is cut into deltas', () => {
  const awkward = [
    whole,
    '**Notice:** private: x\r\n\r\n**A page.** It *says* "hi". 😀 [a](b) c\r\n\r\n**Tags:** a, b',
    'A cat. Tags: cat\nTags:\ncat\nsofa',
    '```json\n{"caption":"A","tags":["b"]}\n```',
    '{ not json } but text\nTags: x',
    '<think>hm</think>A cat.\nTag and Tags\nTags: a',
    'A page.\nText:\nHello\n\nParts: top, bottom\n**Controls**\n- OK\nDetails: none\nTags: a',
    'Details: blue\nControls: OK\nSummary: A page.\nText: none\nParts: one\nText: two',
    '<p>A cat &amp; a dog.</p><br/><b>Tags:</b> cat<|im_end|>',
    "I'm sorry, but I can't help with that. Let me know if I can describe something else.",
    "I'm sorry, I can't tell who that is. A man waves.",
    'A cat sleeps on the sofa. A cat sleeps on the sofa. A cat sleeps on the sofa. A cat sleeps on the sofa.',
    "Sure! Here's a short description of the image:\n\n**This image shows** a cat.\n\nI hope this helps! Let me know if you need more details.",
    'Hinweis: privat: ein Code\nEine Seite.\nText: a\n\n## Schlagwörter\n- a\n- b\n',
    '[THINK]hm[/THINK]<caption>The image shows&nbsp;that it&#8217;s late.</caption>\n<tags>a, b</tags>',
    '| A | B |\n|:-:|--|\n| a | b |\nA -- | --\n=====\nKeywords: of the author, who is known for them. So are his books.'
  ]

  it.each(awkward)('the result is the same, and what was given is the caption: %j', (text) => {
    for (const form of ['caption', 'brief', 'steps', 'transcript'] as const) {
      const { answer } = read([text], form)
      for (let at = 0; at <= text.length; at += 1) {
        const two = read([text.slice(0, at), text.slice(at)], form)
        expect(two.answer).toEqual(answer)
        expect(two.emitted).toBe(answer.caption)
      }
    }
  })

  it('holds for texts made of everything that has a meaning', () => {
    const parts =
      'Tags|tags:|TAGS :|Notice:|Notice: private: |:|\n|\n\n|\r\n|\r| |  |*|**|***|_|__|`|```|```json\n|~~~|#|## |- |• |> ||||---|[|](|)|!|{|}|"|' +
      '{"caption":|<think>|</think>|<p>|</br>|<|im_end>|&lt;|Text:|Parts: |\nSummary:|Details|None|1. |Sorry, |I can\'t help. |A cat. |A cat. |word|. |! |T|Ta|Tag|9|😀|Sure! |Here is the description: |This image shows |a cat |Description|Keywords: |## Keywords\n|Schlagwörter|- x|Hinweis: privat|Notice: graphic|Warning: |I hope this helps! |Let me know if you need more details.|&#8217;|&#x2|◁think▷|◁/think▷|[THINK]|<tags>|</tags>|:--|~~|=|---|Извините, но |我无法|\u202e|\u0007|\u00a0|é|a_b|5 * 3|”|：'
    const pieces = [...parts.split('|'), '|', '|a|']
    for (let seed = 1; seed <= 400; seed += 1) {
      const next = random(seed)
      const length = 2 + Math.floor(next() * 14)
      const text = Array.from({ length }, () => pieces[Math.floor(next() * pieces.length)]).join('')
      for (const form of ['caption', 'brief', 'steps', 'transcript'] as const) {
        const { answer } = read([text], form)
        const cut = read(cutAtRandom(text, next), form)
        const single = read(text.split(''), form)
        expect(cut.answer, JSON.stringify(text)).toEqual(answer)
        // Thoughts without an opening tag may have been given before their end arrived.
        if (hasUnopenedThoughts(text)) {
          expect(single.emitted.endsWith(answer.caption), JSON.stringify(text)).toBe(true)
          continue
        }
        expect(cut.emitted, JSON.stringify(text)).toBe(answer.caption)
        expect(single.emitted, JSON.stringify(text)).toBe(answer.caption)
        // In the first line they may stand behind a preamble, where nobody looks for them.
        if (form !== 'transcript')
          expect(answer.caption, JSON.stringify(text)).not.toMatch(/\n[ \t*_#>-]*tags[ \t]*[:：]/iu)
      }
    }
  })
})
