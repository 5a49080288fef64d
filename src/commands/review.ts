import { linkBetween, loadForCheck, openSaved, readLinks, writeLinks } from '../gate/gate.js';
import { UserError } from '../errors.js';
import { wrap } from '../text/folded.js';
import { hintFor } from '../text/nearest.js';
import { visible } from '../text/visible.js';
import { deliverText } from './deliver.js';
import { REVIEW_ACTIONS } from './flags.js';

export interface ReviewOptions {
  readonly against: string;
  readonly reason?: string;
}

const VERDICTS = { confirm: 'confirmed', reject: 'rejected' } as const;

/** `manyhands review confirm|reject|forget A B --against REF`: keeps what someone found out about a link. */
export async function review(
  action: string,
  a: string | undefined,
  b: string | undefined,
  { against, reason }: ReviewOptions,
): Promise<void> {
  if (!REVIEW_ACTIONS.includes(action))
    throw new UserError(
      `review: there is no "${visible(action)}"`,
      hintFor(action, REVIEW_ACTIONS, `Say one of ${REVIEW_ACTIONS.join(', ')}.`),
    );
  const saved = await openSaved(against);
  const links = await readLinks(against);
  if (action === 'list') {
    const lines = links.map((l) =>
      wrap(
        `${l.verdict}: ${visible(l.a, 80)} and ${visible(l.b, 80)}${l.reason === '' ? '' : ` (${visible(l.reason)})`}`,
      ),
    );
    return deliverText(lines.length === 0 ? 'No links reviewed.\n' : `${lines.join('\n')}\n`, {});
  }
  if (a === undefined || b === undefined) throw new UserError(`review ${action} needs two bylines`);
  const rest = links.filter((l) => !(l.a === (a < b ? a : b) && l.b === (a < b ? b : a)));
  if (action === 'forget') {
    if (rest.length === links.length)
      throw new UserError(
        `no reviewed link between "${visible(a, 80)}" and "${visible(b, 80)}"`,
        'See: manyhands review list',
      );
    return writeLinks(against, rest);
  }
  if (reason === undefined || reason.trim() === '')
    throw new UserError(`review ${action} needs a reason`, 'Give one for those who read it later: --reason "…"');
  const names = (await loadForCheck(saved)).bylines.map((x) => x.name);
  const verdict = VERDICTS[action as keyof typeof VERDICTS];
  await writeLinks(against, [...rest, linkBetween(verdict, a, b, reason, names)]);
}
