import {
  FieldChange,
  KubernetesTarget,
  Worded,
  wordInTurn,
} from '@headroom/common';
import { Policy } from '../policies/Policy';
import { Wish } from '../policies/Wish';
import { sayPlan } from '../sentences/planSentences';
import { RESTORE_ANNOTATION, RestoreRecord } from '../targets/RestoreRecord';
import {
  RESTORE_PATH,
  isOf,
  writeRestoreRecord,
} from '../targets/restoreRecords';
import { ScalingObject } from '../targets/ScalingObject';
import {
  HPA_MAX,
  HPA_MIN,
  KEDA_MAX,
  KEDA_MIN,
  REPLICAS,
  ScalingTarget,
  subjectOf,
} from '../targets/ScalingTarget';
import { againstBudget } from './planning/againstBudget';
import { directionOf, replicasAfter } from './planning/capacity';
import {
  FieldTurn,
  FieldTurns,
  changeFields,
  valueAfter,
  wordValue,
} from './planning/changeFields';
import { Field, countOf, fieldsOf } from './planning/fields';
import { activityOf, lateWake, stillPaused } from './planning/findings';
import { nameOf, reasonToLeave, withheld } from './planning/preconditions';
import {
  ScheduledChange,
  SchedulePlan,
  Withheld,
} from './planning/SchedulePlan';
import { wantedFields } from './planning/wantedFields';
import { WantedState } from './types';

const MINUTE_MS = 60_000;

/** What a plan is made of. @public */
export interface ScheduleAsked {
  target: ScalingTarget;
  /**
   * The policy that wins and what it wants now; absent = none is for the workload:
   * what Headroom changed is put back, and nothing else is touched.
   */
  wanted?: { policy: Policy; state: WantedState };
  nowMs: number;
}

/**
 * What has to be written so that a workload is as a schedule wants it: pure, and
 * nothing where all is as wanted (S1). Which field is written follows from what steers
 * the workload (S6, S15); what was before is put back only while it is ours (S14).
 *
 * @public
 */
export function planSchedule({
  target,
  wanted,
  nowMs,
}: ScheduleAsked): SchedulePlan {
  const state = wanted?.state;
  if (state?.wish.type === 'leave') {
    return { changes: [], withheld: [] };
  }
  const wish: Wish = state?.wish ?? { type: 'untouched' };
  const fields = fieldsOf(target);
  if (wish.type === 'untouched' && !hasNotes(target)) {
    return { changes: [], withheld: findings(target, wanted, nowMs) };
  }
  const leave = reasonToLeave(target, fields);
  if (leave) {
    return {
      changes: wish.type === 'zero' ? [] : wakeLeft(target, fields, state),
      withheld: [leave],
    };
  }
  const against = againstBudget(target, wish);
  const desired = wantedFields(
    target,
    against ? { type: 'untouched' } : wish,
    fields,
  );
  const turns = consistent(
    target,
    fields,
    changeFields(target, desired.fields, fields),
  );
  const because = state?.reason ?? sayPlan('noPolicy');
  const changes: ScheduledChange[] = [];
  const held: Withheld[] = [];
  for (const object of objectsInOrder(target, wish)) {
    const change = changeOf(object, target, wish, because, fields, turns);
    const grace = change && wanted && inGrace(target, wanted.policy, nowMs);
    if (change?.direction === 'down' && grace) {
      held.push(grace);
    } else if (change) {
      changes.push(change);
    }
  }
  return {
    changes,
    withheld: [
      ...(against ? [against] : []),
      ...desired.withheld,
      ...turns.withheld,
      ...held,
      ...findings(target, wanted, nowMs),
    ],
  };
}

/**
 * A workload that Headroom has put to sleep isn't left so because nobody can say any
 * more what steers it: an autoscaler idles at 0, whichever it is.
 */
function wakeLeft(
  target: ScalingTarget,
  fields: readonly Field[],
  state: WantedState | undefined,
): ScheduledChange[] {
  const { workload, controlledBy, contestedBy, autoscaler } = target;
  const asleep = fields.find(
    ({ path, ours, current }) => path === REPLICAS && ours && current === 0,
  );
  const isLeft =
    contestedBy !== undefined || autoscaler?.object.restore === 'unreadable';
  if (!asleep?.noted || controlledBy || !isLeft) {
    return [];
  }
  const turns: FieldTurn[] = [
    {
      field: asleep,
      change: { path: REPLICAS, before: 0, after: asleep.noted.was },
      restores: true,
    },
  ];
  const change = changeOf(
    workload,
    { ...target, autoscaler: undefined },
    { type: 'untouched' },
    state?.reason ?? sayPlan('noPolicy'),
    fields,
    { turns, forgotten: [], withheld: [] },
  );
  return change ? [change] : [];
}

function hasNotes({ workload, autoscaler }: ScalingTarget): boolean {
  return [workload, autoscaler?.object].some(
    object => object?.restore !== undefined,
  );
}

function findings(
  target: ScalingTarget,
  wanted: ScheduleAsked['wanted'],
  nowMs: number,
): Withheld[] {
  return [
    stillPaused(target),
    wanted && lateWake(target, wanted, nowMs),
  ].filter(found => found !== undefined);
}

/** S12. */
function inGrace(
  target: ScalingTarget,
  { graceMinutes }: Policy,
  nowMs: number,
): Withheld | undefined {
  const untilMs = activityOf(target) + graceMinutes * MINUTE_MS;
  return nowMs < untilMs
    ? withheld(
        'grace',
        sayPlan('grace', {
          subject: subjectOf(target),
          minutes: graceMinutes,
          until: new Date(untilMs).toISOString(),
        }),
      )
    : undefined;
}

/**
 * Where one bound is wanted and the other is somebody else's, they can exclude each
 * other, and the API would refuse them.
 */
function consistent(
  { autoscaler }: ScalingTarget,
  fields: readonly Field[],
  all: FieldTurns,
): FieldTurns {
  if (!autoscaler) {
    return all;
  }
  const [min, max] =
    autoscaler.type === 'hpa' ? [HPA_MIN, HPA_MAX] : [KEDA_MIN, KEDA_MAX];
  const bounds = all.turns.filter(
    ({ field }) => field.path === min || field.path === max,
  );
  const least = countOf(min, valueAfter(fields, all.turns, min)) ?? 0;
  const most = countOf(max, valueAfter(fields, all.turns, max)) ?? Infinity;
  if (bounds.length === 0 || least <= most) {
    return all;
  }
  return {
    ...all,
    turns: all.turns.filter(turn => !bounds.includes(turn)),
    withheld: [
      ...all.withheld,
      withheld(
        'bounds-inconsistent',
        sayPlan('boundsInconsistent', {
          autoscaler: nameOf(autoscaler.object),
        }),
      ),
    ],
  };
}

/** On the way up the autoscaler first, so that it doesn't take back what is scaled. */
function objectsInOrder(
  { workload, autoscaler }: ScalingTarget,
  wish: Wish,
): ScalingObject[] {
  if (!autoscaler) {
    return [workload];
  }
  return wish.type === 'zero'
    ? [workload, autoscaler.object]
    : [autoscaler.object, workload];
}

function changeOf(
  object: ScalingObject,
  target: ScalingTarget,
  wish: Wish,
  because: Worded,
  fields: readonly Field[],
  { turns: all, forgotten }: FieldTurns,
): ScheduledChange | undefined {
  const turns = all.filter(({ field }) => field.object === object);
  const note = noteGivenUp(
    object,
    forgotten.filter(field => field.object === object),
  );
  if (turns.length === 0 && !note) {
    return undefined;
  }
  const direction = directionOf(turns, target.replicas);
  const after = replicasAfter(target, wish, direction, fields, all);
  return {
    object: plainTarget(object),
    subject: subjectOf(target),
    changes: [...turns.map(({ change }) => change), ...(note ? [note] : [])],
    direction,
    ...(turns.length > 0 && after !== undefined && { replicasAfter: after }),
    reason: wordInTurn(
      because,
      ...turns.map(turn => reasonOf(turn, target)),
      ...(turns.length === 0
        ? [
            sayPlan('forgets', {
              annotation: RESTORE_ANNOTATION,
              object: nameOf(object),
            }),
          ]
        : []),
    ),
    undo: undoOf(turns),
  };
}

function reasonOf(
  { field: { object, key, path }, change, restores }: FieldTurn,
  { autoscaler }: ScalingTarget,
): Worded {
  const params = {
    field: key,
    object: nameOf(object),
    before: wordValue(change.before),
    after: wordValue(change.after),
  };
  if (path === REPLICAS && autoscaler && change.before === 0) {
    return sayPlan('wakes', params);
  }
  if (restores) {
    return sayPlan(
      change.after === null ? 'restoresAbsent' : 'restores',
      params,
    );
  }
  return sayPlan(change.before === null ? 'setsNew' : 'sets', params);
}

function undoOf(turns: readonly FieldTurn[]): Worded {
  const [first, ...others] = turns.map(({ field, change }) =>
    sayPlan(change.before === null ? 'undoAbsent' : 'undo', {
      field: field.key,
      object: nameOf(field.object),
      before: wordValue(change.before),
    }),
  );
  return first ? wordInTurn(first, ...others) : sayPlan('undoNote');
}

/** The change of the annotation by which notes are given up; of a copied one all are. */
function noteGivenUp(
  { restore, uid }: ScalingObject,
  forgotten: readonly Field[],
): FieldChange | undefined {
  if (!restore || restore === 'unreadable') {
    return undefined;
  }
  const copied = !isOf(restore, uid);
  if (!copied && forgotten.length === 0) {
    return undefined;
  }
  const gone = new Set(forgotten.map(({ key }) => key));
  const rest = Object.entries(restore.fields).filter(([key]) => !gone.has(key));
  const after: RestoreRecord | undefined =
    copied || rest.length === 0
      ? undefined
      : { ...restore, fields: Object.fromEntries(rest) };
  return {
    path: RESTORE_PATH,
    before: writeRestoreRecord(restore),
    after: after ? writeRestoreRecord(after) : null,
  };
}

function plainTarget({
  type,
  cluster,
  group,
  version,
  kind,
  resource,
  namespace,
  name,
  uid,
  resourceVersion,
}: ScalingObject): KubernetesTarget {
  return {
    type,
    cluster,
    group,
    version,
    kind,
    resource,
    namespace,
    name,
    uid,
    resourceVersion,
  };
}
