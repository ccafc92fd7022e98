import { FieldPath, Json } from '@headroom/common';
import { Wish } from '../../policies/Wish';
import {
  HpaAutoscaler,
  ScaledObjectAutoscaler,
} from '../../targets/Autoscaler';
import {
  HPA_MAX,
  HPA_MIN,
  KEDA_MAX,
  KEDA_MIN,
  KEDA_PAUSE,
  REPLICAS,
  SUSPEND,
  ScalingTarget,
  subjectOf,
} from '../../targets/ScalingTarget';
import { sayPlan } from '../../sentences/planSentences';
import { Field, countOf } from './fields';
import { Withheld } from './SchedulePlan';

/** What fields should be; of a field that isn't in it, what its owner has. @internal */
export type WantedFields = Map<FieldPath, Json>;

/** @internal */
export interface Wanted {
  fields: WantedFields;
  withheld: Withheld[];
}

/** Which fields make a wish true of a workload (S6, S15). @internal */
export function wantedFields(
  target: ScalingTarget,
  wish: Wish,
  fields: readonly Field[],
): Wanted {
  const { workload, autoscaler } = target;
  if (workload.kind === 'CronJob') {
    return only(wish.type === 'zero' ? [[SUSPEND, true]] : []);
  }
  if (autoscaler?.type === 'hpa') {
    return ofHpa(target, autoscaler, wish, fields);
  }
  return autoscaler
    ? ofScaledObject(autoscaler, wish, fields)
    : ofReplicas(wish, fields);
}

function only(fields: ReadonlyArray<[FieldPath, Json]>): Wanted {
  return { fields: new Map(fields), withheld: [] };
}

function ofReplicas(wish: Wish, fields: readonly Field[]): Wanted {
  switch (wish.type) {
    case 'zero':
      return only([[REPLICAS, 0]]);
    case 'fixed':
      return only([[REPLICAS, wish.replicas]]);
    case 'bounds':
      return only(replicasInBounds(wish, fields));
    case 'untouched':
    default:
      return only([]);
  }
}

/**
 * Bounds are of what the owner has, not of what they made of it. Where somebody has
 * changed what they made of it, that is what stays wanted, so that it is noticed.
 */
function replicasInBounds(
  { floor = 0, ceiling = Infinity }: { floor?: number; ceiling?: number },
  fields: readonly Field[],
): Array<[FieldPath, Json]> {
  const field = fields.find(({ path }) => path === REPLICAS);
  const clamp = (value: Json) =>
    Math.max(floor, Math.min(ceiling, countOf(REPLICAS, value) ?? 1));
  if (
    field?.noted &&
    !field.ours &&
    clamp(field.noted.was) === field.noted.set
  ) {
    return [[REPLICAS, field.noted.set]];
  }
  const original = field?.original ?? null;
  const wanted = clamp(original);
  return wanted === countOf(REPLICAS, original) ? [] : [[REPLICAS, wanted]];
}

/**
 * An HPA doesn't go to 0 by default: the workload does, and the HPA idles. It doesn't
 * wake it either, so the workload is scaled to the floor, and the HPA resumes.
 */
function ofHpa(
  target: ScalingTarget,
  { object }: HpaAutoscaler,
  wish: Wish,
  fields: readonly Field[],
): Wanted {
  if (wish.type === 'zero') {
    return only([[REPLICAS, 0]]);
  }
  // With the gate HPAScaleToZero an HPA may have 0, goes there and wakes by itself.
  const least = originalOf(fields, HPA_MIN) === 0 ? 0 : 1;
  const wanted = bounded(
    wish,
    { min: HPA_MIN, max: HPA_MAX, least },
    `${object.kind} ${object.name}`,
    fields,
  );
  const replicas = fields.find(({ path }) => path === REPLICAS);
  if (target.replicas === 0 && replicas) {
    if (replicas.ours || floorOf(wish) !== undefined) {
      wanted.fields.set(
        REPLICAS,
        Math.max(
          1,
          countOf(
            HPA_MIN,
            wanted.fields.get(HPA_MIN) ?? originalOf(fields, HPA_MIN) ?? null,
          ) ?? 1,
        ),
      );
    } else if (least > 0) {
      wanted.withheld.push({
        code: 'switched-off',
        text: sayPlan('switchedOff', { subject: subjectOf(target) }),
      });
    }
  }
  return wanted;
}

function ofScaledObject(
  { object, idleReplicaCount }: ScaledObjectAutoscaler,
  wish: Wish,
  fields: readonly Field[],
): Wanted {
  if (wish.type === 'zero') {
    return only([[KEDA_PAUSE, '0']]);
  }
  if (wish.type === 'fixed') {
    return only([[KEDA_PAUSE, String(wish.replicas)]]);
  }
  return bounded(
    wish,
    {
      min: KEDA_MIN,
      max: KEDA_MAX,
      // KEDA refuses a minimum that isn't above the idle count.
      least: idleReplicaCount === undefined ? 0 : idleReplicaCount + 1,
    },
    `${object.kind} ${object.name}`,
    fields,
  );
}

/** Minimum and maximum of an autoscaler, which refuses a minimum above its maximum. */
function bounded(
  wish: Wish,
  { min, max, least }: { min: FieldPath; max: FieldPath; least: number },
  autoscaler: string,
  fields: readonly Field[],
): Wanted {
  const { floor: asked, ceiling, raises } = boundsOf(wish);
  const wanted: Wanted = { fields: new Map(), withheld: [] };
  const ownMin = originalOf(fields, min) ?? least;
  const ownMax = originalOf(fields, max) ?? Infinity;
  const floor = raises && asked !== undefined ? Math.max(asked, ownMin) : asked;
  if (ceiling !== undefined) {
    const highest = Math.max(ceiling, least, 1);
    wanted.fields.set(max, highest);
    if (floor === undefined && ownMin > highest) {
      wanted.fields.set(min, highest);
    }
  }
  if (floor !== undefined) {
    const most = Number(wanted.fields.get(max) ?? ownMax);
    wanted.fields.set(min, Math.min(Math.max(floor, least), most));
    if (floor > most) {
      wanted.withheld.push({
        code: 'floor-above-maximum',
        text: sayPlan('floorAboveMaximum', {
          floor,
          autoscaler,
          maximum: most,
        }),
      });
    } else if (floor < least) {
      wanted.withheld.push({
        code: 'floor-of-autoscaler',
        text: sayPlan('floorOfAutoscaler', { floor, autoscaler, least }),
      });
    }
  }
  return wanted;
}

function boundsOf(wish: Wish): {
  floor?: number;
  ceiling?: number;
  raises?: true;
} {
  if (wish.type === 'fixed') {
    return { floor: wish.replicas, ceiling: wish.replicas };
  }
  return wish.type === 'bounds' ? wish : {};
}

function floorOf(wish: Wish): number | undefined {
  return boundsOf(wish).floor || undefined;
}

function originalOf(
  fields: readonly Field[],
  path: FieldPath,
): number | undefined {
  const found = fields.find(each => each.path === path);
  return found && countOf(path, found.original);
}
