/*
 * Wording that sites and newsrooms put around an article. Every pattern is tried on one paragraph of bounded length
 * and is anchored at its start, so that time stays linear.
 */

/** A heading above a list of other articles; it must be the whole paragraph. */
export const RELATED_HEADING =
  /^(?:related(?: (?:posts?|articles?|stor(?:y|ies)|content|links|reading|coverage|topics|news|resources))?|read (?:more|also|next|on)|also read|see also|more (?:from|on|by) .{1,60}|more (?:stories|articles|posts|news|like this)|you (?:may|might) (?:also )?(?:like|enjoy|be interested in)|further reading|recommended(?: for you| reading| articles)?|(?:latest|most read|trending|popular)(?: (?:news|posts|articles|stories))?|don['’]t miss|à lire aussi|lire aussi|lea también|noticias relacionadas|lesen sie auch|mehr zum thema|اقرأ (?:أيضا|أيضاً|المزيد)|مواضيع ذات صلة|مقالات أخرى(?: للكاتبة?)?|مقالات ذات صلة|(?:مطالب|اخبار) مرتبط|بیشتر بخوانید)\s*[:»>]*$/iu;

/** A pointer to another article in a line of its own: "Read more: Title". */
export const RELATED_LINE =
  /^(?:read (?:more|also|next)|also read|related(?: (?:posts?|articles?|stor(?:y|ies)))?|see also|à lire aussi|lire aussi|lea también|lesen sie auch|اقرأ (?:أيضا|أيضاً|المزيد))\s*[:|»>]\s*\S.{0,250}$/iu;

export const SHARING =
  /^(?:share(?: (?:this|on|via|it)\b.{0,60})?|tweet(?: this)?|(?:like|follow|join|find) us on .{0,100}|subscribe(?: (?:to|for|now|here)\b.{0,160})?|sign up (?:for|to) (?:our|the|receive|get)\b.{0,160}|(?:©|\(c\)|copyright\s*(?:©|\(c\)|\d{4}|by\b|:)).{0,200}|.{0,80}\ball rights reserved\b.{0,80}|(?:(?:an?|the) (?:\p{L}+ )?version of )?(?:the|this) (?:(?:blog|guest) )?(?:post|article|piece|story|column|essay|op-ed|interview)\b.{0,20}\b(?:first |originally |also |previously |cross-?)+(?:appeared|published|posted|ran|syndicated|printed)\b.{0,250}|(?:originally|first) (?:published|posted|appeared) .{0,200}|advertisement|(?:\d+ )?comments?(?: \(?\d+\)?)?|print(?: this)?(?: page)?|e-?mail (?:this|to a friend)\b.{0,40}|leave a (?:comment|reply).{0,60}|click here (?:to|for)\b.{0,120}|tags?\s*:.{0,200}|filed (?:under|in)\b[^.]{0,200}|posted (?:in|on)\b[^.]{0,120}|(?:photo|image|picture)s?(?: credits?)?\s*(?:by|via|:|courtesy).{0,160}|download (?:the|our) app\b.{0,80})$/iu;

/** What a site says of whose opinion it is; only at the end. */
export const DISCLAIMER =
  /^(?:disclaimer|disclosure|editor['’]s note|author['’]s note)\s*:|^(?:the )?(?:views|opinions)(?: and (?:views|opinions))? (?:expressed|presented|in this)\b|^all (?:references|links) to specific (?:brands|products)/iu;

export const SIGNOFF =
  /^(?:\(\(.{0,200}\)\)|--? ?.{0,80}(?:newsroom|bureau|desk|\d{3}[- ]\d{3,4}).{0,60}|\(?(?:\p{L}+ ){1,5}contributed (?:to (?:this|the) .{0,30}|reporting).{0,60}|[^.!?]{0,60}\b(?:newsroom|bureau|news ?desk)\b.{0,20}\+?\d[\d -]{5,}.{0,20}|(?:e-?mail|tel|telephone|phone|fax)\s*:.{0,60}|(?:ends|end|-30-|###|# # #|\* \* \*|xinhua|enditem)|(?:لمراسلة|للتواصل مع) الكاتبة?\s*:?.{0,200}|للتواصل [أا]رسل .{0,200}|(?:kontakt|contact)\s*:.{0,80})\s*[.)]*$/iu;

const SIGNED_NAME = String.raw`\p{Lu}[\p{L}'’-]*\.?(?: \p{Lu}[\p{L}'’-]*\.?)`;

/** "— A. Writer", and nothing else: who signed. */
export const SIGNATURE = new RegExp(String.raw`^(?:[–—]|--)\s?(${SIGNED_NAME}{1,3})[.,]?$`, 'u');

/** "Best, Jim", "Yours sincerely,": with the name where there is one. */
export const VALEDICTION = new RegExp(
  String.raw`^(?:[Aa]ll (?:the |my )?best|[Bb]est(?: wishes| regards)?|(?:[Kk]ind|[Ww]arm)(?:est)? (?:regards|wishes)|[Rr]egards|[Ss]incerely(?: yours)?|[Yy]ours(?: sincerely| truly| faithfully| ever)?|[Cc]heers|[Rr]espectfully(?: yours)?|[Ww]armly|[Cc]ordially|(?:[Ww]ith )?[Ll]ove|(?:[Mm]any )?[Tt]hanks|[Tt]hank you)\s?(?:[,–—]|--)\s?(${SIGNED_NAME}{0,3})?$`,
  'u',
);

/** A name in a line of its own, as below "Best,". */
export const ONLY_A_NAME = new RegExp(String.raw`^${SIGNED_NAME}{0,3}$`, 'u');

/** "(Reporting by A. Writer)"; a capital must follow: "Reporting by moonlight is hard" is prose. */
export const CREDIT =
  /^\(?(?:[Aa]dditional |[Ww]ith |[Ff]urther )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled|[Ee]dited|[Tt]ranslated|[Cc]ontributions?|[Rr]esearch)(?: for \p{L}+)? by \p{Lu}.{0,220}$/u;

/** A sign-off that shares its line with the last sentence. */
export const SIGNOFF_SUFFIX =
  /(?<=[.!?"”)\ufffc])\s*(?:\(\([^()]{0,150}\)\)\S?|--\s?[^.]{0,60}(?:newsroom|bureau|desk)\b[^.]{0,40}\d|--\s?\+?\d{2,4}(?:[- ]\d{2,4}){2,4}|\((?:additional |with )?(?:reporting|writing|editing) by [^()]{3,150}\))[.\s]*$/iu;

/** "More articles by the writer", with the titles run together behind it, as Arabic papers print it. */
export const RELATED_SUFFIX =
  /(?:(?<=^|[.!?؟،»"”)…])\s*مقالات أخرى للكاتب|(?<=\s)مقالات أخرى للكاتب(?!ة?(?:[\s،.]|$))).{0,500}$/su;

/** A telephone number in a line of few words. */
export const TELEPHONE = /(?:\+\d{1,3}[ -])?\(?\d{1,4}\)?[ -]\d{3,4}[ -]\d{3,4}/;

export const BIO_OPENING =
  /^(?:about the (?:authors?|writers?)\b|(?:the|this) (?:author|writer|columnist|blogger)s? (?:(?:is|are|was|were|has been) (?:an?|the|at|on|with|in|based|currently|working|(?:co-)?(?:founder|author)|former|professor|director|editor|president|chair)\b|can be|may be (?:reached|contacted)|works (?:at|for|as|in|with)|teaches|writes (?:for|on|about)|lives in\b)|follow (?:him|her|me|them|the author)\b|(?:(?:he|she|they|you) )?(?:tweets|can be (?:reached|followed|contacted)|can (?:follow|reach|contact|find) (?:him|her|me|them))\b|(?:contact|reach|e-?mail) (?:him|her|me|the author)\b|(?:this|today['’]s) (?:is a )?(?:guest )?(?:blog )?(?:post|article|piece|essay|column|story) (?:was |is |comes |has been )?(?:a guest post |authored |contributed |guest |co-?)*(?:(?:written|authored|contributed|posted|provided|submitted)[^.]{0,40} by|by)\b|à propos de l['’]auteur|über (?:den|die) autor(?:in)?|sobre el autor|(?:l['’]auteur|l['’]autrice) est\b|(?:der|die) autor(?:in)? ist\b|(?:el|la) autora? es\b|(?:كاتب|كاتبة) (?:و|من)|نویسنده )/iu;

/** What follows the name in a biography. */
export const BIO_PREDICATE =
  /^.{0,100}?\b(?:is|was|are|has|works?|worked|serves?|served|writes?|teaches|taught|lives|leads|holds|heads|runs|covers|blogs|tweets|reports|joined|studies|manages|specializes|est|ist|es|è)\b/iu;

/** A first name alone must be followed by more: "Melody is a writer", not "Melody is presenting on Monday". */
export const SHORT_NAME_BIO = /^\S+(?: \p{Lu}\S+){0,2},? (?:is|was) (?:currently )?(?:an?|the|at|with|on the)\s/u;

export const PRONOUN_OPENING =
  /^(?:he|she|they|his|her|their|in (?:his|her) spare time|prior to|previously|before joining|follow|twitter|read (?:his|her|more of (?:his|her)))\b/iu;

/** What writers are, in a biography; "Senior Analyst" as well as "senior analyst". */
const CALLINGS =
  'author authors writer journalist columnist director fellow professor lecturer editor researcher analyst intern interning manager specialist strategist consultant lead leader designer developer engineer student member officer founder librarian contractor correspondent reporter blogger team division office branch coordinator advisor technologist scientist'
    .split(' ')
    .map((word) => `[${word[0].toUpperCase()}${word[0]}]${word.slice(1)}`)
    .join('|');

/** "A. Writer is a professor of …": a biography of somebody, if nothing else in the article is about that person. */
export const STRANGERS_BIO = new RegExp(
  String.raw`^((?:\p{Lu}[\p{L}.'’-]*\s+){1,3}?\p{Lu}[\p{L}'’-]+),?\s+(?:is|was|works|serves)\s+(?:currently\s+)?(?:an?|the|as|in|with|at|on)\s(?:[\p{L}\p{N}’'.,&()/-]+\s){0,12}?(?:${CALLINGS})\b`,
  'u',
);

export const BY_LINE =
  /^(?:(?:written|posted|reported|story|text|words|analysis|opinion|guest post|contributed) )?by:?\s+(.{2,120})$/iu;

/** A line that is nothing but "By A. Writer", whoever that is; not who posted or reported it. */
export const CREDITED_BY_LINE =
  /^(?:(?:[Ww]ritten|[Ss]tory|[Tt]ext|[Ww]ords|[Oo]pinion|[Gg]uest (?:blog )?(?:post|column|article|essay)|[Cc]ontributed) )?(?:[Bb]y|BY):? ((?:(?:Dr|Prof|Mrs?|Ms)\. )?\p{Lu}[\p{L}'’-]+(?: \p{Lu}\.)?(?: (?:(?:de|van|von|al|bin|la) )?\p{Lu}[\p{L}'’-]+){1,3})(?:, [^.!?]{2,80})?$/u;

/**
 * "This guest post was written by A. Writer of the …", "A guest post by A. Writer", "This week I hand this space to my
 * colleague A. Writer".
 */
export const GUEST_NOTE =
  /^(?:(?:[Tt]his|[Tt]he|[Tt]oday['’]s) (?:following )?(?:guest )?(?:blog )?(?:post|article|piece|essay|column|story) (?:was |is )(?:originally )?(?:written|authored|contributed|provided|submitted) by|(?:[Tt]his is )?(?:[Aa] )?[Gg]uest (?:blog )?(?:post|article|piece|essay|column) (?:by|from)|(?:(?:[Tt]oday|[Tt]his (?:week|month)|[Nn]ow|[Ss]o),? )?(?:I|[Ww]e)(?:['’](?:m|re|ve|ll)| am| are| have| will)? (?:now |today |happily |gladly )?(?:hand|turn|giv|give|yield|ced|cede|lend)(?:ing|ed)?(?: over| up)? (?:this|the|my|our) (?:space|column|page|blog|newsletter)(?: over)?(?: today| this week| this month)? to(?: (?:my|our|a) (?:\p{Ll}+ ){0,3}\p{Ll}+,?)?) ((?:(?:Dr|Prof|Mrs?|Ms)\. )?\p{Lu}[\p{L}'’-]+(?: \p{Lu}\.)?(?: \p{Lu}[\p{L}'’-]+){1,3})(?=[\s,.(]|$)/u;

/** Credits that name nobody: "By Staff Reporter", "By Popular Demand". */
export const NO_PERSON =
  /\b(?:staff|desk|team|editors?|editorial|correspondents?|reporters?|agency|agencies|bureau|news|board|contributors?|writers?|guests?|popular|demand|admin|office|department|university|institute|reuters|press)\b/iu;

/** "作者：王小明", "（本报记者 王小明）", "文／王小明", "글 김철수". */
export const BY_LINE_UNSPACED =
  /^[（(【[]?(?:本[报報社]记?記?者|特[约約]记?記?者|作者|撰文|记者|記者|文|執筆|筆者|著者|글|기자)[ \u3000]?[：:／/|｜\s][ \u3000]?(.{2,40}?)[）)】\]]?$/u;

export const BY_LINE_FOREIGN = /^(?:von|par|por|بقلم|کتبه|نوشتهٔ|نویسنده)\s*:?\s+(.{2,120})$/iu;

/** "LONDON, June 5 (Reuters) - ", "WASHINGTON — ", "BOGOTA, May 14 Reuter - ". */
export const DATELINE =
  /^\p{Lu}[\p{Lu}.'’/ -]{2,40}(?:,\s\p{Lu}[\p{L}. ]{1,25})?(?:,?\s\p{Lu}\p{L}{2,8}\.?\s\d{1,2}(?:,\s\d{4})?)?,?\s*(?:(?:Reuters?|AP|AFP|UPI|Xinhua)\s*[-–—]{1,2}\s+|\((?:Reuters|AP|AFP|UPI|IPS|[\p{Lu}][\p{L} ./]{1,25})\)\s*[-–—]{1,2}\s+|[–—]{1,2}\s*(?=[\p{Lu}“"‘])|--?\s+(?=[\p{Lu}“"‘]))/u;

/** A note of the desk above an article, or where it was printed first. */
export const HEAD_NOTE =
  /^(?:\(?editor['’]?s?['’]? note\s*:|this (?:(?:blog|guest) )?(?:post|article|piece|story|column|essay) (?:was |is )?(?:first |originally |also |previously |cross-?)+(?:appeared|published|posted|ran|printed)\b|(?:originally|first|cross-?) ?(?:published|posted|appeared) (?:on|in|at|by)\b)/iu;
