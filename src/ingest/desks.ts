/** Names that stand for a desk, an agency or a team and not for a person, and the roles printed beside names. */

const AGENCIES = [
  'reuters|ap|afp|upi|dpa|ansa|efe|tass|itar-tass|xinhua|kyodo|anadolu|irna|isna|wam|spa|mena|pti|ians|ani|interfax',
  'associated press|agence france-presse|united press international|press association|pa media|ria novosti',
  'bloomberg|bloomberg news|press trust of india|mehr|fars|tasnim|رويترز|رویترز|أ ?ف ?ب|وكالات|واس|ایسنا|ایرنا|新华[社网]|新華社|中新社|中新网|中央社|时事通信|時事通信|共同通信|연합뉴스',
].join('|');

const WHOLE = new RegExp(
  `^(?:the |our |an? |from )?(?:staff reports|${[
    AGENCIES,
    'staff|editors?|editorial|admin|administrator|moderator|root|webmaster|web master|newsroom|anonymous|agencies|team',
    '(?:guest|contributing|special|staff|web|news|political|sports|foreign|features?|op-?ed|opinion|senior)?-? ?(?:author|contributor|writer|reporter|correspondent|columnist|editor|blogger)s?',
    'guest|guest post|guest blog|wire services?|wire reports?|news services?|press release|op-ed|letters to the editor|readers?',
    'redaktion|die redaktion|redactie|redacción|redaccion|(?:la )?r[ée]daction|(?:l.)?[ée]quipe (?:de (?:la )?r[ée]daction|[ée]ditoriale)|(?:el )?equipo (?:de redacci[óo]n|editorial)|la redazione|redazione|redação|redakcja',
    'редакция|пресс-служба|σύνταξη|التحرير|هيئة التحرير|فريق التحرير|تحریریه|هیئت تحریریه|گروه سیاسی|佚名|[无無]名氏|匿名|不[详詳]|编辑部|編輯部|本[报報](?:讯|訊|记者|記者|评论员|評論員)?|综合报道|綜合報導|社[论論説]|編集部|편집부|사설',
  ].join('|')})$`,
  'iu',
);

/** Words that end (or, with "of", begin) the name of a team. */
const TEAM_END =
  /(?:^|[\s-])(?:staff|team|newsroom|editorial board|news ?desk|desk|editors|staff writers?|staff reporters?|bureau|committee|department|ministry|foundation|news service|news agency|wire|news|newspaper|magazine|association|press office|communications office|program office)$/iu;
const TEAM_START =
  /^(?:the )?(?:(?:u\.?s\.?|u\.?k\.?|united states|federal|national|state)[\s-])?(?:office|department|ministry|bureau|centers?|institute|board|committee)[\s-](?:of|for)[\s-]/iu;

/** "The New York Times": names of papers begin with "the", those of people do not. */
const PAPER =
  /^the\s(?:.*\s)?(?:news|times|post|journal|guardian|herald|tribune|gazette|telegraph|chronicle|observer|daily|weekly|star|sun)$/iu;

/** True for "Staff", an agency, "… Editorial Board", "Office of …", and one word of capitals and digits such as "18F". */
export function isDesk(name: string): boolean {
  return WHOLE.test(name) || PAPER.test(name) || TEAM_END.test(name) || TEAM_START.test(name) || isCode(name);
}

/** Longest word of capitals alone that is a code ("UNESCO"); longer ones are names that shout. */
const MAX_ACRONYM = 6;

/** One short word of capitals, or of capitals and digits, without lower-case letters: "18F", "GSA". */
export function isCode(name: string): boolean {
  if (!/^[\p{Lu}\d][\p{Lu}\d&.-]{1,29}$/u.test(name) || !/\p{Lu}/u.test(name)) return false;
  return !/^(?:\p{Lu}\.)+\p{Lu}?$/u.test(name) && (name.length <= MAX_ACRONYM || /\d/u.test(name));
}

/** What stands where a name should be when there is none. */
export function isNobody(name: string): boolean {
  return /^(?:by:?|n\/?a|none|null|nil|undefined|nan|unknown|unknown author|no author|not available|\[?deleted\]?|\\n|[<(#]?(?:n\/?a|null|none|nan)[>)]?|nat|sin autor|ohne autor|sans auteur|-+|\?+)$/i.test(
    name,
  );
}

const ROLE =
  /(?:^|\s)(?:contributors?|correspondent|columnist|reporter|editors?|analyst|professor|lecturer|director|freelancer?|journalist|minister|senator|chairman|chairwoman|spokesman|spokeswoman|founder|blogger|producer|photographer|researcher|intern|special (?:to|for))(?:\s|$)/iu;
/** Roles that are surnames too ("Ann Writer"): in small letters, or with what they are a role of. */
const SMALL_ROLE =
  /\s(?:writer|staff|fellow|author|president|guest)$|\s(?:[Ww]riter|[Ff]ellow|[Aa]uthor|[Pp]resident)\s(?:of|at|for)\s/u;
/** Words that together are a role; alone, some of them are surnames too ("Ann Writer"). */
const ROLE_WORDS =
  /^(?:(?:staff|senior|junior|chief|guest|contributing|special|foreign|political|sports|national|local|science|business|opinion|deputy|managing|executive|associate|assistant|visiting|research|freelance|former|associated|press|news|world|writers?|fellow|authors?|president|guests?|contributors?|correspondents?|columnists?|reporters?|editors?|analyst|professor|director|journalists?|bureau|the|and|of|a|an|in|at)(?:\s+|$))+$/iu;
const OUTLET =
  /(?:^the\s)|(?:^|\s)(?:news|times|post|journal|guardian|herald|tribune|gazette|telegraph|chronicle|observer|bbc|cnn|usa today|npr|magazine|press|daily|weekly|radio|tv|media|agency|university|institute|inc|ltd|llc|gmbh)\.?$|\.(?:com|org|net|gov|co\.uk)$/iu;
const EDITING =
  /^(?:edit(?:ed|ing)|photos?|photographs?|photography|illustrations?|illustrated|video|graphics?|translat(?:ed|ion)|additional reporting|reporting|compiled|research)(?: by)?[\s:]/iu;

/** Printed after a name but no name itself: a role, an outlet, an agency, a degree. */
export function isBesideName(piece: string): boolean {
  return [ROLE_WORDS, ROLE, SMALL_ROLE, OUTLET, EDITING, DEGREE, WHOLE].some((pattern) => pattern.test(piece));
}

/** "Translated by A. Writer", "Photos: A. Writer": says who did something else to a text than write it. */
export function isOtherWork(piece: string): boolean {
  return OTHER_WORK.test(piece);
}

const OTHER_WORK =
  /^(?:edited|photos?|photographs?|photography|illustrations?|illustrated|video|graphics?|translat(?:ed|ion)|compiled)(?:\s(?:[^,]{0,40}\s)?by\s|\s*:)/iu;

/** Surnames that are roles or parts of outlets' names too: before a comma and a first name, surnames. */
export function isSurnameToo(word: string): boolean {
  return /^(?:Writer|Author|Guest|Fellow|President|Reader|Post|Press|Times|Herald|Star|Sun|Guardian|Magazine)$/u.test(
    word,
  );
}

export const GENERATION = /^(?:jr|sr|ii|iii|iv)\.?$/iu;
const DEGREE = /^(?:ph\.? ?d|m\.?d|j\.?d|m\.?a|m\.?b\.?a|b\.?a|m\.?sc|m\.?p|esq|obe|mbe|cbe|r\.?n)\.?$/iu;
