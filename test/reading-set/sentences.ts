/** What the pictures of the reading set say: notices, letters, receipts, and menus, by BCP 47 tag. None of them was used for tuning. */
export const sentences = {
  en: [
    'Opening hours: Monday to Friday, 8:30 to 17:00',
    'Please ring twice and wait at the gate.',
    'Flight BA 2490 is delayed by 45 minutes',
    'Two cups of flour, one egg, a pinch of salt',
    'Your order no. 5538-21 has been shipped.',
    'Beware of the dog',
    'The library is closed on public holidays.',
    'Subtotal 18.40, VAT 3.68, total 22.08',
    'Keep refrigerated and use within three days',
    'We look forward to hearing from you soon.',
    'Platform 9: change here for the airport',
    'Do not lean out of the window'
  ],
  de: [
    'Geöffnet von Montag bis Freitag, außer an Feiertagen',
    'Bitte zweimal läuten und am Tor warten.',
    'Ihr Zug nach Köln verspätet sich um 20 Minuten',
    'Zwei Löffel Öl, fünf Eier, eine Prise Salz und Pfeffer',
    'Vielen Dank für Ihre Bestellung vom 3. März.',
    'Rasen betreten verboten, Fahrräder abstellen auch',
    'Die Bücherei bleibt nächste Woche geschlossen.',
    'Zwischensumme 18,40, Mehrwertsteuer 3,50, Summe 21,90',
    'Kühl lagern und innerhalb von drei Tagen verzehren',
    'Mit freundlichen Grüßen, Ihre Hausverwaltung Schröder',
    'Ausgang zur Königsstraße und zum Hafen',
    'Überweisen Sie den Betrag bis spätestens Dienstag'
  ],
  fr: [
    'Ouvert du lundi au vendredi, fermé les jours fériés',
    'Sonnez deux fois et attendez devant la grille.',
    'Votre train à destination de Besançon est retardé',
    'Deux cuillères de crème fraîche, un œuf, du sel',
    'Merci pour votre commande du 3 août.',
    'Défense de stationner devant cette entrée',
    'La bibliothèque sera fermée la semaine prochaine.',
    'Sous-total 18,40, taxe 3,68, total à payer 22,08',
    'À conserver au frais, à consommer sous trois jours',
    'Veuillez agréer nos salutations distinguées',
    'Sortie côté forêt, accès aux quais à gauche',
    'Le contrôle des billets a été effectué là-bas'
  ],
  es: [
    'Abierto de lunes a sábado, cerrado los días festivos',
    'Llame dos veces y espere junto a la puerta.',
    'Su vuelo a Málaga saldrá con veinte minutos de retraso',
    'Dos cucharadas de azúcar, un limón y una piña pequeña',
    'Gracias por su pedido del día 3 de marzo.',
    'Prohibido aparcar delante de este garaje',
    'La biblioteca estará cerrada la próxima semana.',
    'Subtotal 18,40, impuestos 3,68, total 22,08',
    'Después de abrir, consérvese en frío tres días',
    'Reciba un cordial saludo, la señora Muñoz',
    'Salida hacia el jardín y el aparcamiento',
    'Según el médico, mañana estará mejor'
  ],
  uk: [
    'Відчинено з понеділка до суботи',
    'Подзвоніть двічі та чекайте біля воріт',
    'Ваш потяг до Львова запізнюється на 20 хвилин',
    'Дві ложки цукру, одне яйце, трохи солі',
    'Дякуємо за ваше замовлення',
    'Паркування заборонено',
    'Бібліотека зачинена наступного тижня',
    'Разом до сплати 220 гривень',
    'Зберігати в холодному місці три дні',
    'З повагою, адміністрація будинку',
    'Вихід до парку та зупинки трамвая',
    'Лікар приймає щодня, крім неділі'
  ],
  ar: [
    'مفتوح من الاثنين إلى الجمعة',
    'الرجاء الانتظار أمام الباب',
    'تأخر القطار عشرين دقيقة',
    'ملعقة من السكر وبيضة واحدة',
    'شكرا على طلبكم من متجرنا',
    'ممنوع الوقوف أمام المدخل',
    'المكتبة مغلقة الأسبوع القادم',
    'يحفظ في مكان بارد وجاف',
    'مع أطيب التحيات من الإدارة',
    'الخروج إلى الحديقة والمحطة',
    'الطبيب موجود كل يوم',
    'أهلا وسهلا بكم في بيتنا'
  ]
} as const

export type ReadingLanguage = keyof typeof sentences
export const readingLanguages = Object.keys(sentences) as ReadingLanguage[]
