/**
 * Words for places in a picture in English, German, French, Spanish, Italian, Portuguese, Dutch, Polish and Russian,
 * and for corners also in Chinese and Japanese. Each is matched against a whole lower-case word.
 */
export const placeWords = {
  top: /^(?:top|upper|oben|obere[mnrs]?|haut|supérieure?|arriba|superior|alto|superiore|cima|boven|bovenste|bovenaan|góra|górze|górn\p{L}{1,3}|верху|вверху|сверху|верхн\p{L}{2,3})$/u,
  bottom:
    /^(?:bottom|lower|unten|untere[mnrs]?|bas|inférieure?|abajo|inferior|basso|inferiore|baixo|onder|onderste|onderaan|dole|dół|doln\p{L}{1,3}|низу|внизу|снизу|нижн\p{L}{2,3})$/u,
  left: /^(?:left|lefthand|links|linke[mnrs]?|gauche|izquierd[ao]|sinistr[ao]|esquerd[ao]|linker(?:kant)?|lew\p{L}{1,3}|слева|влево|налево|лев\p{L}{2,3})$/u,
  right:
    /^(?:right|righthand|rechts|rechte[mnrs]?|droite?|derech[ao]|destr[ao]|direit[ao]|rechter(?:kant)?|praw\p{L}{1,3}|справа|вправо|прав(?:ый|ая|ое|ом|ой|ую|ого))$/u,
  middle:
    /^(?:middle|cent(?:er|re)|central|mitte|mittlere[mnrs]?|milieu|centro|medio|mezzo|meio|midden|centrum|środk\p{L}{1,3}|środek|центр\p{L}{0,3}|середин\p{L}{1,2})$/u,
  half: /^(?:half|hälfte|moitié|mitad|metà|metade|helft|połow\p{L}{1,2}|половин\p{L}{1,2})$/u
}
export type Place = keyof typeof placeWords

/** Corners written as one word in Dutch, Chinese and Japanese. */
export const cornerWords: readonly [word: RegExp, spelled: string][] = [
  [/linksboven|左上角?/gu, ' top left '],
  [/rechtsboven|右上角?/gu, ' top right '],
  [/linksonder|左下角?/gu, ' bottom left '],
  [/rechtsonder|右下角?/gu, ' bottom right ']
]

/** A request to look closer, as one word or several. */
export const zoomWord =
  /^(?:closer|closeup|enlarge|magnify|zoom(?:en|ez|er|e)?|inzoomen|näher|genauer|heran|vergrößer[en]{0,2}|agrandi\p{L}{1,3}|amplía|ampliar?|acerca(?:te|r)?|ingrandi(?:sci|re)?|amplie|aproxim[ae]r?|dichterbij|vergroot|bliżej|powiększ|przybliż|ближе|увеличь(?:те)?|крупнее|\p{L}{0,9}(?:拡大|放大)\p{L}*)$/u
export const zoomPhrases =
  'close up|close-up|blow up|focus on|de plus près|más de cerca|más cerca|più da vicino|mais de perto'.split('|')

/** Together with two place words, it names a corner, whatever the question asks about it. */
export const cornerWord =
  /^(?:corner|ecke|coin|esquina|rincón|(?:nell|dell|l)?['’]?angolo|canto|hoek|rogu|róg|угол|углу|угла)$/u

/** Words that can accompany a place in a question about that place alone: "What does it say at the bottom right?" */
export const fillers: ReadonlySet<string> = new Set(
  [
    'a an and anything are at can closer could do does edge go happening i in into is it look me now of on part picture image',
    'please read say says screen section see show side something text that the there third to toward towards very what',
    "what's whats words written you corner",
    'ab am an auf aus bereich bild bitte da das dem den der die dort du ecke einmal etwas ganz genau gibt geschrieben im in ist',
    'lies mal mir noch passiert schau seite sieh siehst steht teil text und was zeig zeige zu',
    "à a au aux ce coin côté dans de des du en est il image l'image la le les lis moi montre partie peux plaît",
    "près plus qu'est qu'y que quoi regarde s'il se sur t te texte trouve tu vois vous y",
    'al cerca de del el en esquina está favor hay imagen la las lee lo los mira más muestra muéstrame parte por que qué texto ver',
    "al angolo c'è che cosa cos'è da dell'immagine di guarda il immagine in l'angolo la leggi lo mostra mostrami nell'angolo nel",
    'nella parte per più scritto testo vicino',
    'à ao as canto da de do em escrito está há imagem leia lado mais mostra mostre na no o olha olhe os parte perto por favor tem',
    'de dat deze een er hoek het in kant kijk laat lees links naar op deel dichterbij afbeelding staat tekst van wat zie zien',
    'co część części jest mi na napisane obrazie obrazu pokaż proszę przyjrzyj rogu się tam tekst w we z',
    'в во есть изображения картинки картинке на написано нам там покажи посмотри мне пожалуйста прочитай стороне текст углу угол что',
    'части часть я'
  ].flatMap((words) => words.split(' '))
)

/** Things with a left and a right of their own. */
export const bodyPart =
  /^(?:hands?|arms?|legs?|foot|feet|eyes?|ears?|shoes?|shoulders?|sleeves?|gloves?|cheeks?|knees?|h(?:and|ände)|fu(?:ß|ss)|auge|ohr|bein|schuh|schulter|main|bras|jambe|pied|œil|mano|brazo|pierna|pie|ojo|braccio|gamba|mão|braço|perna|рука|руке|руку|нога|глаз)$/u
