import { FieldChange, formatFieldPath, Json } from '@headroom/common';
import fc from 'fast-check';
import { makePolicy } from '../__testUtils__/makePolicy';
import {
  makeCronJob,
  makeHpa,
  makeScaledObject,
  makeTarget,
} from '../__testUtils__/makeTarget';
import { writeChanges, writeField } from '../__testUtils__/writeChanges';
import { Wish } from '../policies/Wish';
import { HPA_MIN, REPLICAS, ScalingTarget } from '../targets/ScalingTarget';
import { RestoreRecord } from '../targets/RestoreRecord';
import { SchedulePlan, ScheduledChange } from './planning/SchedulePlan';
import { planSchedule } from './planSchedule';

const NOW = Date.parse('2026-06-12T18:00:00.000Z');

const wish: fc.Arbitrary<Wish> = fc.oneof(
  fc.constant<Wish>({ type: 'untouched' }),
  fc.constant<Wish>({ type: 'zero' }),
  fc.record({
    type: fc.constant('fixed' as const),
    replicas: fc.integer({ min: 1, max: 12 }),
  }),
  fc
    .tuple(fc.option(fc.nat(12)), fc.option(fc.integer({ min: 1, max: 12 })))
    .filter(([floor, ceiling]) => floor !== null || ceiling !== null)
    .map(
      ([floor, ceiling]): Wish => ({
        type: 'bounds',
        ...(floor !== null && { floor }),
        ...(ceiling !== null && { ceiling: Math.max(ceiling, floor ?? 0) }),
      }),
    ),
);

const count = fc.integer({ min: 1, max: 10 });

const target: fc.Arbitrary<ScalingTarget> = fc.oneof(
  count.map(replicas => makeTarget({ replicas })),
  fc.constantFrom(undefined, false).map(suspend => makeCronJob({ suspend })),
  fc.tuple(count, count).map(([min, more]) =>
    makeTarget({
      replicas: min,
      autoscaler: makeHpa({ minReplicas: min, maxReplicas: min + more }),
    }),
  ),
  fc
    .tuple(
      fc.option(fc.nat(5), { nil: undefined }),
      fc.option(count, { nil: undefined }),
    )
    .map(([minReplicaCount, more]) =>
      makeTarget({
        autoscaler: makeScaledObject({
          minReplicaCount,
          maxReplicaCount:
            more === undefined ? undefined : (minReplicaCount ?? 0) + more,
        }),
      }),
    ),
);

function changesOf(
  of: ScalingTarget,
  wanted: Wish,
): readonly ScheduledChange[] {
  return planOf(of, wanted).changes;
}

function planOf(of: ScalingTarget, wanted: Wish): SchedulePlan {
  return planSchedule({
    target: of,
    nowMs: NOW,
    wanted: {
      policy: makePolicy(),
      state: {
        wish: wanted,
        because: 'recurring-window',
        sources: [],
        lead: false,
        conflicts: [],
        reason: { message: 'So.', wording: { key: 'test.so' } },
      },
    },
  });
}

const apply = (of: ScalingTarget, wanted: Wish) =>
  writeChanges(of, changesOf(of, wanted));

/** What is written of a target, without versions and notes. */
function written({ replicas, suspend, autoscaler }: ScalingTarget) {
  const { object, ...steered } = autoscaler ?? { object: undefined };
  return { replicas, suspend, ...steered };
}

function recordsOf({ workload, autoscaler }: ScalingTarget): RestoreRecord[] {
  return [workload.restore, autoscaler?.object.restore].filter(
    (record): record is RestoreRecord =>
      record !== undefined && record !== 'unreadable',
  );
}

describe('S1 what is wanted is reached in one go', () => {
  it('and then there is nothing to do', () => {
    fc.assert(
      fc.property(target, fc.array(wish, { minLength: 1 }), (of, wishes) => {
        const after = wishes.reduce(apply, of);
        expect(changesOf(after, wishes[wishes.length - 1])).toEqual([]);
      }),
    );
  });

  it('and it doesn’t matter what was wanted before, for all but the notes', () => {
    fc.assert(
      fc.property(target, fc.array(wish), wish, (of, before, last) => {
        fc.pre(of.autoscaler?.type !== 'hpa');
        expect(written(apply(before.reduce(apply, of), last))).toEqual(
          written(apply(of, last)),
        );
      }),
    );
  });
});

describe('S14 what was before', () => {
  it('is there again, without a note, whatever windows came between', () => {
    fc.assert(
      fc.property(target, fc.array(wish), (of, wishes) => {
        const after = apply(wishes.reduce(apply, of), { type: 'untouched' });
        // A workload that its HPA steers is woken at the HPA's minimum.
        const replicas =
          of.autoscaler?.type === 'hpa' ? after.replicas : of.replicas;
        expect(written(after)).toEqual({ ...written(of), replicas });
        expect(recordsOf(after)).toEqual([]);
      }),
    );
  });

  it('is never noted as what Headroom set itself', () => {
    fc.assert(
      fc.property(target, fc.array(wish), (of, wishes) => {
        const original = new Map(
          fieldsNoted(of, wishes).map(({ path, before }) => [path, before]),
        );
        // The replicas of a workload that is woken are its HPA's from then on.
        fc.pre(of.autoscaler?.type !== 'hpa');
        for (const record of recordsOf(wishes.reduce(apply, of))) {
          for (const [path, { was, set }] of Object.entries(record.fields)) {
            expect(was).toEqual(original.get(path));
            expect(set).not.toEqual(was);
          }
        }
      }),
    );
  });

  it('is left where somebody has changed it since, and nothing is written against them', () => {
    fc.assert(
      fc.property(
        target,
        wish,
        fc.integer({ min: 20, max: 30 }),
        (of, wanted, theirs) => {
          fc.pre(
            of.workload.kind !== 'CronJob' &&
              of.autoscaler?.type !== 'scaled-object',
          );
          const path = of.autoscaler ? HPA_MIN : REPLICAS;
          // A floor that the maximum has lowered is wanted higher with a higher one.
          fc.pre(planOf(of, wanted).withheld.length === 0);
          const during = apply(of, wanted);
          fc.pre(
            recordsOf(during).some(
              ({ fields }) => formatFieldPath(path) in fields,
            ),
          );
          // As a person would, who raises the maximum, too.
          const changed = writeField(
            of.autoscaler
              ? writeField(during, { path: ['spec', 'maxReplicas'], after: 40 })
              : during,
            { path, after: theirs },
          );
          const touched = [
            ...changesOf(changed, wanted),
            ...changesOf(changed, { type: 'untouched' }),
          ].flatMap(({ changes }) => changes.map(each => each.path));
          expect(touched).not.toContainEqual(path);
        },
      ),
    );
  });
});

/** The first value that each field was changed from. */
function fieldsNoted(
  of: ScalingTarget,
  wishes: readonly Wish[],
): Array<{ path: string; before: Json }> {
  const first = new Map<string, Json>();
  let at = of;
  for (const wanted of wishes) {
    const changes = changesOf(at, wanted);
    for (const change of changes.flatMap(
      each => each.changes as FieldChange[],
    )) {
      const path = formatFieldPath(change.path);
      if (!first.has(path)) {
        first.set(path, change.before);
      }
    }
    at = writeChanges(at, changes);
  }
  return [...first].map(([path, before]) => ({ path, before }));
}

describe('S15 an HPA and its workload', () => {
  it('are never scaled both, but from and to 0', () => {
    fc.assert(
      fc.property(target, fc.array(wish), wish, (of, before, last) => {
        fc.pre(of.autoscaler !== undefined);
        const scaled = changesOf(before.reduce(apply, of), last)
          .flatMap(({ changes }) => changes)
          .filter(({ path }) => formatFieldPath(path) === 'spec.replicas');
        expect(
          scaled.filter(each => each.before !== 0 && each.after !== 0),
        ).toEqual([]);
      }),
    );
  });

  it('a minimum is never above its maximum', () => {
    fc.assert(
      fc.property(target, fc.array(wish), (of, wishes) => {
        const { autoscaler } = wishes.reduce(apply, of);
        const [min, max] =
          autoscaler?.type === 'hpa'
            ? [autoscaler.minReplicas ?? 1, autoscaler.maxReplicas]
            : [
                autoscaler?.minReplicaCount ?? 0,
                autoscaler?.maxReplicaCount ?? 100,
              ];
        expect(min).toBeLessThanOrEqual(max);
      }),
    );
  });
});
