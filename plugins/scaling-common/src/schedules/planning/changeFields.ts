import {
  FieldChange,
  FieldPath,
  Json,
  canonicalJson,
  formatFieldPath,
} from '@headroom/common';
import { sayPlan } from '../../sentences/planSentences';
import { sameJson } from '../../targets/restoreRecords';
import {
  KEDA_PAUSE,
  REPLICAS,
  ScalingTarget,
} from '../../targets/ScalingTarget';
import { Field, countOf } from './fields';
import { keeperOf, keptInGit } from './gitOps';
import { nameOf, withheld } from './preconditions';
import { Withheld } from './SchedulePlan';
import { WantedFields } from './wantedFields';

/** A change, and the field that it is of. @internal */
export interface FieldTurn {
  field: Field;
  change: FieldChange;
  /** Whether it puts back what was. */
  restores: boolean;
}

/** @internal */
export interface FieldTurns {
  turns: FieldTurn[];
  /** Fields of which the note is given up. */
  forgotten: Field[];
  withheld: Withheld[];
}

/**
 * What has to change so that fields are as wanted, and those that aren't wanted any
 * more as their owner had them (S14): only what still has the value that Headroom
 * gave it is put back.
 *
 * @internal
 */
export function changeFields(
  target: ScalingTarget,
  wanted: WantedFields,
  fields: readonly Field[],
): FieldTurns {
  const result: FieldTurns = { turns: [], forgotten: [], withheld: [] };
  for (const field of fields) {
    if (wanted.has(field.path)) {
      want(target, field, wanted.get(field.path)!, result);
    } else if (field.noted) {
      release(target, field, result);
    }
  }
  return result;
}

function want(
  { autoscaler }: ScalingTarget,
  field: Field,
  after: Json,
  result: FieldTurns,
): void {
  const { object, path, current, noted, ours } = field;
  if (sameJson(current, after)) {
    return;
  }
  if (noted && !ours && sameJson(noted.set, after)) {
    // It was so already: writing it again would be a fight.
    result.withheld.push(
      withheld(
        'changed-since',
        sayPlan('changedSince', {
          field: field.key,
          object: nameOf(object),
          set: wordValue(noted.set),
          current: wordValue(current),
        }),
      ),
    );
    return;
  }
  const restores = ours && sameJson(noted?.was ?? null, after);
  const keeper = restores ? undefined : keeperOf(object, path);
  const written = keeper ? givenBack(field, after) : after;
  if (keeper) {
    result.withheld.push(keptInGit(object, path, keeper));
  }
  if (written === undefined) {
    return;
  }
  const isRestore = restores || keeper !== undefined;
  const setBy = isRestore ? undefined : setterOf(field);
  result.turns.push({
    field,
    change: {
      path,
      before: current,
      after: written,
      ...(setBy !== undefined && { setBy }),
    },
    restores: isRestore,
  });
  if (noted && path === REPLICAS && autoscaler && current === 0) {
    // It is woken, and its autoscaler decides from there: nothing is left to restore.
    result.forgotten.push(field);
  }
}

/** Whose it was before Headroom first wrote it; a write takes it from all others. */
function setterOf({ object, key, noted, ours }: Field): string | undefined {
  return ours
    ? noted?.by
    : object.fieldOwners
        .filter(
          ({ path, manager }) =>
            manager !== 'headroom' && formatFieldPath(path) === key,
        )
        .at(-1)?.manager;
}

/**
 * Of a field that Git has come to keep since Headroom wrote it: what Headroom took is
 * given back, and no more than that.
 */
function givenBack(
  { path, current, noted, ours }: Field,
  after: Json,
): Json | undefined {
  if (!noted || !ours) {
    return undefined;
  }
  if (path === KEDA_PAUSE) {
    return Number(after) > Number(current) ? noted.was : undefined;
  }
  const [now, own = 0, wanted = 0] = [current, noted.was, after].map(value =>
    countOf(path, value),
  );
  if (now === undefined || own <= now || wanted <= now) {
    return undefined;
  }
  return wanted < own ? after : noted.was;
}

function release(
  { autoscaler }: ScalingTarget,
  field: Field,
  result: FieldTurns,
): void {
  const { object, path, key, current, noted, ours } = field;
  if (!noted) {
    return;
  }
  const autoscaled =
    path === REPLICAS &&
    (autoscaler?.type === 'scaled-object' || (autoscaler && current !== 0));
  if (autoscaled || sameJson(current, noted.was)) {
    // The autoscaler, which it may not have had then, decides.
    result.forgotten.push(field);
  } else if (!ours) {
    result.forgotten.push(field);
    result.withheld.push(
      withheld(
        'changed-by-others',
        sayPlan('changedByOthers', {
          field: key,
          object: nameOf(object),
          was: wordValue(noted.was),
          set: wordValue(noted.set),
          current: wordValue(current),
        }),
      ),
    );
  } else {
    result.turns.push({
      field,
      change: { path, before: current, after: noted.was },
      restores: true,
    });
  }
}

/** A value as a person reads it. @internal */
export function wordValue(value: Json) {
  if (value === null) {
    return sayPlan('absent');
  }
  return typeof value === 'number' || typeof value === 'string'
    ? value
    : canonicalJson(value);
}

/** The value that a field will have. @internal */
export function valueAfter(
  fields: readonly Field[],
  turns: readonly FieldTurn[],
  path: FieldPath,
): Json {
  const turn = turns.find(each => each.field.path === path);
  return turn
    ? turn.change.after
    : fields.find(each => each.path === path)?.current ?? null;
}
