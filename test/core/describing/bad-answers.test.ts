import { describe, expect, it } from 'vitest'
import { createAnswerReader, type Answer, type AnswerForm } from '#core/describing/answers/answer.ts'
import { couldBeRefusal, isRefusal } from '#core/describing/answers/refusal.ts'

/** Character by character, so that nothing half-finished can slip out. */
function read(text: string, form: AnswerForm = 'caption'): Answer & { spoken: string } {
  const reader = createAnswerReader(form)
  let spoken = ''
  for (const character of text) {
    spoken += reader.feed(character)
    if (reader.isFull) break
  }
  const { rest, answer } = reader.finish()
  return { ...answer, spoken: spoken + rest }
}

const sentence = 'A grey cat sleeps on a red sofa.'

describe('a bad answer ends as a clean caption', () => {
  it.each<[name: string, text: string, caption: string]>([
    ['nothing', '', ''],
    ['white space', ' \n\n\t ', ''],
    ['tags alone', 'Tags: cat, sofa', ''],
    ['a notice alone', 'Notice: private: a password', ''],
    ['no tags', sentence, sentence],
    ['tags twice', `${sentence}\nTags: cat\nTags: cat, sofa`, sentence],
    ['tags before the caption', `Tags: cat\n${sentence}`, sentence],
    ['another language', 'Eine graue Katze schläft.\nTags: Katze', 'Eine graue Katze schläft.'],
    ['Markdown', `# Cat\n\n**${sentence}**\n\n- *one* sofa\n\n---\n**Tags:** cat`, `Cat\n\n${sentence}\n\none sofa`],
    ['HTML', `<h1>Cat</h1><p>${sentence}</p>\n<ul><li>a &amp; b</li></ul>Tags: cat`, `Cat\n${sentence}\n\na & b`],
    ['a comparison', 'It says a < b and <Enter> and x<y.', 'It says a < b and <Enter> and x<y.'],
    ['JSON', `{"description": "${sentence}", "tags": ["cat"]}`, sentence],
    [
      'JSON with keys of its own',
      '{"title": "Login", "buttons": ["OK", "Cancel"], "count": 2}',
      'Login\nOK, Cancel\n2'
    ],
    ['JSON in a list', `[{"caption": "${sentence}"}]`, sentence],
    ['JSON that broke off', `\`\`\`json\n{"caption": "${sentence}", "tags": ["cat", "so`, sentence],
    ['JSON with more behind it', `{"caption": "${sentence}"}\nHope this helps!`, sentence],
    ['thinking', `<think>A cat? Tags: x</think>\n${sentence}`, sentence],
    ['thinking by another name', `<reasoning>A cat?</reasoning>${sentence}`, sentence],
    ['thinking in between', `${sentence}\n<think>and now?</think>It purrs.`, `${sentence}\nIt purrs.`],
    ['marks of the end', `${sentence}\nTags: cat<|im_end|>\n</s>`, sentence],
    ['invisible characters', `\u200bA grey\u0007 cat\u202e sleeps\ufeff on a red sofa.\u2066`, sentence],
    ['a stop in mid-word', 'A grey cat sle', 'A grey cat sle']
  ])('%s', (_, text, caption) => {
    const answer = read(text)
    expect(answer.caption).toBe(caption)
    expect(answer.spoken).toBe(caption)
  })

  it('keeps HTML, JSON and equal lines that the picture shows, when its text was wanted', () => {
    const code = '<p>Hello</p>\n{"a": 1}\n0.00\n0.00\n0.00\n0.00\n0.00\n0.00'
    expect(read(code, 'transcript').caption).toBe(code)
  })
})

describe('an answer that repeats itself', () => {
  it.each<[name: string, text: string, caption: string]>([
    ['a sentence', `${sentence} `.repeat(30), sentence],
    ['a sentence after others', `A room. It is dark. ${`${sentence} `.repeat(30)}`, `A room. It is dark. ${sentence}`],
    ['two sentences in turn', `${sentence} It purrs. `.repeat(30), `${sentence} It purrs.`],
    ['a short sentence', 'A cat sits. '.repeat(30), 'A cat sits.'],
    ['lines', `${sentence}\n`.repeat(30), sentence],
    ['words without an end', `A cat ${'and a dog '.repeat(50)}`, 'A cat and a dog'],
    [
      'a script without spaces',
      `猫が赤いソファで寝ています。${'犬が床で寝ています。'.repeat(20)}`,
      '猫が赤いソファで寝ています。犬が床で寝ています。'
    ]
  ])('is cut where it begins to: %s', (_, text, caption) => {
    expect(read(text)).toMatchObject({ caption, spoken: caption, cutBecause: 'repeating' })
  })

  it.each([
    'Three buttons: Learn more, Learn more, Learn more. A footer.',
    'A row of stars: * * * * * * * * * * * * * * * * * * * * and nothing else.',
    'It says "Ha ha ha ha ha!" in large letters.',
    'The table has 0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00 in its last row.',
    `${sentence} ${sentence} The end.`
  ])('does not when a picture does: %j', (text) => {
    expect(read(text)).toMatchObject({ caption: text, spoken: text, cutBecause: null })
  })

  it('may have equal lines in a transcript, but not without end', () => {
    const log = 'connection lost, trying again\n'
    expect(read(log.repeat(8), 'transcript').caption).toBe(log.repeat(8).trim())
    expect(read(log.repeat(200), 'transcript')).toMatchObject({ caption: log.trim(), cutBecause: 'repeating' })
  })
})

describe('a refusal in words', () => {
  it.each([
    "I'm sorry, but I can't assist with that.",
    'I’m sorry, I can’t help with that request.',
    "Sorry, I can't describe this image.",
    'I apologize, but I am unable to process this image. Please try another one.',
    "I'm sorry. I cannot assist with this request. If you have other questions, let me know!",
    "As an AI language model, I can't help with that.",
    "I'm not able to provide a description of this image.",
    'Es tut mir leid, aber ich kann dabei nicht helfen.',
    'Je suis désolé, mais je ne peux pas vous aider.',
    'Lo siento, no puedo ayudar con eso.'
  ])('is known, and nobody hears a word of it: %j', (text) => {
    const reader = createAnswerReader('caption')
    const heard = Array.from(text, (character) => reader.feed(character)).join('')
    expect(heard).toBe('')
    expect(reader.finish().answer.isRefusal).toBe(true)
  })

  it.each([
    "I can't tell from the picture whether the door is open.",
    "I'm sorry, I can't identify the people, but two men in suits shake hands.",
    "I can't help with that. A red car stands in front of a house.",
    'Sorry page: the server could not be found.',
    'I cannot read the small text; it is illegible.',
    'An error: "Sorry, we can\'t help with that."',
    'Ich kann die Schrift nicht lesen.'
  ])('is not seen in an answer: %j', (text) => {
    const answer = read(text)
    expect(answer).toMatchObject({ caption: text, spoken: text, isRefusal: false })
  })

  it('is no longer expected once the first sentence says something else', () => {
    expect(couldBeRefusal("I can't tell whether it is open. The")).toBe(false)
    expect(couldBeRefusal("I can't")).toBe(true)
    expect(isRefusal(`I can't help with that. ${'Word '.repeat(100)}`)).toBe(false)
  })
})
