import { Worded, wordAll } from '@headroom/common';
import { sayPlan } from '../../sentences/planSentences';
import { RESTORE_ANNOTATION } from '../../targets/RestoreRecord';
import { ScalingObject } from '../../targets/ScalingObject';
import {
  KEDA_PAUSED,
  KEDA_PAUSED_REPLICAS,
  ScaledObjectAutoscaler,
} from '../../targets/Autoscaler';
import {
  KEDA_PAUSE,
  ScalingTarget,
  subjectOf,
} from '../../targets/ScalingTarget';
import { Field } from './fields';
import { Withheld, WithheldCode } from './SchedulePlan';

/** Kinds that have pods and no number of replicas of their own. */
const UNSCALABLE = new Set(['DaemonSet', 'Job', 'Pod']);
const SCALABLE = new Set([
  'Deployment',
  'StatefulSet',
  'Rollout',
  'ReplicaSet',
  'DeploymentConfig',
  'CronJob',
]);

/** Why a workload is left alone, whatever is wanted of it. @internal */
export function reasonToLeave(
  target: ScalingTarget,
  fields: readonly Field[],
): Withheld | undefined {
  const { workload, autoscaler, controlledBy, contestedBy } = target;
  const subject = subjectOf(target);
  const known = SCALABLE.has(workload.kind) || target.replicas !== undefined;
  if (UNSCALABLE.has(workload.kind) || !(known || autoscaler)) {
    return withheld('kind', sayPlan('kind', { subject }));
  }
  if (controlledBy) {
    const owner = `${controlledBy.kind} ${controlledBy.name}`;
    return withheld('controlled', sayPlan('controlled', { subject, owner }));
  }
  if (contestedBy) {
    return withheld(
      'contested-autoscalers',
      sayPlan('contestedAutoscalers', {
        subject,
        autoscalers: wordAll([...contestedBy]),
      }),
    );
  }
  const unreadable = [workload, autoscaler?.object].find(
    object => object?.restore === 'unreadable',
  );
  if (unreadable) {
    return withheld(
      'restore-unreadable',
      sayPlan('restoreUnreadable', {
        annotation: RESTORE_ANNOTATION,
        object: nameOf(unreadable),
      }),
    );
  }
  return autoscaler?.type === 'scaled-object'
    ? pausedByOthers(autoscaler, fields)
    : undefined;
}

/** KEDA takes a `paused` that is no boolean for true. */
function pausedByOthers(
  { object, paused }: ScaledObjectAutoscaler,
  fields: readonly Field[],
): Withheld | undefined {
  const pause = fields.find(({ path }) => path === KEDA_PAUSE);
  const others =
    pause && pause.current !== null && !pause.ours
      ? { annotation: KEDA_PAUSED_REPLICAS, value: String(pause.current) }
      : undefined;
  const still =
    paused !== undefined && !/^(0|f|false)$/i.test(paused)
      ? { annotation: KEDA_PAUSED, value: paused }
      : undefined;
  const found = others ?? still;
  return found
    ? withheld(
        'paused-by-others',
        sayPlan('pausedByOthers', { object: nameOf(object), ...found }),
      )
    : undefined;
}

/** @internal */
export function withheld(code: WithheldCode, text: Worded): Withheld {
  return { code, text };
}

/** @internal */
export function nameOf({ kind, name }: ScalingObject): string {
  return `${kind} ${name}`;
}
