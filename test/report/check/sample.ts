import { createHash } from 'node:crypto';
import type { CheckFinding, CheckReport, CheckSubmission } from '../../../src/types/types.js';

export const finding = (part: Partial<CheckFinding> = {}): CheckFinding => ({
  rule: 'not-this-byline',
  strength: 'strong',
  log10LR: 2.4,
  expectedByChance: 0.02,
  message: 'new/a.md does not read like what Ann Writer wrote before',
  submission: 'new/a.md',
  byline: 'Ann Writer',
  otherByline: null,
  location: { path: 'new/a.md', startLine: 1, endLine: null, startColumn: null, endColumn: null },
  related: [],
  evidence: [{ kind: 'style', text: 'words: 3.1 spreads from her own' }],
  against: [{ kind: 'habit', text: 'the word “however”: as often as before' }],
  notMeasured: ['who edited it'],
  fingerprint: createHash('sha256').update(JSON.stringify(part)).digest('hex').slice(0, 32),
  ...part,
});

const submission = (part: Partial<CheckSubmission> = {}): CheckSubmission => ({
  id: 'new/a.md',
  source: { path: 'new/a.md', line: null },
  byline: 'Ann Writer',
  title: 'A new title',
  words: 512,
  sha256: 'a'.repeat(64),
  bylineKnown: true,
  alreadyEnrolled: false,
  verdict: 'does-not-fit',
  why: 'it lies further from her own articles than 99 in 100 of them do',
  log10LR: -2.4,
  score: -2.6,
  hand: null,
  nearest: [],
  ...part,
});

/** One finding of every rule and strength, a fit, an abstention, an accepted finding, a file passed over, a notice. */
export const sample: CheckReport = {
  schema: 'manyhands.check/1',
  tool: { name: 'manyhands', version: '1.2.3', model: 'abc', options: {} },
  reference: { id: '0123456789ab', articles: 250, bylines: 12, words: 130_000 },
  asked: { submissions: 3, bylines: 36 },
  gate: { failOn: 'strong', maxFindings: 0, reached: 2, unread: 0, passed: false },
  submissions: [
    submission(),
    submission({
      id: 'dump.jsonl#7',
      source: { path: 'dump.jsonl', line: 7 },
      byline: 'Bob Scribe',
      verdict: 'fits',
      log10LR: 1.2,
    }),
    submission({
      id: 'new/c.md',
      source: { path: 'new/c.md', line: null },
      verdict: 'abstain',
      title: null,
      log10LR: 0,
    }),
  ],
  findings: [
    finding({ strength: 'very-strong', log10LR: 4.2 }),
    finding({
      rule: 'fits-another-byline',
      otherByline: 'Cy Author',
      related: [{ byline: 'Cy Author', article: 'old-7', path: 'archive/old 7%.md', line: 3 }],
    }),
    finding({ rule: 'fits-another-byline', otherByline: 'Dee Other', strength: 'moderate' }),
    finding({
      rule: 'copied-passage',
      log10LR: null,
      expectedByChance: null,
      strength: 'very-strong',
      otherByline: 'Cy Author',
      location: { path: 'new/a.md', startLine: 9, endLine: 11, startColumn: 4, endColumn: 20 },
      related: [{ byline: 'Cy Author', article: 'old-8', path: 'archive/old8.md', line: null }],
      accepted: { reason: 'quoted with leave', until: '2030-01-31' },
    }),
    finding({
      rule: 'unusual-characters',
      log10LR: null,
      expectedByChance: null,
      strength: 'limited',
      submission: 'dump.jsonl#7',
      byline: 'Bob Scribe',
      location: { path: 'dump.jsonl', startLine: 7, endLine: 7, startColumn: 2, endColumn: 3 },
    }),
  ],
  skipped: [{ path: 'new/skip.md', reason: 'agency copy' }],
  notices: [
    { level: 'warning', code: 'encoding', message: 'x.md: is not UTF-8', source: 'x.md', line: null },
    { level: 'info', code: 'ignored', message: '1 file passed over', source: null, line: null },
  ],
};

/** A report with this text in every place that the input can reach. */
export function withText(text: string): CheckReport {
  const e = { kind: 'style', text } as const;
  const source = { path: text, line: 2 };
  return {
    ...sample,
    submissions: [submission({ id: text, source, byline: text, title: text, why: text })],
    findings: [
      finding({
        rule: 'copied-passage',
        message: text,
        submission: text,
        byline: text,
        otherByline: text,
        location: { path: text, startLine: 2, endLine: null, startColumn: null, endColumn: null },
        related: [{ byline: text, article: text, path: text, line: 1 }],
        evidence: [e],
        against: [e],
        notMeasured: [text],
      }),
      finding({ message: text, submission: text, byline: text, accepted: { reason: text, until: null } }),
    ],
    skipped: [{ path: text, reason: text }],
    notices: [{ level: 'warning', code: 'x', message: text, source: text, line: 1 }],
  };
}

/** A report with so many findings that count, and so many of them alike. */
export function withMany(count: number): CheckReport {
  const findings = Array.from({ length: count }, (_, i) =>
    finding({ submission: `s${i}`, location: { ...sample.findings[0]!.location, path: `new/${i}.md` } }),
  );
  return { ...sample, findings };
}

/** No finding, and a file that could not be read. */
export const unread: CheckReport = {
  ...sample,
  gate: { ...sample.gate, reached: 0, unread: 1, passed: false },
  findings: [],
  notices: [
    {
      level: 'error',
      code: 'broken-csv',
      message: 'new/broken.md, line 3: cut short',
      source: 'new/broken.md',
      line: 3,
    },
  ],
};
