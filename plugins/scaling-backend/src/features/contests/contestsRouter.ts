import { AuditorService } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { targetKey } from '@headroom/common';
import { parseInput, refuseParameters, said, textOf } from '@headroom/node';
import { ActingEngine } from '@headroom/plugin-controllers-node';
import { subjectOf } from '@headroom/plugin-scaling-common';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { audited } from '../../core/audited';
import { Fleet } from '../../core/fleet/Fleet';
import { Requests } from '../../core/Requests';

export const goOnBody = z.strictObject({
  reason: textOf(500, 'it must say why, in 1 to 500 characters'),
});

/** @internal */
export interface ContestsRouterOptions {
  auditor: AuditorService;
  engine: ActingEngine;
  fleet: Fleet;
  requests: Requests;
  onChanged: () => void;
}

/** Where somebody says to go on with what others took back. */
export function createContestsRouter({
  auditor,
  engine,
  fleet,
  requests,
  onChanged,
}: ContestsRouterOptions): express.Router {
  const router = Router();

  router.post('/v1/workloads/:id/go-on', async (req, res) => {
    const { caller, userRef } = await requests.person(req);
    await audited(
      auditor,
      {
        eventId: 'contest-end',
        request: req,
        severityLevel: 'high',
        meta: { workloadId: said(req.params.id) },
      },
      async () => {
        const target = (await fleet.recent()).workload(req.params.id);
        if (!target || !caller.read.sees(target.entityRef)) {
          throw new NotFoundError(
            `There is no workload ${said(req.params.id)}; it may be gone`,
          );
        }
        caller.require(
          'approve',
          [target.entityRef],
          'let policies write to it again',
        );
        refuseParameters(req.query);
        const { reason } = parseInput(goOnBody, req.body);
        const { workload, autoscaler } = target;
        const ended = await engine.contests.clearTargets(
          [workload, autoscaler?.object].flatMap(object =>
            object ? [targetKey(object)] : [],
          ),
        );
        if (ended.length === 0) {
          throw new ConflictError(
            `Nobody takes back what is written to ${subjectOf(target)}`,
          );
        }
        return {
          result: undefined,
          meta: {
            by: userRef,
            reason,
            before: ended.map(
              ({ policyId, manager }) => `${policyId}: ${manager}`,
            ),
            after: null,
          },
        };
      },
    );
    onChanged();
    res.status(204).end();
  });

  return router;
}
