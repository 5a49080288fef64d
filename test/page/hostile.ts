import type { Report } from '../../src/types/types.js';

/** What a hostile dump may hold: each of these must come out as text. Those that could run set window.hit. */
export const HOSTILE: readonly string[] = [
  '<script>window.hit=1</script>',
  '</script><script>window.hit=1</script>',
  '</SCRIPT ><script>window.hit=1</script>',
  '<img src=x onerror=window.hit=1>',
  '<img/src="x"/onerror="window.hit=1">',
  '"><img src=x onerror=window.hit=1>',
  "'><img src=x onerror=window.hit=1>",
  '" onmouseover="window.hit=1" x="',
  "' onfocus='window.hit=1' autofocus='",
  '` onload=window.hit=1 `',
  '<svg onload=window.hit=1>',
  '<svg><script>window.hit=1</script></svg>',
  '<svg><animate onbegin=window.hit=1 attributeName=x dur=1s>',
  '<svg><set attributeName=href to=javascript:window.hit=1>',
  '<math><mi xlink:href="javascript:window.hit=1">x</mi></math>',
  '<iframe src="javascript:window.hit=1"></iframe>',
  '<iframe srcdoc="<script>parent.hit=1</script>"></iframe>',
  '<object data="javascript:window.hit=1"></object>',
  '<embed src="javascript:window.hit=1">',
  '<a href="javascript:window.hit=1">x</a>',
  '<a href="data:text/html,<script>window.hit=1</script>">x</a>',
  '<form action="javascript:window.hit=1"><button>x</button></form>',
  '<input autofocus onfocus=window.hit=1>',
  '<select autofocus onfocus=window.hit=1>',
  '<textarea autofocus onfocus=window.hit=1>',
  '<details open ontoggle=window.hit=1>',
  '<video><source onerror=window.hit=1></video>',
  '<audio src=x onerror=window.hit=1>',
  '<body onload=window.hit=1>',
  '<marquee onstart=window.hit=1>',
  '<meta http-equiv="refresh" content="0;url=https://example.org/">',
  '<base href="https://example.org/">',
  '<link rel=stylesheet href="https://example.org/x.css">',
  '<style>*{background:url(https://example.org/x)}</style>',
  '<style>@import "https://example.org/x.css";</style>',
  '</style><script>window.hit=1</script>',
  '</title><script>window.hit=1</script>',
  '</textarea><script>window.hit=1</script>',
  '</noscript><script>window.hit=1</script>',
  '<noscript><p title="</noscript><img src=x onerror=window.hit=1>">',
  '<!--<script>window.hit=1//-->',
  '--><script>window.hit=1</script>',
  '<![CDATA[<script>window.hit=1</script>]]>',
  ']]><script>window.hit=1</script>',
  '<?xml version="1.0"?><script>window.hit=1</script>',
  '<!ENTITY x SYSTEM "file:///etc/passwd">&x;',
  '&lt;script&gt;window.hit=1&lt;/script&gt;',
  '&#60;script&#62;window.hit=1&#60;/script&#62;',
  '\\u003cscript\\u003ewindow.hit=1\\u003c/script\\u003e',
  '%3Cscript%3Ewindow.hit=1%3C/script%3E',
  '${window.hit=1}',
  '{{constructor.constructor("window.hit=1")()}}',
  '__proto__',
  'constructor',
  'toString',
  'javascript:window.hit=1',
  'JaVaScRiPt:window.hit=1',
  'java\tscript:window.hit=1',
  'data:text/html;base64,PHNjcmlwdD53aW5kb3cuaGl0PTE8L3NjcmlwdD4=',
  'vbscript:msgbox(1)',
  '=HYPERLINK("https://example.org","x")',
  '+SUM(1,1)|cmd',
  '-2+3+cmd|calc',
  '@SUM(1+1)*cmd|x',
  '\u202eevil\u202c reversed',
  '\u2066isolated\u2069 \u200eleft\u200f',
  'zero\u200bwidth\ufeff joiner',
  '\u2028line\u2029paragraph',
  'half \ud83d surrogate',
  'nul \u0000 and escape \u001b[31m',
  'כתב ישראל כהן',
  'نویسندهٔ ایرانی',
  '#pair=x/y"><script>window.hit=1</script>',
  '../../etc/passwd',
  'a'.repeat(3000),
  'Z\u0351\u034a\u0352\u0300a\u0301\u0302l\u0303g\u0304o'.repeat(20),
];

/** The report with hostile strings in every place that a dump can reach. Names stay distinct and agree with each other. */
export function hostileReport(report: Report): Report {
  const names = new Map(report.bylines.map((b, i) => [b.byline, HOSTILE[i]!]));
  let next = 0;
  const bad = (): string => HOSTILE[next++ % HOSTILE.length]!;
  const seen = new Map<string, string>();
  const replaced = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((v) => replaced(v, key));
    if (value !== null && typeof value === 'object')
      return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, replaced(v, k)]));
    if (typeof value !== 'string') return value;
    if (names.has(value)) return names.get(value);
    if (key === 'habit') return value;
    if (['article', 'kept', 'dropped'].includes(key)) {
      if (!seen.has(value)) seen.set(value, `${seen.size} ${bad()}`);
      return seen.get(value);
    }
    if (
      ['title', 'url', 'outlet', 'text', 'sentence', 'why', 'message', 'path', 'command', 'notMeasured'].includes(key)
    )
      return bad();
    return value;
  };
  const out = replaced(report, '') as Report;
  const first = out.bylines[0]!;
  // Every string once as a title and once as an address, whatever the rotation above gave.
  const more = HOSTILE.map((text, i) => ({
    article: `more ${i}`,
    hand: 0,
    confidence: 0.9,
    title: text,
    url: text,
    words: 10,
    text,
  }));
  const bylines = HOSTILE.slice(report.bylines.length).map((byline) => ({ ...first, byline }));
  return {
    ...out,
    bylines: [
      ...out.bylines.map((b) =>
        b.hands.verdict === 'several'
          ? { ...b, hands: { ...b.hands, assignments: [...b.hands.assignments, ...more] } }
          : b,
      ),
      ...bylines,
    ],
  };
}
