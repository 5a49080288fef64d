/**
 * Names of months in other languages than English, by month; as they stand in dates, with their usual short forms. Languages whose
 * names are another month in a neighbour's (Polish and Croatian) are left out: better no date than a wrong one.
 */
const NAMES: readonly string[] = [
  'janvier janv januar jänner jan enero ene gennaio gen janeiro januari января янв ocak ιανουαρίου ιαν يناير جانفي',
  'février févr fév februar feb febrero febbraio fevereiro fev februari февраля фев şubat φεβρουαρίου φεβ فبراير شباط فيفري',
  'mars märz mär mrz marzo mar março maart mrt marts марта мар mart μαρτίου μαρ مارس آذار',
  'avril avr april apr abril abr aprile апреля апр nisan απριλίου απρ أبريل نيسان أفريل',
  'mai mayo may maggio mag maio mei maj мая mayıs μαΐου μαϊ مايو أيار ماي',
  'juin juni jun junio giugno giu junho июня июн haziran ιουνίου ιουν يونيو حزيران جوان',
  'juillet juil juli jul julio luglio lug julho июля июл temmuz ιουλίου ιουλ يوليو تموز جويلية',
  'août august aug agosto ago augustus augusti августа авг ağustos αυγούστου αυγ أغسطس آب أوت',
  'septembre sept september sep septiembre setiembre settembre set setembro сентября сен сент eylül σεπτεμβρίου σεπ سبتمبر أيلول',
  'octobre oct oktober okt octubre ottobre ott outubro out октября окт ekim οκτωβρίου οκτ أكتوبر',
  'novembre nov november noviembre novembro ноября ноя kasım νοεμβρίου νοε نوفمبر',
  'décembre déc dezember dez diciembre dic dicembre dezembro december dec desember des декабря дек aralık δεκεμβρίου δεκ ديسمبر',
];
/** Months of two words, in Syria, Lebanon, Jordan and Iraq. */
const PAIRS = { 'كانون الثاني': 1, 'تشرين الأول': 10, 'تشرين الثاني': 11, 'كانون الأول': 12 } as const;

/** Accents and hamzas are often left out. */
function folded(name: string): string {
  return name.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/ı/gu, 'i');
}

const MONTHS = new Map([
  ...NAMES.flatMap((names, i) => names.split(' ').map((name) => [folded(name), i + 1] as const)),
  ...Object.entries(PAIRS).map(([name, month]) => [folded(name), month] as const),
]);

/** What may stand before the day: days of the week, and articles. */
const BEFORE = new Set(
  folded(
    'lundi mardi mercredi jeudi vendredi samedi dimanche montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag ' +
      'lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica ' +
      'segunda-feira terça-feira quarta-feira quinta-feira sexta-feira maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ' +
      'måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag понедельник вторник среда четверг пятница ' +
      'суббота воскресенье pazartesi salı çarşamba perşembe cuma cumartesi pazar δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο ' +
      'κυριακή الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت يوم le el il am den',
  ).split(' '),
);

/** "jeudi 12 janvier 2020", "3. Mai 2019", "3 de mayo de 2019"; a time of day behind it is not read. */
const WORDED =
  /^((?:\p{L}[\p{L}\p{M}-]*[.,،]?\s+){0,2})(\d{1,2})(?:er|º|\.)?\s*(?:de\s+)?(\p{L}[\p{L}\p{M}]*(?:\s\p{L}[\p{L}\p{M}]*)?)[.,،]?(?:\s+(?:de|del))?\s+(\d{4})(?:\s*г\.?)?(?:[\s,،]+\D{0,12}\d{1,2}\s?[:h.]\s?\d{2}\b.{0,20})?$/u;
/** "2019年6月9日", in Chinese and Japanese, and as much in Korean. */
const IN_ORDER = /^(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]/u;

/** Figures of Arabic and Persian as those of ASCII. */
export function withPlainFigures(text: string): string {
  return text.replace(/[٠-٩۰-۹]/gu, (c) => String(c.codePointAt(0)! & 15));
}

/** Year, month and day of a date whose month is a word of another language, in figures; null for anything else. */
export function dateInWords(text: string): readonly [year: string, month: string, day: string] | null {
  const ordered = IN_ORDER.exec(text);
  if (ordered !== null) return [ordered[1], ordered[2], ordered[3]];
  const found = WORDED.exec(text);
  if (found === null) return null;
  const before = folded(found[1]).match(/[^\s.,،]+/gu) ?? [];
  if (!before.every((word) => BEFORE.has(word))) return null;
  const name = folded(found[3]);
  const month = MONTHS.get(name) ?? MONTHS.get(name.split(' ')[0]);
  return month === undefined ? null : [found[4], String(month), found[2]];
}
