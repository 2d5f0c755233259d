/** The function words of a language that are needed to compare sentences. */
export interface FunctionWords {
  /** Begin a new phrase and carry no meaning. */
  articles: ReadonlySet<string>
  /** Carry no meaning. */
  empty: ReadonlySet<string>
  /** Function words that go only with the singular, and only with the plural: "a fish is", "fish are". */
  singular: ReadonlySet<string>
  plural: ReadonlySet<string>
  /** Begin a new phrase and tie it to an earlier one. */
  prepositions: ReadonlySet<string>
  /** The same, for clauses. */
  conjunctions: ReadonlySet<string>
  /** Begin a new phrase. Sentences agree only if both have them. */
  counts: ReadonlySet<string>
  /** Negate a sentence, weaken it, or mean "all". Sentences agree only if both have them. */
  weighty: ReadonlySet<string>
  /** Change what a noun means: a wooden horse, a cat statue. Sentences agree only if both have them. */
  altering: ReadonlySet<string>
  /** Stand for something in the sentence before. */
  pronouns: ReadonlySet<string>
  /** Articles of objects: in "den Hund jagt die Katze", the cat is the subject. */
  objects: ReadonlySet<string>
  /** Modifiers come after their noun: "un chien brun". */
  modifiersFollow: boolean
}

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/u))

const byLanguage: Record<string, FunctionWords> = {
  en: {
    articles: words('a an the one'),
    empty: words('is are there'),
    singular: words('a an one is'),
    plural: words('are'),
    prepositions: words(`
      in on at of to with by from for against between among around along across through into onto over under
      above below behind beside near next inside outside up down off out`),
    conjunctions: words('and or but while that which who where when than as'),
    counts: words(`
      two three four five six seven eight nine ten eleven twelve dozen hundred thousand million both several
      many few some all every each`),
    weighty: words(`
      all every each few or when not never neither nor none nobody nothing without cannot except unless if only just almost nearly
      partly partially half quarter barely hardly rarely slightly mostly about approximately around less more
      most least fewer over under before after until since may might could would should seems seem appears
      appear likely probably possibly perhaps maybe unlikely toy fake stuffed plush plastic former first second
      third last single double lack lacks lacking missing fails was were will had being been`),
    altering: words(`
      statue statues sculpture sculptures painting paintings drawing drawings picture pictures photo photos
      photograph poster posters figurine figurines figure figures doll dolls costume mask masks logo replica dummy
      cardboard wooden rubber inflatable teddy hot cartoon shadow shadows reflection skeleton skull dead broken empty`),
    pronouns: words('it he she they this that these those its his her their'),
    objects: new Set(),
    modifiersFollow: false
  },
  de: {
    articles: words('der die das den dem des ein eine einen einem einer eines'),
    empty: words('ist sind da'),
    singular: words('ein eine einen einem einer eines ist'),
    plural: words('sind'),
    prepositions: words(`
      in im ins an am ans auf bei beim mit von vom zu zum zur aus für hinter vor neben zwischen über unter
      unterhalb oberhalb durch um gegen nach ab bis entlang links rechts`),
    conjunctions: words('und oder aber während wo wenn als'),
    counts: words(`
      zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dutzend hundert tausend million beide beiden
      mehrere mehreren viele vielen wenige wenigen einige einigen alle allen jede jeder jedes`),
    weighty: words(`
      alle allen jede jeder jedes wenige wenigen oder wenn nicht nie niemals kein keine keinen keinem keiner keines niemand nichts ohne weder noch außer
      falls nur fast beinahe teilweise halb halbe halber kaum selten leicht etwa ungefähr weniger mehr meisten
      wenigstens mindestens höchstens vor nach bis seit kann könnte würde sollte scheint scheinen wohl
      wahrscheinlich möglicherweise vielleicht vermutlich erste ersten zweite zweiten dritte letzte letzten
      einzelne einzelner doppelt spielzeug fehlt fehlen war waren wird werden wurde wurden hatte`),
    altering: words(`
      statue statuen skulptur skulpturen gemälde zeichnung zeichnungen bild bilder foto fotos plakat plakate figur
      figuren puppe puppen kostüm maske masken logo schatten spiegelbild skelett schädel tot tote toter totes toten
      leer leere leerer leeres leeren kaputt zerbrochen gemalt gemalte aufblasbar`),
    pronouns: words('er sie es dies diese dieser dieses sein seine ihr ihre ihm ihn'),
    objects: words('den dem einen einem'),
    modifiersFollow: false
  },
  fr: {
    articles: words('le la les l un une des du'),
    empty: words('est sont y a'),
    singular: words('un une le la est'),
    plural: words('les des sont'),
    prepositions: words('de d à au aux en dans sur sous avec par pour contre entre derrière devant près vers chez'),
    conjunctions: words('et ou mais que qui où quand comme dont tandis'),
    counts: words(`
      deux trois quatre cinq six sept huit neuf dix onze douze douzaine cent mille million plusieurs beaucoup
      quelques tous toutes chaque`),
    weighty: words(`
      tous toutes chaque ou quand ne n pas jamais aucun aucune personne rien sans ni sauf si seulement presque partiellement moitié
      demi peine rarement environ moins plus avant après depuis jusque peut pourrait semble semblent
      probablement peut-être tout toute premier première deuxième second seconde troisième dernier dernière seul
      seule double jouet faux fausse manque manquent était étaient sera seront avait`),
    altering: words(`
      statue statues sculpture sculptures peinture tableau tableaux dessin dessins photo photos affiche figurine
      poupée poupées costume masque masques logo ombre ombres reflet squelette crâne mort morte morts mortes cassé
      cassée vide vides bois carton`),
    pronouns: words('il elle ils elles ce cela ceci c son sa ses leur leurs'),
    objects: new Set(),
    modifiersFollow: true
  },
  es: {
    articles: words('el la los las lo un una unos unas'),
    empty: words('es está están son hay se'),
    singular: words('un una el la es está'),
    plural: words('unos unas los las son están'),
    prepositions: words('de del a al en con por para contra entre detrás delante sobre bajo junto hacia tras desde'),
    conjunctions: words('y e o u pero que quien donde cuando como mientras'),
    counts: words(`
      dos tres cuatro cinco seis siete ocho nueve diez once doce docena cien mil millón ambos ambas varios
      varias muchos muchas pocos pocas algunos algunas todos todas cada`),
    weighty: words(`
      todos todas cada pocos pocas o u cuando no nunca jamás ningún ninguno ninguna nadie nada sin ni tampoco excepto salvo si solo sólo
      solamente casi parcialmente medio media mitad apenas raramente aproximadamente menos más antes después
      desde hasta puede podría parece parecen probablemente quizás quizá tal todo toda primer primero primera
      segundo segunda tercer tercero tercera último última doble juguete falso falsa falta faltan estaba estaban era eran
      será había`),
    altering: words(`
      estatua estatuas escultura esculturas pintura cuadro cuadros dibujo dibujos foto fotos cartel figura figuras
      muñeca muñeco disfraz máscara logotipo sombra sombras reflejo esqueleto cráneo muerto muerta muertos muertas
      roto rota vacío vacía madera cartón`),
    pronouns: words('él ella ellos ellas ello esto este esta estos estas eso ese su sus lo'),
    objects: new Set(),
    modifiersFollow: true
  }
}

/** Null for a language without a list. */
export function functionWordsOf(language: string): FunctionWords | null {
  return byLanguage[language.toLowerCase().split('-')[0] ?? ''] ?? null
}

/** In any of the languages, because a caption may not be in the requested language. */
export function isWeighty(word: string): boolean {
  return Object.values(byLanguage).some(({ weighty }) => weighty.has(word))
}

/** In any of the languages, too. */
export function isAltering(word: string): boolean {
  return Object.values(byLanguage).some(({ altering }) => altering.has(word))
}

/** In any of the languages, too. */
export function isCount(word: string): boolean {
  return Object.values(byLanguage).some(({ counts }) => counts.has(word))
}

/** In the given language or in English, which models fall back to. */
export function isPronoun(word: string, functionWords: FunctionWords | null): boolean {
  return [functionWords, functionWordsOf('en')].some((one) => one?.pronouns.has(word))
}
