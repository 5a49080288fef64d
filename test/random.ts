import fc from 'fast-check';

// Random tests try the same cases at every run, so that only a change can make one fail. `MANYHANDS_FUZZ=RUNS` tries that many
// new ones instead.
const runs = Number(process.env['MANYHANDS_FUZZ']);
fc.configureGlobal(runs > 0 ? { numRuns: runs } : { seed: 20261201 });

export default fc;
