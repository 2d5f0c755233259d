/** Two captions of one picture as models write them, and the sentences that both truly say: the shorter one of each two. */
export interface CaptionPair {
  language: string
  first: string
  second: string
  agreed: string[]
}

const pair = (language: string, first: string, second: string, ...agreed: string[]): CaptionPair => ({
  language,
  first,
  second,
  agreed
})

/** Written before the figures were looked at; what is missed stays in. */
export const captionPairs: CaptionPair[] = [
  // ---- they agree, in whole or in part
  pair(
    'en',
    'A brown dog runs on a beach. The sky is cloudy.',
    'A dog is running on a beach. Waves roll in behind it.',
    'A dog is running on a beach.'
  ),
  pair(
    'en',
    'Settings window of a mail program. The Save button is disabled. A warning reads "Password is too short".',
    'Settings window of a mail program. A red warning reads "Password is too short". The cursor is in the password field.',
    'Settings window of a mail program.',
    'A warning reads "Password is too short".'
  ),
  pair(
    'en',
    'In the background, two people are sitting on a bench. A bicycle leans against a tree.',
    'Two people are sitting on a bench in the background. A red bicycle leans against a tree.',
    'In the background, two people are sitting on a bench.',
    'A bicycle leans against a tree.'
  ),
  pair(
    'en',
    'A receipt from Blue Bottle Coffee. The total is $14.50. The date is March 3, 2026.',
    'A crumpled receipt from Blue Bottle Coffee. The total is $14.50. Paid by card.',
    'A receipt from Blue Bottle Coffee.',
    'The total is $14.50.'
  ),
  pair(
    'en',
    'Line chart of sales from 2019 to 2024. Sales rise from 10 to 45 million.',
    'Line chart of sales from 2019 to 2024, titled "Growth". Sales rise from 10 to 45 million.',
    'Line chart of sales from 2019 to 2024.',
    'Sales rise from 10 to 45 million.'
  ),
  pair(
    'en',
    'A woman stands at a whiteboard. She holds a blue marker.',
    'A woman stands at a whiteboard. She holds a blue marker in her right hand.',
    'A woman stands at a whiteboard.',
    'She holds a blue marker.'
  ),
  pair(
    'en',
    'A white cat sleeps on a grey sofa. A lamp stands beside the sofa.',
    'A white cat is sleeping on a grey sofa, next to a cushion. The room is dark.',
    'A white cat sleeps on a grey sofa.'
  ),
  pair(
    'en',
    'Three children play football in a park. A boy kicks the ball.',
    'Three children are playing football in a park. A small boy kicks the ball.',
    'Three children play football in a park.',
    'A boy kicks the ball.'
  ),
  pair(
    'en',
    'Street sign with the text "Main St". A traffic light is red.',
    'A traffic light is red. There is a street sign with the text "Main St".',
    'Street sign with the text "Main St".',
    'A traffic light is red.'
  ),
  pair(
    'en',
    'The battery is at 15 %. The Wi-Fi is off.',
    'The battery is at 15 %. The Wi-Fi is off, and Bluetooth is on.',
    'The battery is at 15 %.',
    'The Wi-Fi is off.'
  ),
  pair(
    'en',
    'A plate of spaghetti with tomato sauce. A fork lies on the left.',
    'A plate of spaghetti with tomato sauce and basil. On the left lies a fork.',
    'A plate of spaghetti with tomato sauce.',
    'A fork lies on the left.'
  ),
  pair('en', 'A man in a suit shakes hands with a woman.', 'A woman shakes hands with a man in a suit.'),
  pair(
    'de',
    'Ein brauner Hund läuft am Strand. Im Hintergrund stehen zwei Bäume.',
    'Am Strand läuft ein Hund. Zwei Bäume stehen im Hintergrund.',
    'Am Strand läuft ein Hund.',
    'Im Hintergrund stehen zwei Bäume.'
  ),
  pair(
    'de',
    'Fenster der Systemeinstellungen. Die Schaltfläche Speichern ist deaktiviert. Das Feld Name ist leer.',
    'Fenster der Systemeinstellungen. Die Schaltfläche Speichern ist deaktiviert. Unten steht ein Hinweis.',
    'Fenster der Systemeinstellungen.',
    'Die Schaltfläche Speichern ist deaktiviert.'
  ),
  pair(
    'de',
    'Eine Frau mit roter Mütze hält eine Tasse. Auf dem Tisch liegt ein Buch.',
    'Eine Frau mit einer roten Mütze hält eine weiße Tasse. Ein aufgeschlagenes Buch liegt auf dem Tisch.',
    'Eine Frau mit roter Mütze hält eine Tasse.',
    'Auf dem Tisch liegt ein Buch.'
  ),
  pair(
    'de',
    'Rechnung der Firma Müller. Der Betrag ist 1.299,00 Euro.',
    'Rechnung der Firma Müller vom 3. Mai. Der Betrag ist 1.299,00 Euro.',
    'Der Betrag ist 1.299,00 Euro.'
  ),
  pair(
    'fr',
    'Un chien brun court sur la plage. Le ciel est gris.',
    'Un chien court sur la plage. Le ciel est gris et nuageux.',
    'Un chien court sur la plage.',
    'Le ciel est gris.'
  ),
  pair(
    'fr',
    "Une femme est assise à une table. Le bouton Enregistrer est grisé. L'homme porte un chapeau.",
    "Une femme est assise à une table ronde. Le bouton Enregistrer est grisé. L'homme porte un chapeau noir.",
    'Une femme est assise à une table.',
    'Le bouton Enregistrer est grisé.',
    "L'homme porte un chapeau."
  ),
  pair(
    'es',
    'Un perro marrón corre por la playa. Al fondo se ven dos árboles.',
    'Un perro corre por la playa. Dos árboles se ven al fondo.',
    'Un perro corre por la playa.',
    'Al fondo se ven dos árboles.'
  ),
  pair(
    'es',
    'Ventana de configuración del correo. El botón Guardar está desactivado.',
    'Ventana de configuración del correo. El botón Guardar está desactivado. Hay un aviso rojo.',
    'Ventana de configuración del correo.',
    'El botón Guardar está desactivado.'
  ),
  pair(
    'en',
    'A bar chart with five bars. The tallest bar is labelled Berlin. All bars are blue.',
    'A bar chart with five blue bars. The tallest bar, at 80, is labelled Berlin.',
    'A bar chart with five bars.'
  ),
  pair(
    'en',
    'A dialog asks "Delete this file?". The buttons are Yes and No.',
    'A dialog asks "Delete this file?" in large text. There are two buttons, Yes and No.',
    'A dialog asks "Delete this file?".'
  ),
  pair(
    'en',
    'A busy street at night with neon signs. A taxi waits at a crossing.',
    'A busy street with neon signs at night. A yellow taxi waits at a crossing.',
    'A busy street at night with neon signs.',
    'A taxi waits at a crossing.'
  ),
  pair(
    'de',
    'Ein Parkplatz mit vielen Autos. Vorne steht ein roter Bus.',
    'Ein großer Parkplatz mit vielen Autos. Ein Bus steht vorne.',
    'Ein Parkplatz mit vielen Autos.',
    'Ein Bus steht vorne.'
  ),
  pair(
    'fr',
    'À gauche, une bouteille verte. Sur la table, il y a deux verres vides.',
    'À gauche, une bouteille. Deux verres vides sont sur la table.',
    'À gauche, une bouteille.',
    'Deux verres vides sont sur la table.'
  ),
  pair(
    'es',
    'Una mujer con sombrero lee un periódico. En el fondo hay una ventana.',
    'Una mujer con sombrero rojo lee un periódico. Hay una ventana en el fondo.',
    'Una mujer con sombrero lee un periódico.',
    'En el fondo hay una ventana.'
  ),
  // ---- they say different things of the picture
  pair(
    'en',
    'A kitchen with white cupboards. A kettle stands on the stove.',
    'A bowl of fruit is in the middle of the table. Sunlight falls through the window.'
  ),
  pair('de', 'Links steht ein Regal.', 'Eine Katze schläft unter dem Stuhl.'),
  // ---- they contradict each other
  pair('en', 'Two dogs run on a beach.', 'Three dogs run on a beach.'),
  pair('en', 'A dog runs on a beach.', 'Two dogs run on a beach.'),
  pair('en', 'A dog lies on the sofa.', 'Dogs lie on the sofa.'),
  pair('en', 'A fish is swimming in a tank.', 'Fish are swimming in a tank.'),
  pair('en', 'The traffic light is red.', 'The traffic light is green.'),
  pair('en', 'The total is 49.90 euros.', 'The total is 49.80 euros.'),
  pair('en', 'The total is $49.90.', 'The total is €49.90.'),
  pair('en', 'It is 5 degrees outside.', 'It is -5 degrees outside.'),
  pair('en', 'The length is 1.299 metres.', 'The length is 1,299 metres.'),
  pair('en', 'The box is checked.', 'The box is not checked.'),
  pair('en', 'The box is checked.', 'The box is unchecked.'),
  pair('en', 'The box is checked.', "The box isn't checked."),
  pair('en', 'The door is open.', 'The door is closed.'),
  pair('en', 'The door is closed.', 'The door is closing.'),
  pair('en', 'The door is open.', 'The door is opening.'),
  pair('en', 'The switch is on.', 'The switch is off.'),
  pair('en', 'The Wi-Fi is turned on.', 'The Wi-Fi is turned off.'),
  pair('en', 'A man stands on the left of a car.', 'A man stands on the right of a car.'),
  pair('en', 'A cat on the left, a dog on the right.', 'A dog on the left, a cat on the right.'),
  pair('en', 'On the left a woman, on the right a man.', 'A woman on the right, a man on the left.'),
  pair('en', 'More than 50 people wait.', 'Less than 50 people wait.'),
  pair('en', 'More than 50 people wait.', '50 people wait.'),
  pair('en', 'Open before 5 pm.', 'Open after 5 pm.'),
  pair('en', 'The bus leaves before 9:30.', 'The bus leaves after 9:30.'),
  pair('en', 'The cat sits on the table.', 'The cat sits under the table.'),
  pair('en', 'The dog chases the cat.', 'The cat chases the dog.'),
  pair('en', 'The dog is chased by the cat.', 'The dog chases the cat.'),
  pair('en', 'The book lies on the box.', 'The box lies on the book.'),
  pair('en', 'A red car and a blue bus.', 'A blue car and a red bus.'),
  pair('en', 'A red car stands next to a blue bus.', 'A red bus stands next to a blue car.'),
  pair('en', 'A woman, and a man with a hat.', 'A woman with a hat.'),
  pair('en', 'A woman with a red hat and a man with a blue hat.', 'A woman with a blue hat and a man with a red hat.'),
  pair('en', 'The sign next to the door is red.', 'The door is red.'),
  pair('en', 'The sign reads "Open".', 'The sign reads "Closed".'),
  pair('en', 'The button reads "Save".', 'The button reads "Save as".'),
  pair('en', 'A portrait of Angela Merkel.', 'A portrait of Theresa May.'),
  pair('en', 'The bottle is full.', 'The bottle is half full.'),
  pair('en', 'The shop is open.', 'The shop was open.'),
  pair('en', 'A person smiles without a hat.', 'A person smiles with a hat.'),
  pair('en', 'A toy car on the floor.', 'A car on the floor.'),
  pair('en', 'A dog house in a garden.', 'A dog in a garden.'),
  pair('en', 'The light is red or green.', 'The light is red.'),
  pair('en', 'A car and a bus. It is red.', 'A tram and a van. It is red.'),
  pair('en', 'Children watch dogs run.', 'Children run.'),
  pair('en', 'The man gives the woman a flower.', 'The woman gives the man a flower.'),
  pair('en', 'Sales rise from 10 to 45 million.', 'Sales rise from 45 to 10 million.'),
  pair('en', '5 of 10 files are copied.', '10 of 5 files are copied.'),
  pair('en', 'On the left a woman stands while a man sits.', 'A woman stands while a man sits on the left.'),
  pair('en', 'On the left, a dog. On the right, a cat.', 'On the left, a cat. On the right, a dog.'),
  pair('en', 'The door may be locked.', 'The door is locked.'),
  pair('en', 'The dog is not wearing a red collar.', 'The dog is not wearing a collar.'),
  pair('en', 'All red boxes are checked.', 'All boxes are checked.'),
  pair('en', 'A garden without a red gate.', 'A garden without a gate.'),
  pair('de', 'Alle roten Felder sind leer.', 'Alle Felder sind leer.'),
  pair('fr', 'Aucune voiture rouge ne roule.', 'Aucune voiture ne roule.'),
  pair('de', 'Die Ampel ist rot.', 'Die Ampel ist nicht rot.'),
  pair('de', 'Das Kästchen ist angekreuzt.', 'Das Kästchen ist nicht angekreuzt.'),
  pair('de', 'Ein Hund liegt auf dem Sofa.', 'Hunde liegen auf dem Sofa.'),
  pair('de', 'Zwei Hunde laufen am Strand.', 'Drei Hunde laufen am Strand.'),
  pair('de', 'Das Fenster ist offen.', 'Das Fenster ist geschlossen.'),
  pair('de', 'Das Licht ist an.', 'Das Licht ist aus.'),
  pair('de', 'Die Katze sitzt links neben dem Hund.', 'Die Katze sitzt rechts neben dem Hund.'),
  pair('de', 'Eine Flasche ohne Etikett.', 'Eine Flasche mit Etikett.'),
  pair('de', 'Mehr als 50 Leute warten.', 'Weniger als 50 Leute warten.'),
  pair('de', 'Die Länge ist 1.299 Meter.', 'Die Länge ist 1,299 Meter.'),
  pair('de', 'Auf dem Stuhl liegt ein Buch.', 'Auf dem Buch liegt ein Stuhl.'),
  pair('de', 'Der Hund jagt die Katze.', 'Den Hund jagt die Katze.'),
  pair('fr', 'La porte est ouverte.', 'La porte est fermée.'),
  pair('fr', 'Le feu est rouge.', "Le feu n'est pas rouge."),
  pair('fr', 'Deux chiens courent sur la plage.', 'Trois chiens courent sur la plage.'),
  pair('fr', 'Un homme avec un chapeau.', 'Un homme sans chapeau.'),
  pair('fr', 'Un bus attend.', 'Des bus attendent.'),
  pair('fr', 'La case est cochée.', 'La case est décochée.'),
  pair('fr', "L'homme est à gauche de la table.", "L'homme est à droite de la table."),
  pair('es', 'La puerta está abierta.', 'La puerta está cerrada.'),
  pair('es', 'La luz está encendida.', 'La luz no está encendida.'),
  pair('es', 'Un coche rojo y un autobús azul.', 'Un coche azul y un autobús rojo.'),
  pair('es', 'Hay dos gatos en la mesa.', 'Hay tres gatos en la mesa.'),
  pair('es', 'El gato está sobre la mesa.', 'El gato está bajo la mesa.'),
  pair('es', 'Una botella con etiqueta.', 'Una botella sin etiqueta.'),
  pair('zh', '门开着。', '门没开着。'),
  pair('ja', '窓が開いている。', '窓が開いていない。'),
  pair('it', 'La porta è aperta.', 'La porta non è aperta.'),
  // ---- another thing altogether, for one word more or in another order
  pair('en', 'A hot dog on a plate.', 'A dog on a plate.'),
  pair('en', 'A teddy bear on a bed.', 'A bear on a bed.'),
  pair('en', 'A wooden horse.', 'A horse.'),
  pair('en', 'A cat statue stands by the door.', 'A cat stands by the door.'),
  pair('en', 'A dead bird lies on the grass.', 'A bird lies on the grass.'),
  pair('en', 'The man gives the dog to the boy.', 'The man gives the boy to the dog.'),
  pair('en', 'Expires 03/04/2026.', 'Expires 04/03/2026.'),
  pair('en', 'Press Enter to delete all files.', 'Press Escape to delete all files.'),
  pair('en', 'A woman with a hat walks a dog.', 'A woman walks a dog with a hat.'),
  pair('de', 'Eine gemalte Katze sitzt am Fenster.', 'Eine Katze sitzt am Fenster.'),
  pair('de', 'Der Zug fährt nach Köln.', 'Der Zug fährt von Köln.'),
  pair('fr', 'Un oiseau mort est sur le sol.', 'Un oiseau est sur le sol.'),
  pair('es', 'Un caballo de madera.', 'Un caballo.')
]
