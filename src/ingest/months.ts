/**
 * Names of months in other languages than English, by month; as they stand in dates, with their usual short forms. A name that is
 * another month in a neighbour's language ("lip", "lis", "srp" in Polish, Czech and Croatian) is left out: better no date than a
 * wrong one.
 */
const NAMES: readonly string[] = [
  'janvier janv januar jänner jan enero ene gennaio gen janeiro januari января янв ocak ιανουαρίου ιαν يناير جانفي' +
    ' stycznia styczeń sty siječnja siječanj sij januara јануара јануар ledna leden ianuarie ian január januarja',
  'février févr fév februar feb febrero febbraio fevereiro fev februari февраля фев şubat φεβρουαρίου φεβ فبراير شباط فيفري' +
    ' lutego luty lut veljače veljača velj februara фебруара фебруар února únor februarie február febr februarja',
  'mars märz mär mrz marzo mar março maart mrt marts марта мар mart μαρτίου μαρ مارس آذار' +
    ' marca marec marzec ožujka ožujak ožu marta března březen martie március márc',
  'avril avr april apr abril abr aprile апреля апр nisan απριλίου απρ أبريل نيسان أفريل' +
    ' kwietnia kwiecień kwi travnja travanj tra aprila априла април dubna duben aprilie április ápr',
  'mai mayo may maggio mag maio mei maj мая mayıs μαΐου μαϊ مايو أيار ماي' +
    ' maja svibnja svibanj svi маја мај května květen május máj',
  'juin juni jun junio giugno giu junho июня июн haziran ιουνίου ιουν يونيو حزيران جوان' +
    ' czerwca czerwiec cze lipnja lipanj juna јуна јун června červen iunie iun június jún junija',
  'juillet juil juli jul julio luglio lug julho июля июл temmuz ιουλίου ιουλ يوليو تموز جويلية' +
    ' lipca lipiec srpnja srpanj jula јула јул července červenec iulie iul július júl julija',
  'août august aug agosto ago augustus augusti августа авг ağustos αυγούστου αυγ أغسطس آب أوت' +
    ' sierpnia sierpień sie kolovoza kolovoz kol avgusta avgust avg август srpna srpen augusta augusztus',
  'septembre sept september sep septiembre setiembre settembre set setembro сентября сен сент eylül σεπτεμβρίου σεπ سبتمبر أيلول' +
    ' września wrzesień wrz rujna rujan ruj septembra septembar септембра септембар září septembrie szeptember szept',
  'octobre oct oktober okt octubre ottobre ott outubro out октября окт ekim οκτωβρίου οκτ أكتوبر' +
    ' października październik paź oktobra oktobar октобра октобар října říjen octombrie október',
  'novembre nov november noviembre novembro ноября ноя kasım νοεμβρίου νοε نوفمبر' +
    ' studenoga studenog studeni stu novembra novembar новембра новембар listopadu noiembrie',
  'décembre déc dezember dez diciembre dic dicembre dezembro december dec desember des декабря дек aralık δεκεμβρίου δεκ ديسمبر' +
    ' grudnia grudzień gru prosinca prosinac decembra decembar децембра децембар prosince prosinec decembrie',
];
/** Months of two words, in Syria, Lebanon, Jordan and Iraq. */
const PAIRS = { 'كانون الثاني': 1, 'تشرين الأول': 10, 'تشرين الثاني': 11, 'كانون الأول': 12 } as const;

/** October in Croatian, where a dot follows the day, and November in Polish, which may say that a year follows; else no date. */
const LISTOPADA = 'listopada';

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
      'κυριακή poniedziałek wtorek środa czwartek piątek sobota niedziela pondělí úterý středa čtvrtek pátek neděle ponedjeljak ' +
      'ponedeljak utorak srijeda sreda četvrtak petak subota nedjelja nedelja понедељак уторак четвртак петак субота недеља luni marți ' +
      'miercuri joi vineri sâmbătă duminică hétfő kedd szerda csütörtök péntek szombat vasárnap dnia dne الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت يوم le el il am den',
  ).split(' '),
);

/** "jeudi 12 janvier 2020", "3. Mai 2019", "3 de mayo de 2019"; a time of day behind it is not read. */
const WORDED =
  /^((?:\p{L}[\p{L}\p{M}-]*[.,،]?\s+){0,2})(\d{1,2})(er|º|\.)?\s*(?:de\s+)?(\p{L}[\p{L}\p{M}]*(?:\s\p{L}[\p{L}\p{M}]*)?)[.,،]?(?:\s+(?:de|del))?\s+(\d{4})\.?(?:\s*(г|год|r|god)\.?|\s+(roku|godine|године))?(?:[\s,،]+\D{0,12}\d{1,2}\s?[:h.]\s?\d{2}\b.{0,20})?$/u;
/** "2019. május 5.", with the day of the week before or behind it. */
const YEAR_FIRST =
  /^(?:(\p{L}[\p{L}\p{M}]*),?\s+)?(\d{4})\.?\s+(\p{L}[\p{L}\p{M}]*)\.?\s+(\d{1,2})\.?(?:[,\s]+(\p{L}[\p{L}\p{M}]*))?(?:[\s,]+\d{1,2}\s?[:.]\s?\d{2}\b.{0,20})?$/u;
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
  const hungarian = YEAR_FIRST.exec(text);
  if (hungarian !== null) {
    const [, before, year, name, day, behind] = hungarian;
    return isDays(`${before ?? ''} ${behind ?? ''}`) ? dated(year, MONTHS.get(folded(name)), day) : null;
  }
  const found = WORDED.exec(text);
  if (found === null || !isDays(found[1])) return null;
  const [, , day, dot, printed, year, short, long] = found;
  const name = folded(printed);
  const month =
    name === LISTOPADA ? listopada(dot, short ?? long) : (MONTHS.get(name) ?? MONTHS.get(name.split(' ')[0]));
  return dated(year, month, day);
}

function listopada(dot: string | undefined, behind: string | undefined): number | undefined {
  if (dot === '.') return 10;
  return behind === 'r' || behind === 'roku' ? 11 : undefined;
}

/** True for days of the week, articles, and nothing. */
function isDays(words: string): boolean {
  return (folded(words).match(/[^\s.,،]+/gu) ?? []).every((word) => BEFORE.has(word));
}

function dated(year: string, month: number | undefined, day: string): readonly [string, string, string] | null {
  return month === undefined ? null : [year, String(month), day];
}
