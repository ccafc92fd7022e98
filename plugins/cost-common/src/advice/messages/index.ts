import { AMOUNT_SENTENCES } from './amounts';
import { EXPLANATION_SENTENCES } from './explanation';
import { OUTCOME_SENTENCES } from './outcome';
import { POD_SENTENCES } from './pods';
import { READINESS_SENTENCES } from './readiness';
import { ROOM_SENTENCES } from './room';
import { RULE_SENTENCES } from './rule';
import { STEERING_SENTENCES } from './steering';
import { USAGE_SENTENCES } from './usage';
import { VETO_SENTENCES } from './vetoes';

/**
 * Every sentence of advice, by catalogue.
 *
 * @public
 */
export const ADVICE_CATALOGUES = {
  adviceAmounts: AMOUNT_SENTENCES,
  adviceExplanation: EXPLANATION_SENTENCES,
  adviceOutcome: OUTCOME_SENTENCES,
  advicePods: POD_SENTENCES,
  adviceReadiness: READINESS_SENTENCES,
  adviceRoom: ROOM_SENTENCES,
  adviceRule: RULE_SENTENCES,
  adviceSteering: STEERING_SENTENCES,
  adviceUsage: USAGE_SENTENCES,
  adviceVetoes: VETO_SENTENCES,
} as const;
