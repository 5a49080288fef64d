import type { Calibrated, Model } from '../model/model.js';
import type {
  Cleaned,
  Corpus,
  Diarisation,
  Fingerprints,
  Group,
  HeldPairs,
  SelfTest,
  SharedHands,
} from '../types/types.js';

/** What the stages before found: all that verdicts rest on. */
export interface JudgeInput {
  readonly corpus: Corpus;
  readonly cleaned: Cleaned;
  readonly prints: Fingerprints;
  readonly pairs: HeldPairs;
  readonly groups: readonly Group[];
  readonly diarisations: readonly Diarisation[];
  /** Bylines that share several hands. */
  readonly teams: readonly SharedHands[];
  /** The shipped calibration as refitted on this dump. */
  readonly pairCalibration: Calibrated;
  readonly model: Model;
  readonly selfTest: SelfTest | null;
}

/** What verdicts on pairs rest on. */
export type PairInput = Pick<JudgeInput, 'cleaned' | 'prints' | 'pairs' | 'pairCalibration' | 'model'>;
