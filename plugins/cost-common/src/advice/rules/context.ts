import { DaysSummary, summariseDays } from '../days/summariseDays';
import { DaysThatCount, daysThatCount } from '../days/daysThatCount';
import { PodClass, podClassOf } from '../pod/guaranteed';
import { settingOf } from '../pod/members';
import { specInForce } from '../pod/specInForce';
import { AdvisedResource, AdviceInput } from '../types';
import { CurrentSetting } from './draft';

/** What the rules of one resource read. */
export interface AdviceContext {
  /** As given, but for the spec: what is in force. */
  input: AdviceInput;
  /** Those that count for the resource. */
  used: DaysThatCount;
  /** Of these days. */
  summary: DaysSummary;
  podClass: PodClass;
}

export function contextsOf(
  given: AdviceInput,
): Record<AdvisedResource, AdviceContext> {
  const input = { ...given, spec: specInForce(given.spec, given.facts) };
  const podClass = podClassOf(input);
  const { cpu, memory } = daysThatCount(input);
  const ofCpu = summariseDays(cpu.days, cpu.all);
  const ofMemory =
    memory.days === cpu.days ? ofCpu : summariseDays(memory.days, memory.all);
  return {
    cpu: { input, podClass, used: cpu, summary: ofCpu },
    memory: { input, podClass, used: memory, summary: ofMemory },
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
