import { AUTOSCALING_CASES } from './autoscalingCases';
import { PLATFORM_CASES } from './platformCases';
import { POD_CASES } from './podCases';
import { QUEUE_CASES } from './queueCases';
import { RELATION_CASES } from './relationCases';
import { RuleCase } from './RuleCase';

/** A mistake and what is right, for every rule. */
export const CASES: readonly RuleCase[] = [
  ...AUTOSCALING_CASES,
  ...PLATFORM_CASES,
  ...QUEUE_CASES,
  ...POD_CASES,
  ...RELATION_CASES,
];
