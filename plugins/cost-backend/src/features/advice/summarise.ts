import { Steering } from '@headroom/common';
import {
  AdviceRowResource,
  ContainerAdvice,
  ResourceAdvice,
} from '@headroom/plugin-cost-common';
import { AdviceSubject } from './protocol';
import { AdviceSummary } from '../../database/adviceOutcome';

/** What a table shows of an advice. */
export function summarise(
  subject: AdviceSubject,
  advice: ContainerAdvice,
): AdviceSummary {
  const { backtest } = advice;
  return {
    cpu: toRowResource(advice.cpu),
    memory: toRowResource(advice.memory),
    appetite: subject.appetite.value,
    appetiteOrigin: subject.appetite.origin,
    ...(subject.appetiteProblem && {
      appetiteProblem: subject.appetiteProblem.message,
      appetiteWording: subject.appetiteProblem.wording,
    }),
    // Without a sample it is not known how often it was short of CPU.
    ...(backtest &&
      advice.cpu.usage && {
        throttledMinutes: {
          current: backtest.current.throttledMinutes,
          proposed: backtest.proposed.throttledMinutes,
        },
      }),
    ...(backtest && {
      oomKills: {
        current: backtest.current.oomKills,
        proposed: backtest.proposed.oomKills,
      },
    }),
    reasons: distinct([...advice.cpu.reasons, ...advice.memory.reasons]),
    steeredBy: (subject.steering ?? []).map(nameOf),
  };
}

function toRowResource(advice: ResourceAdvice): AdviceRowResource {
  const { status, current, proposed, held } = advice;
  return {
    status,
    ...(current.request !== undefined && { request: current.request }),
    ...(current.limit !== undefined && { limit: current.limit }),
    ...(proposed && {
      proposedRequest: proposed.request,
      proposedLimit: proposed.limit,
    }),
    ...(held && { heldRequest: held.request }),
  };
}

/** A reason that holds for both resources is told once. */
function distinct(reasons: ContainerAdvice['cpu']['reasons']) {
  const seen = new Set<string>();
  return reasons.filter(({ code, message }) => {
    const key = `${code} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

function nameOf({ kind, name }: Steering): string {
  return `${kind}/${name}`;
}
