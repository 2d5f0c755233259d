import { steps, type Step } from '#shared/caption.ts'
import { noticeKinds, type NoticeKind } from '../notice.ts'

/**
 * Labels are asked for in English, but some models translate them. A label that is not listed here stays in the caption
 * as a word.
 */

const labelsOfSteps: Record<Step, readonly string[]> = {
  summary: (
    'summary|zusammenfassung|résumé|resumen|riepilogo|riassunto|resumo|samenvatting|podsumowanie|' +
    'streszczenie|резюме|сводка|підсумок|özet|ملخص|الملخص|תקציר|सारांश|摘要|概要|総括|要約|요약'
  ).split('|'),
  text: 'text|texte|texto|testo|tekst|текст|metin|النص|نص|טקסט|पाठ|文字|文本|テキスト|텍스트'.split('|'),
  parts: (
    'parts|teile|bereiche|parties|partes|parti|delen|onderdelen|części|части|частини|bölümler|parçalar|' +
    'الأجزاء|أجزاء|חלקים|भाग|部分|各部|부분'
  ).split('|'),
  controls: (
    'controls|steuerelemente|bedienelemente|commandes|contrôles|controles|controlli|comandi|' +
    'bedieningselementen|kontrolki|elementy sterujące|элементы управления|елементи керування|kontroller|' +
    'عناصر التحكم|פקדים|नियंत्रण|控件|控制項|コントロール|컨트롤'
  ).split('|'),
  details: (
    'details|einzelheiten|détails|detalles|dettagli|detalhes|szczegóły|подробности|детали|подробиці|деталі|' +
    'ayrıntılar|detaylar|التفاصيل|تفاصيل|פרטים|विवरण|详情|細節|细节|詳細|세부 사항|세부사항'
  ).split('|')
}

/** All labels in lower case. */
export const stepLabels: readonly string[] = steps.flatMap((step) => labelsOfSteps[step])

/** The step of one of `stepLabels`, in any case. */
export function stepOfLabel(label: string): Step {
  return steps.find((step) => labelsOfSteps[step].includes(label.toLowerCase())) ?? 'details'
}

/** The labels of the summary, for answers that are not asked for in steps. */
export const summaryLabels: readonly string[] = labelsOfSteps.summary

/** "Tags" by other names. They count as a label only where nothing but tags follows. */
export const tagLabels: readonly string[] = (
  'tags|tag|keywords|key words|hashtags|schlagwörter|schlagworte|stichwörter|stichworte|mots-clés|' +
  'mots clés|étiquettes|etiquetas|palabras clave|parole chiave|etichette|palavras-chave|trefwoorden|' +
  'labels|tagi|słowa kluczowe|теги|тэги|ключевые слова|ключові слова|etiketler|anahtar kelimeler|taggar|' +
  'nyckelord|الوسوم|وسوم|الكلمات المفتاحية|كلمات مفتاحية|תגיות|תגים|टैग|标签|標籤|关键词|關鍵字|タグ|キーワード|태그|키워드'
).split('|')

/** "Notice" by other names. They count as a label only on the first line, and with one of our kinds. */
export const noticeLabels: readonly string[] = (
  'notice|warning|content warning|hinweis|achtung|warnung|avis|avertissement|aviso|advertencia|avviso|' +
  'avvertenza|melding|waarschuwing|uwaga|внимание|предупреждение|уведомление|увага|попередження|uyarı|' +
  'تنبيه|تحذير|אזהרה|चेतावनी|注意|警告|通知|お知らせ|알림|주의|경고'
).split('|')

/** The kinds of notice as models name them. */
const kinds: Record<NoticeKind, readonly string[]> = {
  sensitive: (
    'sensitive|sensibel|sensible|sensibile|sensível|gevoelig|wrażliwe|чувствительно|деликатно|чутливо|' +
    'hassas|حساس|רגיש|संवेदनशील|敏感|センシティブ|민감'
  ).split('|'),
  graphic: (
    'graphic|explicit|violent|grafisch|drastisch|explizit|graphique|explicite|choquant|gráfico|explícito|' +
    'grafico|esplicito|expliciet|drastyczne|жестоко|откровенно|шокирующее|відверто|sarsıcı|صادم|गंभीर|血腥|' +
    '暴力|露骨|グロテスク|過激|자극적'
  ).split('|'),
  private: (
    'private|personal|confidential|privat|vertraulich|privé|confidentiel|privado|privata|privato|' +
    'riservato|vertrouwelijk|prywatne|poufne|личное|конфиденциально|приватно|приватне|özel|gizli|خاص|פרטי|' +
    'निजी|私密|隐私|隱私|プライベート|個人情報|개인'
  ).split('|')
}

/** The kind that a word names in one of these languages, in any case; null for any other word. */
export function kindOfNotice(word: string): NoticeKind | null {
  const plain = word.toLowerCase()
  return noticeKinds.find((kind) => kinds[kind].includes(plain)) ?? null
}

/** What models write under a label when there is nothing to say. */
export const noneWords: readonly string[] = (
  'none|n/a|-|keine|keiner|kein|aucun|aucune|ninguno|ninguna|nessuno|nessuna|nenhum|nenhuma|geen|brak|' +
  'нет|немає|yok|لا يوجد|אין|なし|无|無|없음'
).split('|')
