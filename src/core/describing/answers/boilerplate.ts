import { summaryLabels } from './label-words.ts'

/**
 * What models say before and after a description although they are asked not to: "Sure! Here is the description:", "This
 * image shows", "Let me know if you need more details." Only what can hardly be content is removed: "A picture of a man
 * hangs on the wall" and "The photo shows a cat" stay, because the kind of picture is part of a description.
 */

/** The longest boilerplate. */
const maxCharacters = 120

/** "Sure!", if more follows. */
const agreement =
  /^(?:sure(?: thing)?|certainly|of course|absolutely|gerne?|natürlich|selbstverständlich|bien sûr|¡?claro(?: que sí)?|¡?por supuesto|certo|certamente|com certeza|natuurlijk|oczywiście|конечно|もちろんです|当然)(?:[!！。]\s*(?=\S)|[,，]\s*(?=(?:here|hier|voici|aquí|ecco|aqui|oto|вот)\s))/iu
/** "Here's a short description of the picture:" */
const announcement = new RegExp(
  "^(?:(?:here(?:['’]s| is)|below is) (?:(?:the|an?|my|your) )?(?:[\\p{L}-]+,? (?:and )?){0,3}?" +
    '(?:description|caption|summary|answer|alt text|json)\\b|' +
    "here(?:['’]s| is) what (?:i (?:can )?see|is (?:in|shown in) (?:the|this) (?:image|picture))\\b|" +
    'hier (?:ist|kommt) (?:(?:die|eine|meine|deine|ihre) )?(?:\\p{L}+ )?(?:bild)?(?:beschreibung|zusammenfassung|antwort)|' +
    'voici (?:la|une|votre) (?:\\p{L}+ )?(?:description|légende|réponse)|' +
    'aquí (?:está|tienes|tiene|va) (?:la|una|tu|su) (?:\\p{L}+ )?(?:descripción|respuesta)|' +
    'ecco (?:la|una) (?:\\p{L}+ )?(?:descrizione|risposta)|' +
    'aqui (?:está|vai) (?:a|uma) (?:\\p{L}+ )?(?:descrição|resposta)|' +
    'hier (?:is|volgt) (?:de|een) (?:\\p{L}+ )?(?:beschrijving|antwoord)|' +
    'oto (?:\\p{L}+ )?opis|вот (?:\\p{L}+ )?описание)[^:：.!?\\n]{0,60}[:：.!]\\s*',
  'iu'
)
const names = [
  ...summaryLabels,
  ...(
    'description|image description|picture description|caption|alt text|answer|assistant|beschreibung|' +
    'bildbeschreibung|antwort|description de l’image|légende|réponse|descripción|respuesta|descrizione|' +
    'risposta|descrição|resposta|beschrijving|antwoord|opis|описание|ответ|説明|回答|描述|설명'
  ).split('|')
]
/** "Description: …", or on a line of its own. */
const label = new RegExp(`^(?:${names.join('|')})[ \\t]*(?:[:：]|\\n)\\s*`, 'iu')
/** "This image shows a cat" becomes "A cat". It stays where the rest would not be a sentence without it. */
const subjects = [
  /^(?:this|the) (?:image|picture|screenshot|screen capture)(?: (?:provided|you (?:provided|sent|shared|uploaded)))? (?:shows|depicts|displays|features|presents|contains|captures|portrays|illustrates|is a screenshot of) (?=["“'‘]?[\p{L}\p{N}]+[^\p{L}\p{N}])(?!(?:that|how|what|where|who|when|why|whether)\b)/iu,
  /^in (?:this|the) (?:image|picture|screenshot),? (?:there (?:is|are)|(?:we|you|i) (?:can )?see) /iu,
  /^(?:(?:an?|the|this) (?:is a )?)?(?:screenshot|screen capture) of /iu,
  /^(?:das|dieses) bild zeigt (?=(?:eine?|die|das|zwei|drei|vier|fünf|mehrere|viele)\s)/iu,
  /^(?:der|dieser) screenshot zeigt (?=(?:eine?|die|das|zwei|drei|vier|fünf|mehrere|viele)\s)/iu,
  /^(?:(?:cette |l['’])image|cette capture d['’]écran) (?:montre|représente|présente|affiche) /iu,
  /^(?:esta|la) (?:imagen|captura de pantalla) (?:muestra|representa|presenta) (?=[\p{L}\p{N}]+\s)(?:a (?=(?:una?|dos|tres|el|la|los|las|varias?|varios)\s))?(?!a\s)/iu,
  /^(?:quest['’]|l['’])immagine (?:mostra|raffigura|rappresenta) /iu,
  /^(?:esta|a) (?:imagem|captura de (?:tela|ecrã)) (?:mostra|apresenta|exibe) /iu,
  /^(?:deze|de) (?:afbeelding|schermafbeelding) toont /iu
]
const patterns = [agreement, announcement, label, ...subjects]
const openings = [
  ...names,
  ...(
    'sure|certainly|of course|absolutely|gern|natürlich|selbstverständlich|bien sûr|claro|¡claro|' +
    'por supuesto|¡por supuesto|certo|certamente|com certeza|natuurlijk|oczywiście|конечно|もちろんです|当然|' +
    'here’s|here is|below is|hier |voici |aquí |ecco |aqui |oto |вот |this image|this picture|this screen|' +
    'this is a screen|the image|the picture|the screen|in this |in the image|in the picture|' +
    'in the screenshot|a screen|screenshot|screen capture|das bild zeigt|dieses bild zeigt|der screenshot|' +
    'dieser screenshot|cette image|cette capture|l’image|esta imag|la imagen|esta captura|la captura|' +
    'quest’immagine|l’immagine|a imagem|a captura|deze afbeelding|de afbeelding|deze scherm|de scherm'
  ).split('|')
]

/** The text without what comes before a description; '' while that is not certain. */
export function withoutPreamble(text: string, isComplete: boolean): string {
  let rest = text
  for (;;) {
    const beginning = isComplete ? `${rest}\n` : rest
    const found = patterns.map((pattern) => pattern.exec(beginning)).find((match) => match !== null)
    if (!found) break
    const after = rest.slice(found[0].length)
    // Boilerplate alone is better than nothing.
    if (isComplete && after === '') break
    rest = after
  }
  if (!isComplete && couldBePreamble(rest)) return ''
  return rest === text ? text : rest.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
}

function couldBePreamble(text: string): boolean {
  if (text.length >= maxCharacters || /[.:：\n]/u.test(text)) return false
  const plain = text.toLowerCase().replaceAll("'", '’')
  return openings.some((opening) => opening.startsWith(plain) || plain.startsWith(opening))
}

/** Removes "Here is the JSON:". */
export function withoutAnnouncement(text: string): string {
  return text.replace(agreement, '').replace(announcement, '')
}

const offerOpenings = (
  'let me know if|please let me know|feel free to|please feel free|i hope this|i hope that|hope this|' +
  'if you need|if you want|if you have|if you’d like|if you would like|would you like me to|wenn sie|' +
  'falls sie|lassen sie mich|si vous|n’hésitez pas|si necesita|se hai bisogno|se precisar|' +
  'laat het me weten'
).split('|')
/** Only offers about describing: a message in the picture may end with "Let me know if you can come." */
const offered =
  /\b(?:this helps|that helps|descri(?:be|ption)s?|(?:image|picture|more|further|additional|specific) details?|about (?:this|the) (?:image|picture)|bild|beschreib\w+|cette image|la imagen|l['’]immagine|a imagem|de afbeelding)(?![\p{L}])/iu

/** The text without offers of help at its end; while more may follow, also without what may become such an offer. */
export function withoutOffer(text: string, isComplete: boolean): string {
  let end = text.length
  for (let isLast = true; ; isLast = false) {
    const before = /^[\s\S]*(?:[.!?…]["”’»)]*\s+|\n)(?=\S)/u.exec(text.slice(0, end))?.[0]
    if (before === undefined) return text.slice(0, end)
    const sentence = text.slice(before.length, end)
    const isOffer = opensOffer(sentence, isLast && !isComplete) && (offered.test(sentence) || (isLast && !isComplete))
    if (!isOffer) return text.slice(0, end)
    end = before.trimEnd().length
  }
}

function opensOffer(sentence: string, isPartial: boolean): boolean {
  if (sentence.length > 2 * maxCharacters) return false
  const plain = sentence.toLowerCase().replaceAll("'", '’')
  return offerOpenings.some((opening) => plain.startsWith(opening) || (isPartial && opening.startsWith(plain)))
}
