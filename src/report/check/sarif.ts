import type { CheckFinding, CheckReport, CheckRule, Related } from '../../types/types.js';
import { jsonText } from '../../text/json.js';
import { visible } from '../../text/visible.js';
import { isAccepted, levelOf, type CheckReporter } from './reporter.js';
import { RULE_NAMES, RULES, truncatedSentence } from './words.js';

type Json = Readonly<Record<string, unknown>>;

/** GitHub takes no file with more results in a run. */
const MAX_RESULTS = 25_000;
/** Of those it shows the most severe. */
const SHOWN_RESULTS = 5000;
/** GitHub shows no more locations of a result. */
const MAX_LOCATIONS = 100;
const MAX_MESSAGE = 1000;

/** SARIF 2.1.0 (OASIS, 2020), within the sizes that GitHub's code scanning documents. Accepted findings are suppressed. */
export const sarif: CheckReporter = (report) => {
  const { tool, findings, gate } = report;
  const run = {
    tool: { driver: { name: tool.name, semanticVersion: tool.version, rules: RULE_NAMES.map(described) } },
    automationDetails: { id: 'manyhands/check/' },
    columnKind: 'utf16CodeUnits',
    // Exit code 1 says that something was found, not that the check did not run; 2 says that it did not run on all.
    invocations: [{ executionSuccessful: gate.unread === 0, toolExecutionNotifications: notesOf(report) }],
    results: findings.slice(0, MAX_RESULTS).map((f) => resultOf(f, report)),
    properties: { model: tool.model, reference: report.reference, asked: report.asked, gate },
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${jsonText(log, 2)}\n`;
};

function described(id: CheckRule): Json {
  return {
    id,
    name: id,
    shortDescription: { text: RULES[id].title },
    fullDescription: { text: RULES[id].about },
    help: { text: RULES[id].help },
    defaultConfiguration: { level: 'warning' },
  };
}

/** Notices, what was passed over, and that there are more findings than are shown. */
function notesOf({ notices, skipped, findings }: CheckReport): Json[] {
  const notes: Json[] = [
    ...notices.map(notification),
    ...skipped.map((s) => ({
      level: 'note',
      descriptor: { id: 'skipped' },
      message: { text: message(`${s.path}: passed over: ${s.reason}`) },
      locations: [{ physicalLocation: { artifactLocation: artifact(s.path) } }],
    })),
  ];
  if (findings.length <= SHOWN_RESULTS) return notes;
  const text =
    findings.length > MAX_RESULTS
      ? truncatedSentence(MAX_RESULTS, findings.length, 'GitHub takes no more in one file, and shows 5,000 of them')
      : truncatedSentence(SHOWN_RESULTS, findings.length, 'the file holds all, GitHub shows no more');
  return [...notes, { level: 'warning', descriptor: { id: 'truncated' }, message: { text } }];
}

function resultOf(f: CheckFinding, report: CheckReport): Json {
  const { path, startLine, endLine, startColumn, endColumn } = f.location;
  return {
    ruleId: f.rule,
    ruleIndex: RULE_NAMES.indexOf(f.rule),
    level: levelOf(f, report),
    message: { text: message(f.message) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifact(path),
          region: present({ startLine, endLine, startColumn, endColumn }),
        },
        ...(f.byline === '' ? {} : { logicalLocations: [{ name: f.byline, kind: 'byline' }] }),
      },
    ],
    relatedLocations: relatedTo(f),
    // The first is what GitHub goes by to tell one finding from another.
    partialFingerprints: { primaryLocationLineHash: `${f.fingerprint}:1`, 'manyhands/v1': f.fingerprint },
    ...(isAccepted(f)
      ? { suppressions: [{ kind: 'external', status: 'accepted', justification: f.accepted!.reason }] }
      : {}),
    properties: present({
      strength: f.strength,
      log10LR: f.log10LR,
      expectedByChance: f.expectedByChance,
      submission: f.submission,
      byline: f.byline,
      otherByline: f.otherByline,
      acceptedUntil: f.accepted?.until ?? null,
      evidence: f.evidence.map((e) => e.text),
      against: f.against.map((e) => e.text),
      notMeasured: f.notMeasured,
      moreRelatedLocations: Math.max(0, f.related.length - MAX_LOCATIONS),
    }),
  };
}

/** The other byline: its articles that were found, or its name alone. */
function relatedTo({ related, otherByline }: CheckFinding): Json[] {
  if (related.length === 0 && otherByline !== null)
    return [
      {
        id: 1,
        message: { text: message(`the byline ${otherByline}`) },
        logicalLocations: [{ name: otherByline, kind: 'byline' }],
      },
    ];
  return related.slice(0, MAX_LOCATIONS).map((r: Related, i) => ({
    id: i + 1,
    message: { text: message(`${r.article}, under ${r.byline}`) },
    physicalLocation: {
      artifactLocation: artifact(r.path),
      ...(r.line === null ? {} : { region: { startLine: r.line } }),
    },
    logicalLocations: [{ name: r.byline, kind: 'byline' }],
  }));
}

function notification(x: CheckReport['notices'][number]): Json & { level: string } {
  return {
    level: x.level === 'info' ? 'note' : x.level,
    descriptor: { id: x.code },
    message: { text: message(x.message) },
    ...(x.source === null
      ? {}
      : {
          locations: [
            {
              physicalLocation: {
                artifactLocation: artifact(x.source),
                ...(x.line === null ? {} : { region: { startLine: x.line } }),
              },
            },
          ],
        }),
  };
}

/** A path as a relative URI. Standard input has no address. */
function artifact(path: string): Json {
  const uri = path
    .split('/')
    .map((part) => encodeURIComponent(part.replace(/\p{Cs}/gu, '\uFFFD')))
    .join('/');
  return { uri: uri === '-' ? 'stdin' : uri };
}

/** Text of a message: braces are doubled, as the standard asks, and nothing in it becomes a link. */
function message(text: string): string {
  return visible(text, MAX_MESSAGE).replace(/[{}]/g, '$&$&').replaceAll('](', '] (');
}

function present(values: Json): Json {
  return Object.fromEntries(Object.entries(values).filter(([, v]) => v !== null));
}
