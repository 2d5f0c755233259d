import type { Chance } from './random.ts'

/** Word lists. What a wrong answer invents comes from the same lists, so that it is as plausible as the truth. */

export const people = [
  'Anna Müller', 'Jonas Weiß', 'Katrin Schröder', 'Peter Hofmann', 'Élodie Marchand', 'Luc Fontaine', 'Carmen Ibáñez',
  'Diego Peña', 'Margaret Doyle', 'Samuel Whitcombe', 'Priya Raman', 'Tomasz Kowalczyk', 'Ingrid Sørensen',
  'Harriet Blackwood', 'Owen Gallagher', 'Beatrix Lindqvist', 'Rosa Delgado', 'Yusuf Demir', 'Heike Brückner',
  'Claire Rousseau', 'Walter Zimmermann', 'Naomi Fletcher', 'Gareth Pugh', 'Lena Böhm', 'Víctor Salas', 'Edith Crane'
] // prettier-ignore
export const firstNames = ['Mia', 'Oskar', 'Jürgen', 'Zoë', 'Hannah', 'Marco', 'Greta', 'Felix', 'Amélie', 'Raúl', 'Nora', 'Tim', 'Esther', 'Kofi', 'Svenja'] // prettier-ignore
export const cities = [
  'Würzburg', 'Hamburg', 'Köln', 'Leipzig', 'Lyon', 'Nantes', 'Málaga', 'Sevilla', 'Bristol', 'Sheffield', 'Glasgow',
  'Norwich', 'Zürich', 'Bergen', 'Toulouse', 'Göttingen', 'Valencia', 'Dublin', 'Plymouth', 'Freiburg', 'Utrecht'
] // prettier-ignore
export const shops = ['Green Valley Foods', 'Corner Bakery', 'Harbour Books', 'Oakwood Hardware', 'Northgate Pharmacy', 'Sunrise Grocers', 'Mill Lane Cafe', 'Redbrick Records', 'Pemberton Tools', 'Willow Garden Centre'] // prettier-ignore
export const germanShops = ['Bäckerei Vogel', 'Blumen Köhler', 'Getränke Lutz', 'Buchhandlung Seidel', 'Feinkost Jäger', 'Hofladen Brandt', 'Drogerie Pfeiffer'] // prettier-ignore
export const companies = ['Brightwater Energy', 'Larkfield Insurance', 'Helix Software', 'Ashdown Logistics', 'Kestrel Telecom', 'Marlow Dental Clinic', 'Tidewater Bank', 'Fenwick Housing', 'Orchard Travel', 'Beacon Library Service'] // prettier-ignore
export const goods = ['Brown bread', 'Oat milk', 'Apples', 'Cheddar', 'Coffee beans', 'Honey', 'Light bulb', 'Envelopes', 'Batteries', 'Olive oil', 'Tomatoes', 'Notebook', 'Green tea', 'Candles', 'Rice', 'Yoghurt', 'Paint brush', 'Scissors'] // prettier-ignore
export const germanGoods = ['Vollkornbrot', 'Butter', 'Äpfel', 'Käsekuchen', 'Mineralwasser', 'Kerzen', 'Tomaten', 'Kaffee', 'Brötchen', 'Honig', 'Pflaumen', 'Schokolade'] // prettier-ignore
export const frenchDishes = ['Soupe à l’oignon', 'Tarte aux pommes', 'Poulet rôti', 'Salade niçoise', 'Moules frites', 'Crème brûlée', 'Quiche lorraine', 'Gratin dauphinois'] // prettier-ignore
export const spanishDishes = ['Tortilla española', 'Gazpacho andaluz', 'Paella de marisco', 'Croquetas caseras', 'Pan con tomate', 'Arroz con leche', 'Pulpo a la gallega'] // prettier-ignore
export const streets = ['Station Road', 'Mill Lane', 'Church Street', 'Victoria Avenue', 'Harbour Way', 'Queens Terrace', 'Castle Hill', 'Park Crescent'] // prettier-ignore
export const germanStreets = ['Bahnhofstraße', 'Gartenweg', 'Lindenallee', 'Schillerplatz', 'Mühlgasse', 'Am Kirchberg'] // prettier-ignore
export const programs = ['Photo Sorter', 'Ledger Pro', 'MailBird', 'Disk Doctor', 'NotePad Plus', 'Cloud Keeper', 'Sound Studio', 'Map Planner'] // prettier-ignore
export const files = ['budget', 'holiday', 'minutes', 'invoice', 'thesis', 'backup', 'recipes', 'contacts', 'garden', 'schedule', 'inventory', 'report'] // prettier-ignore
export const extensions = ['docx', 'xlsx', 'pdf', 'txt', 'zip', 'csv']
export const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] // prettier-ignore
export const germanMonths = ['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August', 'September', 'Oktober', 'November', 'Dezember'] // prettier-ignore
export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
export const jobs = ['Architect', 'Piano Tuner', 'Tax Adviser', 'Physiotherapist', 'Translator', 'Landscape Gardener', 'Civil Engineer', 'Photographer'] // prettier-ignore
export const buttons = ['Retry', 'Ignore', 'Update', 'Skip', 'Restore', 'Details', 'Allow', 'Upgrade', 'Unlock', 'Subscribe'] // prettier-ignore
export const adjectives = ['gentle', 'crimson', 'forgotten', 'silver', 'northern', 'hollow', 'bitter', 'distant', 'velvet', 'restless'] // prettier-ignore
export const nouns = ['lantern', 'orchard', 'harvest', 'compass', 'river', 'meadow', 'tunnel', 'castle', 'thunder', 'feather'] // prettier-ignore

export const wordLists = { people, firstNames, cities, shops, germanShops, companies, goods, germanGoods, frenchDishes, spanishDishes, streets, germanStreets, programs, files, jobs, buttons, adjectives, nouns, weekdays, months } // prettier-ignore
export type WordList = keyof typeof wordLists

export const chatLines = [
  'The boiler is working again', 'Bring the blue folder tomorrow', 'I left the keys under the mat', 'Dinner is in the oven',
  'Grandma wants to see the photos', 'The match was cancelled', 'Please feed the cat tonight', 'My train is stuck outside town',
  'We painted the kitchen yellow', 'Don’t forget the library books', 'The dentist moved my appointment', 'I found your umbrella'
] // prettier-ignore
export const germanChatLines = ['Der Zug hat Verspätung', 'Kannst du Brot mitbringen', 'Die Prüfung war leicht', 'Wir sind schon am Bahnhof', 'Das Päckchen ist angekommen', 'Heute Abend gibt es Suppe'] // prettier-ignore
export const headlines = [
  'Old bridge reopens after repairs', 'Library extends its evening hours', 'Farmers expect a record harvest',
  'Museum finds lost painting in cellar', 'New ferry links both islands', 'School wins national science prize',
  'Council approves plans for tram line', 'Storm leaves coast without power'
] // prettier-ignore
export const bodies = [
  'Visitors are asked to use the side entrance', 'The work took longer than expected', 'Nobody was hurt in the incident',
  'Volunteers served tea to the crowd', 'Engineers will inspect the site again', 'A final decision is due next week',
  'Residents had waited for years', 'Tickets can be bought at the gate'
] // prettier-ignore
export const problems = [
  'The file could not be opened', 'The connection was lost', 'There is not enough memory', 'The printer does not respond',
  'The password has expired', 'The disk is nearly full', 'The update was interrupted', 'Access to the folder was denied'
] // prettier-ignore
export const subjects = ['Your parcel is on its way', 'Minutes of the last meeting', 'Change to your booking', 'Photos from the weekend', 'Reminder: choir practice', 'Welcome to the allotment', 'Question about the contract', 'Your new card has arrived'] // prettier-ignore

const small = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'] // prettier-ignore
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']

/** English words for 0 to 9,999. */
export function inWords(value: number): string {
  if (value < 20) return small[value] ?? ''
  if (value < 100) return `${tens[Math.floor(value / 10)]}${value % 10 ? `-${small[value % 10]}` : ''}`
  if (value < 1000) {
    return `${small[Math.floor(value / 100)]} hundred${value % 100 ? ` and ${inWords(value % 100)}` : ''}`
  }
  const rest = value % 1000
  return `${inWords(Math.floor(value / 1000))} thousand${rest ? `${rest < 100 ? ' and' : ''} ${inWords(rest)}` : ''}`
}

const smallGerman = ['null', 'ein', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun', 'zehn', 'elf', 'zwölf'] // prettier-ignore
/** German words for 0 to 12. */
export function inGermanWords(value: number): string {
  return smallGerman[value] ?? String(value)
}

/** "1,234.50" and the like. */
export function grouped(value: number, decimals: number, group: string, point: string): string {
  const [whole = '', rest] = value.toFixed(decimals).split('.')
  const digits = whole.replaceAll(/\B(?=(\d{3})+$)/gu, group)
  return rest === undefined ? digits : `${digits}${point}${rest}`
}

export const two = (value: number): string => String(value).padStart(2, '0')

/** "3rd" */
export function ordinal(value: number): string {
  const ending = value % 100 >= 11 && value % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th')
  return `${value}${ending}`
}

/** "a quarter to six in the evening", for a full quarter or a multiple of five minutes. */
export function spokenTime(hour: number, minute: number): string {
  const part = hour < 12 ? 'in the morning' : hour < 18 ? 'in the afternoon' : 'in the evening'
  const twelve = (of: number): string => inWords(of % 12 === 0 ? 12 : of % 12)
  if (minute === 0) return `${twelve(hour)} o’clock ${part}`
  if (minute === 15) return `a quarter past ${twelve(hour)} ${part}`
  if (minute === 30) return `half past ${twelve(hour)} ${part}`
  if (minute === 45) return `a quarter to ${twelve(hour + 1)} ${part}`
  return minute < 30
    ? `${inWords(minute)} past ${twelve(hour)} ${part}`
    : `${inWords(60 - minute)} to ${twelve(hour + 1)} ${part}`
}

export function phone(chance: Chance): string {
  return chance.pick([
    () => `0${chance.whole(1111, 1999)} ${chance.whole(201, 989)} ${chance.whole(1012, 9899)}`,
    () => `+49 ${chance.whole(151, 179)} ${chance.whole(2012345, 9899999)}`,
    () => `(${chance.whole(201, 989)}) 555-${chance.whole(1012, 9899)}`
  ])()
}

/** "KX-4827-B" and the like. Without letters and digits that look the same. */
export function code(chance: Chance): string {
  const letter = (): string => chance.pick('ACDEFHKLMNPRTUVWX'.split(''))
  return chance.pick([
    () => `${letter()}${letter()}-${chance.whole(1023, 9876)}-${letter()}`,
    () => `${letter()}${chance.whole(23456, 98765)}`,
    () => `${chance.whole(234, 987)}-${letter()}${letter()}${chance.whole(23, 98)}`
  ])()
}
