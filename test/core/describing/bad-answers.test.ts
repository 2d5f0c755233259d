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
    ['thoughts without an opening tag', `Okay, let me look. A cat, I think.\n</think>\n\n${sentence}`, sentence],
    ['thoughts about the user', `The user wants one sentence. A dog?\nNo.</think>${sentence}\nTags: cat`, sentence],
    ['thoughts with an end of their own', `So, first a look.◁/think▷${sentence}`, sentence],
    ['an answer that only begins like thoughts', `Let's see: ${sentence}`, `Let's see: ${sentence}`],
    ['a screen', 'The user interface shows <b>Save</b>.', 'The user interface shows Save.'],
    ['marks of the end', `${sentence}\nTags: cat<|im_end|>\n</s>`, sentence],
    ['invisible characters', `\u200bA grey\u0007 cat\u202e sleeps\ufeff on a red sofa.\u2066`, sentence],
    ['a stop in mid-word', 'A grey cat sle', 'A grey cat sle'],
    ['no word at all', '{}\n...', ''],
    ['boxes of GLM', `<|begin_of_box|>${sentence}<|end_of_box|>`, sentence],
    ['thinking in brackets', `[THINK]A cat?[/THINK]${sentence}`, sentence],
    ['XML', `<caption>${sentence}</caption>\n<tags>cat, sofa</tags>`, sentence],
    ['entities', 'It&#8217;s &#x35; &mdash; here &unknown;', 'It’s 5 — here &unknown;'],
    ['tables of all kinds', '| A | B |\n|:-:|--|\n| a | |\nC | D\n--- | ---\nc | d', 'A, B\na\nC | D\nc | d'],
    ['underlines and strikes', 'A page\n=====\n~~Old~~ new   price', 'A page\nOld new price'],
    ['content parts', `[{"type": "text", "text": "${sentence}"}]`, sentence],
    ['announced JSON', `Here is the description in JSON:\n\`\`\`json\n{"caption": "${sentence}"}\n\`\`\``, sentence]
  ])('%s', (_, text, caption) => {
    const answer = read(text)
    expect(answer.caption).toBe(caption)
    expect(answer.spoken).toBe(caption)
  })

  it('leaves thoughts out that nothing announced, though they have been heard', () => {
    const answer = read(`It could be a grey cat. Or a dog?\n</think>\n${sentence}`)
    expect(answer.caption).toBe(sentence)
    expect(answer.spoken).toBe(`It could be a grey cat. Or a dog?\n\n${sentence}`)
  })

  it('withholds what sounds like thoughts until they end', () => {
    const reader = createAnswerReader('caption')
    const thoughts = Array.from('Okay, the user wants a caption. I see a cat.', (letter) => reader.feed(letter))
    expect(thoughts.join('')).toBe('')
    expect(reader.feed('</think>A cat.')).toBe('A cat.')
  })

  it('keeps the tag in a transcript, where it is text in the picture', () => {
    expect(read('x = "</think>"', 'transcript').caption).toBe('x = "</think>"')
    expect(read(`Okay, let me read it.</think>${sentence}`, 'transcript').caption).toBe(sentence)
  })

  it.each([
    "Sure! Here's a short description of the image:\n\n",
    'Certainly! ',
    'Here is a detailed and accurate description of the picture you sent: ',
    "Here's what I see in the image:\n",
    '**Description:** ',
    '## Summary\n',
    'Caption: ',
    'Assistant: ',
    'Gerne! Hier ist die Beschreibung des Bildes:\n\n',
    'Voici une description de l’image : ',
    '¡Claro! Aquí tienes la descripción de la imagen:\n',
    'Вот краткое описание изображения: ',
    'Zusammenfassung: ',
    '描述：'
  ])('comes without %j', (preamble) => {
    const answer = read(`${preamble}${sentence}\nTags: cat`)
    expect(answer).toMatchObject({ caption: sentence, spoken: sentence, tags: ['cat'] })
  })

  it.each([
    ['This image shows a red car. It is parked.', 'A red car. It is parked.'],
    ['The screenshot displays the settings page of a phone.', 'The settings page of a phone.'],
    ['In this image, there is a man with a hat.', 'A man with a hat.'],
    ['Screenshot of a chat with Ann.', 'A chat with Ann.'],
    ['Das Bild zeigt eine Katze.', 'Eine Katze.'],
    ["L'image montre un chat.", 'Un chat.'],
    ['La imagen muestra a un hombre.', 'Un hombre.'],
    ['A cat.\n\nI hope this helps! Let me know if you need more details.', 'A cat.']
  ])('%j says %j', (text, caption) => {
    expect(read(text)).toMatchObject({ caption, spoken: caption })
  })

  it.each([
    'The photo shows a cat.',
    'A picture of a man hangs on the wall.',
    'The image shows that the door is open.',
    'The image appears to show a cat.',
    'Das Bild zeigt einen Mann.',
    'Sure is the word on the sign.',
    'Here is where the path ends: a gate.',
    'Answer sheet with ten questions.',
    'A message from Ann. Let me know if you can come.',
    'A dialog. If you want to delete the file, press OK.',
    'Keywords: climate, ocean\nA paper with three authors.',
    'A table.\nLabels: the ones that are printed on each and every one of the boxes.',
    'Notice: No parking.\nA sign on a wall.',
    'Warning: private property, keep out.\nA sign on a gate.',
    'A chat that ends with 👍.'
  ])('loses nothing of %j', (text) => {
    expect(read(text)).toMatchObject({ caption: text, spoken: text, notice: null, tags: [] })
  })

  it.each([
    'Schlagwörter: a, b',
    '**Mots-clés :** a, b',
    'Etiquetas: a, b.',
    'Теги: a, b',
    'タグ：a、b',
    '标签：a，b',
    '## Tags\n- a\n- b',
    '*Keywords*\na, b',
    '(Tags: a, b)',
    'Hashtags: #a #b'
  ])('has its tags from %j', (line) => {
    expect(read(`${sentence}\n${line}`)).toMatchObject({ caption: sentence, spoken: sentence, tags: ['a', 'b'] })
  })

  it.each([
    ['Hinweis: privat: ein Passwort', 'private: ein Passwort'],
    ['Avertissement : choquant : du sang', 'graphic: du sang'],
    ['Внимание: личное: пароль', 'private: пароль'],
    ['注意：血腥：伤口', 'graphic: 伤口'],
    ['Notice: gráfico: sangre', 'graphic: sangre'],
    ['[Notice: private: a code]', 'private: a code'],
    ['Notice (private): a code', 'private: a code'],
    ['Warning: graphic content.', 'graphic content.'],
    ['Notice: medical: an x-ray', 'medical: an x-ray'],
    ['Notice: No notice needed.', null],
    ['Notice: keine', null]
  ])('has its notice from %j', (line, notice) => {
    expect(read(`${line}\n${sentence}`)).toMatchObject({ caption: sentence, spoken: sentence, notice })
  })

  it('is not swallowed by a notice on the same line', () => {
    expect(read(`Notice: private: a password can be read. ${sentence}`)).toMatchObject({
      caption: sentence,
      notice: 'private: a password can be read.'
    })
    expect(read(`${sentence} Notice: private: a password.`)).toMatchObject({
      caption: sentence,
      notice: 'private: a password.'
    })
  })

  it('is one sentence where one was asked for, or as many as fit in 125 characters', () => {
    const long = `A form with ${Array.from({ length: 40 }, (_, index) => `field${index}`).join(', ')} in it.`
    expect(read(`${sentence} ${long}\nTags: cat`, 'brief')).toMatchObject({ caption: sentence, tags: ['cat'] })
    expect(read(`${long} ${sentence}`, 'brief').caption).toBe(long)
    expect(read(`Error. The file was not found. ${long}`, 'brief').caption).toBe('Error. The file was not found.')
    expect(read(`Login page\n${sentence}`, 'brief').caption).toBe(`Login page\n${sentence}`)
    expect(read(long.slice(0, 60), 'brief').caption).toBe(long.slice(0, 60).trim())
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
    'Lo siento, no puedo ayudar con eso.',
    'Mi dispiace, ma non posso aiutarti con questa richiesta.',
    'Desculpe, mas não posso ajudar com isso.',
    'Het spijt me, maar ik kan daar niet bij helpen.',
    'Przykro mi, ale nie mogę w tym pomóc.',
    'Извините, но я не могу описать это изображение.',
    'Вибачте, але я не можу допомогти.',
    'Üzgünüm, bu konuda yardımcı olamam.',
    'عذرًا، لا يمكنني المساعدة في ذلك.',
    '申し訳ありませんが、その画像についてはお手伝いできません。',
    '抱歉，我无法协助处理此请求。',
    '죄송하지만 도와드릴 수 없습니다.'
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
    'Ich kann die Schrift nicht lesen.',
    'К сожалению, я не могу прочитать мелкий текст.',
    '抱歉，我看不清小字。',
    'Leider geschlossen steht auf dem Schild.',
    'この画像は暗いですが、猫が見えます。'
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
