import { steps, type Step } from '#shared/caption.ts'

/**
 * The labels of steps are asked for in English; some models translate them all the same. One that stands here in no
 * language stays in the caption as a word.
 */
const labels: Record<Step, readonly string[]> = {
  summary: [
    'summary',
    'zusammenfassung',
    'résumé',
    'resumen',
    'riepilogo',
    'riassunto',
    'resumo',
    'samenvatting',
    'podsumowanie',
    'streszczenie',
    'резюме',
    'сводка',
    'підсумок',
    'özet',
    'ملخص',
    'الملخص',
    'תקציר',
    'सारांश',
    '摘要',
    '概要',
    '総括',
    '要約',
    '요약'
  ],
  text: [
    'text',
    'texte',
    'texto',
    'testo',
    'tekst',
    'текст',
    'metin',
    'النص',
    'نص',
    'טקסט',
    'पाठ',
    '文字',
    '文本',
    'テキスト',
    '텍스트'
  ],
  parts: [
    'parts',
    'teile',
    'bereiche',
    'parties',
    'partes',
    'parti',
    'delen',
    'onderdelen',
    'części',
    'части',
    'частини',
    'bölümler',
    'parçalar',
    'الأجزاء',
    'أجزاء',
    'חלקים',
    'भाग',
    '部分',
    '各部',
    '부분'
  ],
  controls: [
    'controls',
    'steuerelemente',
    'bedienelemente',
    'commandes',
    'contrôles',
    'controles',
    'controlli',
    'comandi',
    'bedieningselementen',
    'kontrolki',
    'elementy sterujące',
    'элементы управления',
    'елементи керування',
    'kontroller',
    'عناصر التحكم',
    'פקדים',
    'नियंत्रण',
    '控件',
    '控制項',
    'コントロール',
    '컨트롤'
  ],
  details: [
    'details',
    'einzelheiten',
    'détails',
    'detalles',
    'dettagli',
    'detalhes',
    'szczegóły',
    'подробности',
    'детали',
    'подробиці',
    'деталі',
    'ayrıntılar',
    'detaylar',
    'التفاصيل',
    'تفاصيل',
    'פרטים',
    'विवरण',
    '详情',
    '細節',
    '细节',
    '詳細',
    '세부 사항',
    '세부사항'
  ]
}

/** All labels in lower case. */
export const stepLabels: readonly string[] = steps.flatMap((step) => labels[step])

/** The step of one of `stepLabels`, in whatever case. */
export function stepOfLabel(label: string): Step {
  return steps.find((step) => labels[step].includes(label.toLowerCase())) ?? 'details'
}

/** Those of the summary, for answers that are not asked for in steps. */
export const summaryLabels: readonly string[] = labels.summary
