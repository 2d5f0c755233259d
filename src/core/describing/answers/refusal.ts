/**
 * A model that will not describe a picture usually says so in a sentence, as if it were a description. "I can't tell whether
 * the door is open" is an answer, and so is a refusal that goes on to say what can be seen.
 */

const maxCharacters = 300

interface Refusal {
  /** Beginnings, in lower case; "’" stands for any apostrophe. */
  openings: readonly string[]
  apology: RegExp
  /** The first sentence without its apology. */
  sentence: RegExp
}

/** By language. Each sentence must mention helping or the picture itself: "I cannot read the small text" is an answer. */
const refusals: readonly Refusal[] = [
  {
    openings: ['i’m', 'i am', 'sorry', 'i apolog', 'unfortunately', 'i can', 'i won', 'as an ai', 'my apologies'],
    apology:
      /^(?:(?:i['’]m|i am) (?:very |so )?sorry|sorry|my apologies|i apologi[sz]e|unfortunately)(?: for (?:any|the) [a-z]+)?/iu,
    sentence:
      /^(?:as an ai[^,.]*, )?i(?: (?:can['’]?t|cannot|can not|won['’]?t)| am (?:unable|not able) to|['’]m (?:unable|not able) to) (?:(?:help|assist|comply)\b|fulfil|process (?:this|that|your)|provide (?:a |an |any )?(?:description|assistance)|(?:describe|analy[sz]e|view|discuss) (?:this|that|the|these|your) (?:image|picture|photo|content|request))/iu
  },
  {
    openings: ['es tut mir leid', 'tut mir leid', 'leider', 'entschuldig', 'ich kann'],
    apology: /^(?:es tut mir leid|tut mir leid|entschuldigung|leider)/iu,
    sentence:
      /^(?:ich kann|kann ich) (?:ihnen |dir )?(?:dabei|damit|bei dieser anfrage|bei diesem bild|dieses bild)? ?(?:leider )?nicht (?:weiter)?(?:helfen|beschreiben)/iu
  },
  {
    openings: ['je suis désolé', 'désolé', 'je regrette', 'je ne peux', 'je ne suis'],
    apology: /^(?:je suis (?:vraiment )?désolée?|désolée?|je regrette)/iu,
    sentence:
      /^je ne (?:peux|suis) pas (?:vous |t['’])?(?:en mesure de (?:vous )?)?(?:aider|décrire (?:cette image|ce contenu))/iu
  },
  {
    openings: ['lo siento', 'lamento', 'no puedo'],
    apology: /^(?:lo siento(?: mucho)?|lo lamento|lamento)/iu,
    sentence: /^no puedo (?:ayudar|describir (?:esta|la) imagen)/iu
  },
  {
    openings: ['mi dispiace', 'spiacente', 'non posso'],
    apology: /^(?:mi dispiace|spiacente)/iu,
    sentence: /^non posso (?:aiutar|descrivere (?:questa immagine|l['’]immagine))/iu
  },
  {
    openings: ['desculp', 'sinto muito', 'lamento', 'não posso'],
    apology: /^(?:desculpe|desculpa|sinto muito|lamento)/iu,
    sentence: /^não posso (?:te |lhe |o |a )?(?:ajud|descrever (?:esta|essa|a) imagem)/iu
  },
  {
    openings: ['het spijt me', 'sorry', 'helaas', 'ik kan'],
    apology: /^(?:het spijt me|sorry|helaas)/iu,
    sentence:
      /^(?:ik kan|kan ik) (?:u |je )?(?:daar|hier|met dit verzoek|deze afbeelding)? ?niet (?:(?:bij|mee|met dit verzoek) )?(?:helpen|beschrijven)/iu
  },
  {
    openings: ['przykro mi', 'przepraszam', 'niestety', 'nie mogę'],
    apology: /^(?:przykro mi|przepraszam|niestety)/iu,
    sentence: /^nie mogę (?:w tym |z tym |ci )?(?:pomóc|opisać tego (?:obrazu|zdjęcia))/iu
  },
  {
    openings: ['извините', 'простите', 'к сожалению', 'я не могу'],
    apology: /^(?:извините|простите|к сожалению)/iu,
    sentence: /^я не могу (?:вам )?(?:(?:с этим )?помочь|описать (?:это|данное) изображение)/iu
  },
  {
    openings: ['вибачте', 'на жаль', 'я не можу'],
    apology: /^(?:вибачте|на жаль)/iu,
    sentence: /^я не можу (?:вам )?(?:(?:з цим )?допомогти|описати це зображення)/iu
  },
  {
    openings: ['üzgünüm', 'maalesef', 'bu konuda', 'bu resmi', 'bu görseli'],
    apology: /^(?:üzgünüm|maalesef)/iu,
    sentence: /^bu (?:konuda|isteğe) yardımcı olamam|^bu (?:resmi|görseli|görüntüyü) (?:tarif edemem|açıklayamam)/iu
  },
  {
    openings: ['عذرا', 'عذرًا', 'آسف', 'أنا آسف', 'لا يمكنني', 'لا أستطيع'],
    apology: /^(?:عذرًا|عذرا|أنا آسف|آسف)/u,
    sentence: /^(?:ولكن |لكن )?(?:لا يمكنني|لا أستطيع) (?:مساعدتك|المساعدة|وصف هذه الصورة)/u
  },
  {
    openings: ['申し訳', 'すみません', 'ごめん', 'お手伝い', 'その画像', 'この画像', 'ご要望'],
    apology: /^(?:(?:大変)?申し訳(?:ありません|ございません)|すみません|ごめんなさい)(?:が|、)*/u,
    sentence:
      /^(?:[^。、]{0,20}(?:について)?は)?(?:お手伝い|お応え|説明|対応)(?:する(?:こと)?(?:が|は))?(?:でき|いたしかね)(?:ません|ない)?/u
  },
  {
    openings: ['抱歉', '对不起', '對不起', '很抱歉', '我无法', '我無法', '我不能'],
    apology: /^(?:很?抱歉|对不起|對不起)/u,
    sentence:
      /^我(?:无法|無法|不能)(?:协助|協助|帮助|幫助|帮您|處理|处理|满足|滿足|提供(?:帮助|協助|协助)|描述(?:这|此|這)(?:张|張|个|個)?(?:图|圖))/u
  },
  {
    openings: ['죄송', '미안', '도와드릴', '이 이미지', '해당'],
    apology: /^(?:죄송(?:합니다|하지만)|미안합니다)(?:만)?/u,
    sentence: /^(?:[^.]{0,20} )?(?:도와드릴|도움을 드릴|설명할|설명해 드릴) 수 없습니다/u
  }
]
/** What can come between an apology and a refusal. */
const joint =
  /^[,.!:،，。、！]?\s*(?:(?:but|aber|mais|pero|ma|mas|maar|ale|но|але|ancak|ama|ولكن|لكن|하지만)(?=[\s,])|但是?)?[,，]?\s*/iu
/** What can follow a refusal and says nothing about the picture. */
const offer =
  /^(?:if you|if there|please|let me know|feel free|is there|how else|can i|i can help|i['’]d be happy|wenn sie|bitte|si vous|si necesita|se hai|als u|jeśli|если|будь ласка|пожалуйста)/iu
/** After these, the sentence goes on to say what can be seen. */
const turn = /, (?:but|though|aber|mais|pero|ma|mas|maar|ale|но|але) /iu

/** True when the text is a refusal and nothing else. */
export function isRefusal(text: string): boolean {
  return text.length <= maxCharacters && refusals.some((refusal) => isRefusedBy(refusal, text, true))
}

/** True while an incomplete text may still become a refusal: nobody should hear half of one. */
export function couldBeRefusal(text: string): boolean {
  if (text === '' || text.length > maxCharacters) return false
  const plain = text.toLowerCase().replaceAll("'", '’')
  return refusals.some(
    (refusal) =>
      refusal.openings.some((opening) => plain.startsWith(opening) || opening.startsWith(plain)) &&
      isRefusedBy(refusal, text, false)
  )
}

function isRefusedBy({ apology, sentence }: Refusal, text: string, isComplete: boolean): boolean {
  const behind = text.replace(apology, '')
  const [first = '', ...others] = (behind === text ? text : behind.replace(joint, '')).split(
    /(?<=[.!?])\s+|(?<=[。！？])/u
  )
  // Nothing is known about the sentence that is still arriving.
  if (!isComplete && others.length === 0) return true
  if (!sentence.test(first) || turn.test(first)) return false
  return (isComplete ? others : others.slice(0, -1)).every((other) => other.trim() === '' || offer.test(other))
}
