import { noticeKinds, type NoticeKind } from '../notice.ts'

/** "Tags" by other names. One of these labels tags only where nothing but tags follows it. */
export const tagLabels: readonly string[] = (
  'tags|tag|keywords|key words|hashtags|schlagwörter|schlagworte|stichwörter|stichworte|mots-clés|' +
  'mots clés|étiquettes|etiquetas|palabras clave|parole chiave|etichette|palavras-chave|trefwoorden|' +
  'labels|tagi|słowa kluczowe|теги|тэги|ключевые слова|ключові слова|etiketler|anahtar kelimeler|taggar|' +
  'nyckelord|الوسوم|وسوم|الكلمات المفتاحية|كلمات مفتاحية|תגיות|תגים|टैग|标签|標籤|关键词|關鍵字|タグ|キーワード|태그|키워드'
).split('|')

/** "Notice" by other names. One of these is a notice only as the first line, and with one of our kinds. */
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

/** Our kind for a word in whatever case and language; null for any other word. */
export function kindOfNotice(word: string): NoticeKind | null {
  const plain = word.toLowerCase()
  return noticeKinds.find((kind) => kinds[kind].includes(plain)) ?? null
}

/** What stands under a label that has nothing to label. */
export const noneWords: readonly string[] = (
  'none|n/a|-|keine|keiner|kein|aucun|aucune|ninguno|ninguna|nessuno|nessuna|nenhum|nenhuma|geen|brak|' +
  'нет|немає|yok|لا يوجد|אין|なし|无|無|없음'
).split('|')
