import { DaysSummary, summariseDays } from '../days/summariseDays';
import { UsedDays, usedDays } from '../days/usedDays';
import { PodClass, podClassOf } from '../pod/guaranteed';
import { settingOf } from '../pod/members';
import { specInForce } from '../pod/specInForce';
import { AdvisedResource, AdviceInput } from '../types';
import { CurrentSetting } from './draft';

/** What the rules of both resources read. */
export interface AdviceContext {
  /** As given, but for the spec: what is in force. */
  input: AdviceInput;
  used: UsedDays;
  summary: DaysSummary;
  podClass: PodClass;
}

export function contextOf(given: AdviceInput): AdviceContext {
  const input = { ...given, spec: specInForce(given.spec, given.facts) };
  const used = usedDays(input);
  return {
    input,
    used,
    summary: summariseDays(used.days, used.all),
    podClass: podClassOf(input),
  };
}

/** What the container has now. */
export function currentOf(
  resource: AdvisedResource,
  { input }: Pick<AdviceContext, 'input'>,
): CurrentSetting {
  return settingOf(resource, input.spec ?? {});
}

/** Whether the pod's class is kept: whatever a policy says of limits, unless it says so of this. */
export function keepsGuaranteed({ input, podClass }: AdviceContext): boolean {
  return podClass.guaranteed !== false && input.policy.keepGuaranteed !== false;
}
