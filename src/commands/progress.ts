import type { Stage } from '../pipeline/pipeline.js';

const SAYING: Readonly<Record<Stage, string>> = {
  read: 'reading',
  clean: 'cleaning',
  fingerprint: 'measuring',
  compare: 'comparing',
  cluster: 'grouping',
  diarise: 'telling hands apart in',
  judge: 'weighing',
};
/** Names of the tasks whose batches are counted, as a reader knows them. */
const TASKS: Readonly<Record<string, string>> = {
  lines: 'reading',
  prepare: 'cleaning',
  sketch: 'looking for copies',
  finish: 'cleaning, second pass',
  subjects: 'reading subjects',
  words: 'counting common words',
  count: 'measuring',
  found: 'choosing what is counted',
  fit: 'finding axes',
  project: 'placing articles',
  units: 'comparing articles',
  halves: 'testing on bylines split in two',
  cohort: 'comparing with strangers',
  pairs: 'comparing pairs',
  spreads: 'finding near bylines',
  cells: 'finding near bylines',
  near: 'finding near bylines',
  candidates: 'comparing near bylines',
  drawn: 'looking for what was missed',
  level: 'measuring single hands',
  measure: 'telling hands apart',
  part: 'parting hands',
  rows: 'reading pairs again',
  search: 'looking for shared passages',
  languages: 'telling languages',
  shared: 'looking for copies',
  format: 'measuring how texts are typed',
  fold: 'calibrating',
  check: 'comparing submissions',
};

/** True where standard error is a terminal that can write a line over. */
export function isScreen(): boolean {
  return process.stderr.isTTY && process.env['TERM'] !== 'dumb';
}

/** Writes over the line on standard error; nothing where that is no terminal. */
export function statusLine(): (text: string) => void {
  if (!isScreen()) return () => undefined;
  return (text) => void process.stderr.write(`\r\u001b[K${text}`);
}

/** A line on standard error that says what is being done, how fast, and how long it will take; none where that is no terminal. */
export function progress(): {
  readonly stage: (stage: Stage, items: number) => void;
  readonly batch: (task: string, done: number, of: number) => void;
  readonly end: () => void;
} {
  const nothing = (): void => undefined;
  if (!isScreen()) return { stage: nothing, batch: nothing, end: nothing };
  let said = 0;
  const began = new Map<string, number>();
  const say = statusLine();
  return {
    stage: (stage, items) => {
      const of = stage === 'clean' || stage === 'fingerprint' ? 'articles' : 'bylines';
      say(stage === 'judge' ? '' : `${SAYING[stage]}${stage === 'read' ? '' : ` ${items} ${of}`} …`);
    },
    batch: (task, done, of) => {
      const now = performance.now();
      // Tasks of two computations come in turn: each has a clock of its own.
      if (done === 1) began.set(task, now);
      if (now - said < 200) return;
      said = now;
      const seconds = (now - (began.get(task) ?? now)) / 1000;
      say(
        `${TASKS[task] ?? task} ${Math.floor((100 * done) / of)} %${pace(done, of, seconds, task === 'check' ? 'articles' : 'batches')} …`,
      );
    },
    end: () => say(''),
  };
}

/** How fast batches are done and how long the others will take, by the time since the first; "" where that says nothing yet. */
function pace(done: number, of: number, seconds: number, what: string): string {
  if (done < 2 || seconds < 0.5) return '';
  const rate = (done - 1) / seconds;
  return `, ${rate.toFixed(1)} ${what} a second, about ${Math.ceil((of - done) / rate)} s left`;
}
