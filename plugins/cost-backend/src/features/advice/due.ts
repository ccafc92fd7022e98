import { AdviceConfig } from '../../core/config/AdviceConfig';
import { DigestSpan } from '../../database/AdviceInputStore';
import { InventoryState } from '../../database/inventoryStates';
import { knowledgeOf } from '../../core/inventoryKnowledge';

/** Part of the time that computing advice again and again may take. */
const MAX_SHARE = 0.1;

/**
 * What advice stands on, in brief: advice is computed again when this changes.
 * While history is back-filled that is with every day.
 */
export function adviceBasis(options: {
  span: DigestSpan;
  states: InventoryState[];
  now: Date;
  config: Pick<AdviceConfig, 'policy' | 'appetite'>;
}): string {
  const { span, states, now, config } = options;
  const { noise, ...policy } = config.policy;
  return JSON.stringify({
    digests: span,
    inventories: states.map(state => [state.cluster, knowledgeOf(state, now)]),
    policy,
    noise: [noise.ratio, noise.microsPerMonth.toString()],
    appetite: config.appetite,
  });
}

/** Whether both were computed by the same configuration, whatever grew since. */
export function sameRules(one: string, other: string): boolean {
  return rulesOf(one) === rulesOf(other);
}

function rulesOf(basis: string): string {
  const { digests, inventories, ...rules } = JSON.parse(basis);
  return JSON.stringify(rules);
}

/** Whether to compute advice now. */
export function isDue(options: {
  newest: { finishedAt: string; basis: string; seconds: number } | undefined;
  basis: string;
  now: Date;
  maximumAgeMs: number;
}): boolean {
  const { newest, basis, now, maximumAgeMs } = options;
  if (!newest) {
    return true;
  }
  // A run of the future is of a clock that was wrong, and as old as it is far.
  const ageMs = Math.abs(now.getTime() - Date.parse(newest.finishedAt));
  const restMs = (newest.seconds * 1000) / MAX_SHARE;
  return ageMs >= maximumAgeMs || (newest.basis !== basis && ageMs >= restMs);
}
