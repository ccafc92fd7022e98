import { Evidence, ExpectedEffect, Micros, Worded } from '@headroom/common';
import { Policy } from '../../policies/Policy';
import { sayPlan } from '../../sentences/planSentences';
import { ScalingTarget, subjectOf } from '../../targets/ScalingTarget';
import { nameOf } from './preconditions';
import { ScheduledChange } from './SchedulePlan';

/** What a workload costs an hour as it runs now. @public */
export interface RunningCost {
  perHour: Micros;
  currency: string;
  /** Over how many hours, the newest that are known, it is the mean. */
  hours: number;
}

/** What is known about a change of a schedule beside the change itself. @public */
export interface ScheduleWeight {
  evidence: readonly Evidence[];
  /** Without a saving where none is known, and where nothing is saved. */
  expected: Pick<ExpectedEffect, 'savingPerHour' | 'currency'>;
}

/**
 * What a change of a schedule was made on, and what it is expected to save. What takes
 * capacity saves the share of what the workload costs now that its replicas are fewer;
 * where an autoscaler decides how many run, that is the most. What isn't known is said,
 * and is no zero.
 *
 * @param cost - a sentence where it isn't known, which says why
 * @public
 */
export function weighSchedule(
  { direction, replicasAfter }: ScheduledChange,
  target: ScalingTarget,
  cost: RunningCost | Worded,
): ScheduleWeight {
  const evidence: Evidence[] = [{ text: wordSeen(target) }];
  const started = wordStartUp(target);
  if (direction === 'up' || direction === 'restore') {
    return { evidence: [...evidence, { text: started }], expected: {} };
  }
  if (!('perHour' in cost)) {
    return { evidence: [...evidence, { text: cost }], expected: {} };
  }
  const { perHour, currency, hours } = cost;
  evidence.push({
    text: sayPlan('costsNow', {
      subject: subjectOf(target),
      cost: amountOf(perHour),
      currency,
      count: hours,
    }),
  });
  const share = savedShare(target, replicasAfter);
  if (direction !== 'down' || share === undefined) {
    return { evidence, expected: {} };
  }
  if (target.autoscaler && replicasAfter !== 0) {
    evidence.push({
      text: sayPlan('savesAtMost', {
        autoscaler: nameOf(target.autoscaler.object),
        after: replicasAfter ?? 0,
        replicas: target.replicas ?? 0,
      }),
    });
  }
  const [of, among] = share;
  const saving = (BigInt(perHour) * BigInt(of)) / BigInt(among);
  return { evidence, expected: { savingPerHour: String(saving), currency } };
}

/** As a fraction of whole numbers; undefined = not known. */
function savedShare(
  { workload, replicas }: ScalingTarget,
  after: number | undefined,
): [number, number] | undefined {
  if (workload.kind === 'CronJob') {
    return [1, 1];
  }
  return replicas !== undefined && replicas > 0 && after !== undefined
    ? [Math.max(0, replicas - after), replicas]
    : undefined;
}

function wordSeen(target: ScalingTarget): Worded {
  const { workload, replicas, readyReplicas, autoscaler, suspend } = target;
  const subject = subjectOf(target);
  if (workload.kind === 'CronJob') {
    return sayPlan(suspend ? 'seenSuspended' : 'seenRunning', { subject });
  }
  if (replicas === undefined) {
    return sayPlan('seenUnsaid', { subject });
  }
  const count = { subject, count: replicas, ready: readyReplicas ?? 0 };
  return autoscaler
    ? sayPlan('seenScaled', {
        ...count,
        autoscaler: nameOf(autoscaler.object),
      })
    : sayPlan(
        readyReplicas === undefined ? 'seenReplicas' : 'seenReady',
        count,
      );
}

function wordStartUp(target: ScalingTarget): Worded {
  const { startUpSeconds, startUps } = target;
  return startUpSeconds === undefined || startUps === undefined
    ? sayPlan('startUpUnknown', { subject: subjectOf(target) })
    : sayPlan('startUpMeasured', {
        subject: subjectOf(target),
        seconds: Math.round(startUpSeconds),
        count: startUps,
      });
}

/**
 * How much earlier the windows of a policy begin for a workload, and what that stands
 * on; undefined where the policy doesn't go by what was measured.
 *
 * @public
 */
export function wordLead(
  target: ScalingTarget,
  { lead }: Pick<Policy, 'lead'>,
): Worded | undefined {
  const { workload, startUpSeconds, startUps } = target;
  if (lead.type !== 'measured' || workload.kind === 'CronJob') {
    return undefined;
  }
  return startUpSeconds === undefined || startUps === undefined
    ? sayPlan('leadUnknown')
    : sayPlan('leadMeasured', {
        seconds: Math.ceil(startUpSeconds),
        count: startUps,
      });
}

/** Two digits after the point, and more of what is less than a hundredth. */
function amountOf(micros: Micros): string {
  const units = Number(micros) / 1e6;
  return units >= 0.01
    ? units.toFixed(2)
    : String(Number(units.toPrecision(2)));
}
