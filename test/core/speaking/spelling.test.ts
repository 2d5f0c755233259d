import { describe, expect, test } from 'vitest'
import { spelled } from '#core/speaking/spelling.ts'

describe('spelling', () => {
  test.each<[string, string, string[]]>([
    ['Hi you', 'en', ['cap H, i, space', 'y, o, u']],
    ['a@b.c', 'en-GB', ['a, at, b, dot, c']],
    ['It’s  “No”.', 'en', ['cap I, t, apostrophe, s, space', 'quote, cap N, o, quote, dot']],
    ['Größe 4,9', 'de-DE', ['groß G, r, ö, ß, e, Leerzeichen', '4, Komma, 9']],
    ['Où ?', 'fr', ['majuscule O, ù, espace', "point d'interrogation"]],
    ['A, b', 'es', ['mayúscula A, coma, espacio', 'b']],
    ['你好。', 'zh', ['你, 好, dot']],
    ['E\u0301a', 'en', ['cap E\u0301, a']],
    ['👩‍💻 ok', 'not a tag', ['👩‍💻, space', 'o, k']],
    ['‽', 'en', []],
    ['  ', 'en', []]
  ])('%j in %s', (text, language, words) => expect(spelled(text, language)).toEqual(words))
})
