/**
 * A model that will not describe a picture mostly says so in a sentence, as if it were a description. "I can't tell whether
 * the door is open" is an answer, and so is a refusal that goes on to say what can be seen.
 */

const maxCharacters = 300
const apology =
  /^(?:(?:i['’]m|i am) (?:very |so )?sorry|sorry|i apologi[sz]e|unfortunately|es tut mir leid|tut mir leid|je suis désolée?|désolée?|lo siento|mi dispiace|desculpe|sinto muito)(?: for (?:any|the) [a-z]+)?[,.!:]?\s*(?:but|aber|mais|pero|ma|mas)?,?\s*/iu
const openings = [
  'i’m',
  'i am',
  'sorry',
  'i apolog',
  'unfortunately',
  'i can',
  'i won',
  'as an ai',
  'es tut mir leid',
  'tut mir leid',
  'ich kann',
  'je suis désolé',
  'désolé',
  'je ne peux',
  'lo siento',
  'no puedo',
  'mi dispiace',
  'non posso',
  'desculpe',
  'sinto muito',
  'não posso'
]
const refusals = [
  /^(?:as an ai[^,.]*, )?i(?: (?:can['’]?t|cannot|can not|won['’]?t)| am (?:unable|not able) to|['’]m (?:unable|not able) to) (?:(?:help|assist|comply)\b|fulfil|process (?:this|that|your)|provide (?:a |an |any )?(?:description|assistance)|(?:describe|analy[sz]e|view|discuss) (?:this|that|the|these|your) (?:image|picture|photo|content|request))/iu,
  /^ich kann (?:ihnen |dir )?(?:dabei|damit|bei dieser anfrage|bei diesem bild|dieses bild)? ?(?:leider )?nicht (?:weiter)?(?:helfen|beschreiben)/iu,
  /^je ne (?:peux|suis) pas (?:vous |t['’])?(?:en mesure de (?:vous )?)?(?:aider|décrire cette image)/iu,
  /^no puedo (?:ayudar|describir esta imagen)/iu,
  /^non posso (?:aiutar|descrivere questa immagine)/iu,
  /^não posso (?:ajudar|descrever esta imagem)/iu
]
/** What comes behind a refusal and says nothing about the picture. */
const offer =
  /^(?:if you|if there|please|let me know|feel free|is there|how else|can i|i can help|i['’]d be happy|wenn sie|bitte|si vous|si necesita|se hai)/iu

/** True when the text is a refusal and nothing else. */
export function isRefusal(text: string): boolean {
  if (text.length > maxCharacters) return false
  const [first = '', ...others] = sentencesOf(text)
  return isRefusalSentence(first) && others.every((sentence) => offer.test(sentence))
}

/** True while a text that goes on may still turn out to be a refusal: nobody should hear half of it. */
export function couldBeRefusal(text: string): boolean {
  if (text === '' || text.length > maxCharacters) return false
  const plain = text.toLowerCase().replaceAll("'", '’')
  if (!openings.some((opening) => plain.startsWith(opening) || opening.startsWith(plain))) return false
  const [first = '', ...others] = sentencesOf(text)
  if (others.length === 0) return true
  // Of the sentence that still arrives, nothing is known.
  return isRefusalSentence(first) && others.slice(0, -1).every((sentence) => offer.test(sentence))
}

/** The first without its apology, and each with its end. */
function sentencesOf(text: string): string[] {
  return text.replace(apology, '').split(/(?<=[.!?])\s+/u)
}

function isRefusalSentence(sentence: string): boolean {
  return (
    refusals.some((refusal) => refusal.test(sentence)) && !/, (?:but|though|aber|mais|pero|ma|mas) /iu.test(sentence)
  )
}
