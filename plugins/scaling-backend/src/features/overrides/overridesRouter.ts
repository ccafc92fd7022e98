import { HOUR_MS } from '@headroom/common';
import { AuditorService } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  oneOf,
  parseInput,
  refuseParameters,
  said,
  textOf,
} from '@headroom/node';
import {
  Calendars,
  OverrideRequest,
  ScalingTarget,
  untilNextWindow,
} from '@headroom/plugin-scaling-common';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { audited } from '../../core/audited';
import { Fleet } from '../../core/fleet/Fleet';
import { FleetView } from '../../core/fleet/FleetView';
import { overrideView } from '../../core/report/inForce';
import { Requests } from '../../core/Requests';
import { Caller } from '../../core/ScalingScopes';
import { OverrideStore, StoredOverride } from '../../database/OverrideStore';

/** There is no "for ever". */
const MOST_HOURS = 24 * 14;
const HORIZON_MS = MOST_HOURS * HOUR_MS;

/** What a person wants of workloads for a while. */
export const overrideBody: z.ZodType<OverrideRequest, unknown> = z.strictObject(
  {
    workloads: z
      .array(textOf(500))
      .min(1, { error: 'is empty; it must name workloads by their ids' })
      .max(500, { error: 'names more than 500 workloads' }),
    direction: oneOf(['up', 'down']),
    until: z.union(
      [
        z.literal('next-window'),
        z.strictObject({ hours: z.number().gt(0).max(MOST_HOURS) }),
      ],
      {
        error: `must be {"hours": 4}, of more than 0 and at most ${MOST_HOURS}, or "next-window"`,
      },
    ),
    reason: textOf(500, 'it must say why, in 1 to 500 characters'),
  },
);

/** @internal */
export interface OverridesRouterOptions {
  auditor: AuditorService;
  calendars: Calendars;
  fleet: Fleet;
  overrides: OverrideStore;
  requests: Requests;
  onChanged: () => void;
}

/** Exceptions that people make, each with a reason and an end. */
export function createOverridesRouter({
  auditor,
  calendars,
  fleet,
  overrides,
  requests,
  onChanged,
}: OverridesRouterOptions): express.Router {
  const router = Router();

  router.post('/v1/overrides', async (req, res) => {
    const { caller, userRef } = await requests.person(req);
    const added = await audited(
      auditor,
      { eventId: 'override-write', request: req, meta: { actionType: 'add' } },
      async () => {
        refuseParameters(req.query);
        const asked = parseInput(overrideBody, req.body);
        const view = await fleet.recent();
        const targets = asked.workloads.map(id => seenTarget(id, caller, view));
        caller.require(
          'override',
          targets.map(({ entityRef }) => entityRef),
          'override what its policies want',
        );
        const result = await overrides.add(
          targets.map(target => ({
            ...nameOf(target),
            ...(target.entityRef && { entityRef: target.entityRef }),
            direction: asked.direction,
            reason: asked.reason,
            by: userRef,
            from: new Date(view.atMs).toISOString(),
            until: endOf(asked, target, view),
          })),
        );
        return {
          result,
          meta: {
            by: userRef,
            before: targets.flatMap(
              target => view.overrideOf(target)?.id ?? [],
            ),
            after: result.map(recordOf),
            reason: asked.reason,
          },
        };
      },
    );
    fleet.forget();
    onChanged();
    res.status(201).json(added.map(overrideView));
  });

  router.delete('/v1/overrides/:id', async (req, res) => {
    const { caller, userRef } = await requests.person(req);
    await audited(
      auditor,
      {
        eventId: 'override-write',
        request: req,
        meta: { actionType: 'end', overrideId: said(req.params.id) },
      },
      async () => {
        const override = await overrides.get(req.params.id);
        if (!override || !caller.read.sees(override.entityRef)) {
          throw new NotFoundError(
            `There is no override ${said(req.params.id)}; it may be over`,
          );
        }
        caller.require('override', [override.entityRef], 'end an override');
        refuseParameters(req.query);
        await overrides.end(override.id, userRef);
        return {
          result: undefined,
          meta: { by: userRef, before: recordOf(override), after: null },
        };
      },
    );
    fleet.forget();
    onChanged();
    res.status(204).end();
  });

  function endOf(
    { until }: OverrideRequest,
    target: ScalingTarget,
    view: FleetView,
  ): string {
    if (until !== 'next-window') {
      return new Date(view.atMs + until.hours * HOUR_MS).toISOString();
    }
    const policy = view.book.index.winnerOf(target);
    const atMs =
      policy && untilNextWindow(policy, view.atMs, HORIZON_MS, { calendars });
    if (atMs === undefined) {
      throw new InputError(
        `until is "next-window", but nothing changes for ${target.workload.namespace}/${target.workload.name} in the next two weeks; say {"hours": 4}`,
      );
    }
    return new Date(atMs).toISOString();
  }

  return router;
}

/** Who may not see a workload isn't told that it is there. */
function seenTarget(
  id: string,
  caller: Caller,
  view: FleetView,
): ScalingTarget {
  const target = view.workload(id);
  if (!target || !caller.read.sees(target.entityRef)) {
    throw new NotFoundError(`There is no workload ${said(id)}; it may be gone`);
  }
  return target;
}

function nameOf({ workload }: ScalingTarget) {
  const { cluster, namespace, kind, name } = workload;
  return { cluster, namespace, kind, name };
}

function recordOf({
  id,
  cluster,
  namespace,
  kind,
  name,
  direction,
  until,
}: StoredOverride) {
  return {
    id,
    workload: `${kind} ${namespace}/${name} of ${cluster}`,
    direction,
    until,
  };
}
