/** Captions of one or two sentences as a vision model writes them, by language; some quote foreign or English words. */
export const captionsByLanguage: Readonly<Record<string, readonly string[]>> = {
  en: [
    'A settings window with three tabs; the Privacy tab is selected.',
    'Two dogs run across a wet beach at sunset.',
    'A bar chart of yearly sales. Sales rise from 2 million in 2019 to 5 million in 2023.',
    'The dialog says "Möchten Sie die Änderungen speichern?" and has two buttons.',
    'A receipt from Café Müller for 49,90 €.',
    'Error message: the file could not be opened. Press OK to close.',
    'A woman in a red coat holds a paper cup and looks at her phone.',
    'The picture is blank.',
    'A map of Paris with a route from Gare du Nord to Montparnasse.'
  ],
  de: [
    'Ein Einstellungsfenster mit drei Reitern; der Reiter Datenschutz ist ausgewählt.',
    'Zwei Hunde laufen bei Sonnenuntergang über einen nassen Strand.',
    'Ein Balkendiagramm der jährlichen Umsätze. Sie steigen von 2 Millionen auf 5 Millionen.',
    'Der Dialog fragt: "Save changes to report.docx?" Es gibt zwei Knöpfe.',
    'Eine Quittung der Bäckerei über 49,90 €.',
    'Fehlermeldung: Die Datei konnte nicht geöffnet werden. Drücken Sie OK.',
    'Eine Frau in einem roten Mantel hält einen Pappbecher und schaut auf ihr Handy.',
    'Das Bild ist leer.',
    'Webseite von GitHub mit der Schaltfläche "Sign in" oben rechts.'
  ],
  fr: [
    'Une fenêtre de réglages avec trois onglets ; l’onglet Confidentialité est sélectionné.',
    'Deux chiens courent sur une plage mouillée au coucher du soleil.',
    'Un diagramme en barres des ventes annuelles. Elles passent de 2 à 5 millions.',
    'La boîte de dialogue demande : « Save changes? » et propose deux boutons.',
    'Un ticket de caisse de la boulangerie pour 49,90 €.',
    'Message d’erreur : le fichier n’a pas pu être ouvert. Appuyez sur OK.',
    'Une femme en manteau rouge tient un gobelet et regarde son téléphone.',
    'L’image est vide.',
    'Capture d’une page web avec un menu en haut et un champ de recherche.'
  ],
  es: [
    'Una ventana de ajustes con tres pestañas; la pestaña Privacidad está seleccionada.',
    'Dos perros corren por una playa mojada al atardecer.',
    'Un gráfico de barras de las ventas anuales. Suben de 2 a 5 millones.',
    'El cuadro de diálogo pregunta: "Save changes?" y tiene dos botones.',
    'Un recibo de la panadería por 49,90 €.',
    'Mensaje de error: no se pudo abrir el archivo. Pulse Aceptar.',
    'Una mujer con abrigo rojo sostiene un vaso de papel y mira su teléfono.',
    'La imagen está en blanco.',
    'Un mapa de Madrid con una ruta hasta la estación de Atocha.'
  ],
  it: [
    'Una finestra delle impostazioni con tre schede; è selezionata la scheda Privacy.',
    'Due cani corrono su una spiaggia bagnata al tramonto.',
    'Un grafico a barre delle vendite annuali. Le vendite salgono da 2 a 5 milioni.',
    'La finestra di dialogo chiede: "Save changes?" e ha due pulsanti.',
    'Uno scontrino del panificio da 49,90 €.',
    'Messaggio di errore: impossibile aprire il file. Premere OK per chiudere.',
    'Una donna con un cappotto rosso tiene un bicchiere di carta e guarda il telefono.',
    'L’immagine è vuota.'
  ],
  pt: [
    'Uma janela de configurações com três separadores; o separador Privacidade está selecionado.',
    'Dois cães correm numa praia molhada ao pôr do sol.',
    'Um gráfico de barras das vendas anuais. As vendas sobem de 2 para 5 milhões.',
    'A caixa de diálogo pergunta: "Save changes?" e tem dois botões.',
    'Um recibo da padaria no valor de 49,90 €.',
    'Mensagem de erro: não foi possível abrir o ficheiro. Prima OK para fechar.',
    'Uma mulher de casaco vermelho segura um copo de papel e olha para o telemóvel.',
    'A imagem está em branco.'
  ],
  nl: [
    'Een instellingenvenster met drie tabbladen; het tabblad Privacy is geselecteerd.',
    'Twee honden rennen bij zonsondergang over een nat strand.',
    'Een staafdiagram van de jaarlijkse verkoop. De verkoop stijgt van 2 naar 5 miljoen.',
    'Het dialoogvenster vraagt: "Save changes?" en heeft twee knoppen.',
    'Een kassabon van de bakker voor 49,90 €.',
    'Foutmelding: het bestand kon niet worden geopend. Druk op OK om te sluiten.',
    'Een vrouw in een rode jas houdt een kartonnen beker vast en kijkt op haar telefoon.',
    'De afbeelding is leeg.'
  ],
  pl: [
    'Okno ustawień z trzema kartami; wybrana jest karta Prywatność.',
    'Dwa psy biegną po mokrej plaży o zachodzie słońca.',
    'Wykres słupkowy rocznej sprzedaży. Sprzedaż rośnie z 2 do 5 milionów.',
    'Okno dialogowe pyta: "Save changes?" i ma dwa przyciski.',
    'Paragon z piekarni na kwotę 49,90 zł.',
    'Komunikat o błędzie: nie można otworzyć pliku. Naciśnij OK.',
    'Kobieta w czerwonym płaszczu trzyma papierowy kubek i patrzy na telefon.',
    'Obraz jest pusty.'
  ],
  ru: [
    'Окно настроек с тремя вкладками; выбрана вкладка «Конфиденциальность».',
    'Две собаки бегут по мокрому пляжу на закате.',
    'Столбчатая диаграмма годовых продаж. Продажи растут с 2 до 5 миллионов.',
    'В диалоговом окне вопрос "Save changes?" и две кнопки.',
    'Чек из пекарни на сумму 490 рублей.',
    'Сообщение об ошибке: не удалось открыть файл. Нажмите OK.',
    'Женщина в красном пальто держит бумажный стаканчик и смотрит в телефон.',
    'Изображение пустое.'
  ],
  ja: [
    '設定ウィンドウに3つのタブがあり、「プライバシー」が選択されています。',
    '夕暮れの濡れた浜辺を2匹の犬が走っています。',
    '年間売上の棒グラフです。200万から500万に増えています。',
    'ダイアログに「Save changes?」と表示され、ボタンが2つあります。',
    'パン屋のレシート、合計490円。',
    'エラーメッセージ:ファイルを開けませんでした。OKを押してください。',
    '赤いコートの女性が紙コップを持ち、スマートフォンを見ています。',
    '画像は空白です。'
  ],
  zh: [
    '设置窗口有三个选项卡,已选中“隐私”选项卡。',
    '两只狗在日落时分跑过潮湿的海滩。',
    '年度销售额柱状图。销售额从200万增长到500万。',
    '对话框询问“Save changes?”,并有两个按钮。',
    '面包店的收据,总计49.90元。',
    '错误消息:无法打开文件。请按“确定”。',
    '一位穿红色大衣的女士拿着纸杯,看着手机。',
    '圖片是空白的。'
  ],
  ar: [
    'نافذة إعدادات بها ثلاث علامات تبويب، وعلامة تبويب الخصوصية محددة.',
    'كلبان يركضان على شاطئ مبلل عند غروب الشمس.',
    'رسم بياني شريطي للمبيعات السنوية. ترتفع المبيعات من 2 إلى 5 ملايين.',
    'يسأل مربع الحوار "Save changes?" وبه زران.',
    'إيصال من المخبز بمبلغ 49.90 يورو.',
    'رسالة خطأ: تعذر فتح الملف. اضغط على موافق.',
    'امرأة ترتدي معطفا أحمر تحمل كوبا ورقيا وتنظر إلى هاتفها.',
    'الصورة فارغة.'
  ],
  he: [
    'חלון הגדרות עם שלוש כרטיסיות; הכרטיסייה פרטיות נבחרה.',
    'שני כלבים רצים על חוף רטוב בשקיעה.',
    'תרשים עמודות של המכירות השנתיות. המכירות עולות מ-2 ל-5 מיליון.',
    'תיבת הדו-שיח שואלת "Save changes?" ויש בה שני לחצנים.',
    'קבלה מהמאפייה על סך 49.90 ש"ח.',
    'הודעת שגיאה: לא ניתן לפתוח את הקובץ. לחצו על אישור.',
    'אישה במעיל אדום מחזיקה כוס נייר ומסתכלת בטלפון.',
    'התמונה ריקה.'
  ],
  hi: [
    'सेटिंग्स विंडो में तीन टैब हैं; गोपनीयता टैब चुना हुआ है।',
    'सूर्यास्त के समय दो कुत्ते गीले समुद्र तट पर दौड़ रहे हैं।',
    'वार्षिक बिक्री का बार चार्ट। बिक्री 20 लाख से 50 लाख तक बढ़ती है।',
    'डायलॉग पूछता है "Save changes?" और उसमें दो बटन हैं।',
    'बेकरी की रसीद, कुल 490 रुपये।',
    'त्रुटि संदेश: फ़ाइल नहीं खोली जा सकी। ठीक दबाएँ।',
    'लाल कोट पहने एक महिला कागज़ का कप पकड़े हुए फ़ोन देख रही है।',
    'चित्र खाली है।'
  ]
}

/** Captions that were written after the detector's thresholds had been chosen, and had no part in choosing them. */
export const furtherCaptionsByLanguage: Readonly<Record<string, readonly string[]>> = {
  en: [
    'A man rides a bicycle through a park in autumn.',
    'A table of train departures; the next train to Leeds leaves at 10:42.',
    'The screen shows a video call with four people.',
    'Terminal window. The last command failed with exit code 1.'
  ],
  de: [
    'Ein Mann fährt im Herbst mit dem Fahrrad durch einen Park.',
    'Eine Tabelle mit Abfahrtszeiten; der nächste Zug nach Köln fährt um 10:42.',
    'Der Bildschirm zeigt eine Videokonferenz mit vier Personen.',
    'Terminalfenster. Der letzte Befehl ist fehlgeschlagen.'
  ],
  fr: [
    'Un homme fait du vélo dans un parc en automne.',
    'Un tableau des départs ; le prochain train pour Lyon part à 10:42.',
    'L’écran montre une visioconférence avec quatre personnes.',
    'Fenêtre de terminal. La dernière commande a échoué.'
  ],
  es: [
    'Un hombre monta en bicicleta por un parque en otoño.',
    'Una tabla de salidas; el próximo tren a Sevilla sale a las 10:42.',
    'La pantalla muestra una videollamada con cuatro personas.',
    'Ventana de terminal. La última orden ha fallado.'
  ],
  it: [
    'Un uomo va in bicicletta in un parco in autunno.',
    'Una tabella delle partenze; il prossimo treno per Milano parte alle 10:42.',
    'Lo schermo mostra una videochiamata con quattro persone.',
    'Finestra del terminale. L’ultimo comando non è riuscito.'
  ],
  pt: [
    'Um homem anda de bicicleta num parque no outono.',
    'Uma tabela de partidas; o próximo comboio para o Porto parte às 10:42.',
    'O ecrã mostra uma videochamada com quatro pessoas.',
    'Janela do terminal. O último comando falhou.'
  ],
  nl: [
    'Een man fietst in de herfst door een park.',
    'Een tabel met vertrektijden; de volgende trein naar Utrecht vertrekt om 10:42.',
    'Het scherm toont een videogesprek met vier personen.',
    'Terminalvenster. De laatste opdracht is mislukt.'
  ],
  pl: [
    'Mężczyzna jedzie na rowerze przez park jesienią.',
    'Tabela odjazdów; następny pociąg do Krakowa odjeżdża o 10:42.',
    'Ekran pokazuje wideorozmowę z czterema osobami.',
    'Okno terminala. Ostatnie polecenie nie powiodło się.'
  ],
  ru: ['Мужчина едет на велосипеде по парку осенью.'],
  ja: ['秋の公園で男性が自転車に乗っています。', 'GitHub Desktopのウィンドウ。Commitボタンがあります。'],
  zh: ['一名男子在秋天的公园里骑自行车。', 'GitHub Desktop窗口,有一个Commit按钮。'],
  ar: ['رجل يركب دراجة في حديقة في الخريف.'],
  he: ['גבר רוכב על אופניים בפארק בסתיו.'],
  hi: ['एक आदमी शरद ऋतु में पार्क में साइकिल चला रहा है।']
}
