import { AuditorService } from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { StoredAction, StoredPlan } from '@headroom/common';
import {
  oneOf,
  parseInput,
  refuseParameters,
  said,
  textOf,
} from '@headroom/node';
import { ActingEngine } from '@headroom/plugin-controllers-node';
import { sayReport } from '@headroom/plugin-scaling-common';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { audited } from '../../core/audited';
import { filterShape } from '../../core/report/paging';
import { Requests } from '../../core/Requests';
import { Caller } from '../../core/ScalingScopes';

/** Which plans can be asked for. */
export const plansQuery = z.strictObject({
  ...filterShape,
  state: oneOf(['waiting', 'open', 'unresolved'])
    .optional()
    .describe(
      '`waiting`: an approval is asked for; `open`: not over yet; `unresolved`: nobody can tell what became of an action; else all.',
    ),
  mine: oneOf(['true', 'false'])
    .optional()
    .describe('`true`: only what the caller may approve.'),
});

const reason = textOf(500, 'it must say why, in 1 to 500 characters');

/** A yes or no to the plan of a hash. */
export const decisionBody = z.strictObject({
  decision: oneOf(['approved', 'rejected']),
  hash: textOf(100, 'it must be the hash of the plan that was looked at'),
  reason: reason.optional(),
});

/** What became of an action that nobody could tell of. */
export const resolutionBody = z.strictObject({
  done: z.boolean({ error: 'must be true or false' }),
  reason,
});

export const undoBody = z.strictObject({ reason });

/** @internal */
export interface PlansRouterOptions {
  auditor: AuditorService;
  engine: ActingEngine;
  requests: Requests;
  onChanged: () => void;
}

/** Plans, who approves them, and what became of their actions. */
export function createPlansRouter({
  auditor,
  engine,
  requests,
  onChanged,
}: PlansRouterOptions): express.Router {
  const router = Router();

  router.get('/v1/plans', async (req, res) => {
    const caller = await requests.reader(req);
    const { mine, ...query } = parseInput(plansQuery, req.query);
    const scope = caller.read.where;
    const approve = caller.sight('approve');
    res.json(
      await engine.plans.list({
        ...query,
        ...(scope && { scope }),
        ...(mine === 'true' && {
          ...(approve.where && { coveredBy: approve.where }),
          ...(caller.userRef && { approver: caller.userRef }),
        }),
      }),
    );
  });

  router.get('/v1/plans/:id', async (req, res) => {
    const caller = await requests.reader(req);
    refuseParameters(req.query);
    res.json(await seenPlan(req.params.id, caller));
  });

  router.put('/v1/plans/:id/decision', async (req, res) => {
    const { caller, userRef } = await requests.person(req);
    const plan = await audited(
      auditor,
      {
        eventId: 'plan-decide',
        request: req,
        severityLevel: 'high',
        meta: { planId: said(req.params.id) },
      },
      async () => {
        const { id, decision: before } = await seenPlan(req.params.id, caller);
        const { where } = caller.sight('approve');
        if (!(await engine.plans.isCovered(id, where))) {
          throw new NotAllowedError(
            'You need the permission scaling.approve on the service of every action of this plan to decide on it',
          );
        }
        refuseParameters(req.query);
        const decision = parseInput(decisionBody, req.body);
        const result = await engine.decide(id, { ...decision, by: userRef });
        return {
          result,
          meta: {
            by: userRef,
            before: before?.decision ?? null,
            after: decision.decision,
            hash: decision.hash,
            ...(decision.reason && { reason: decision.reason }),
          },
        };
      },
    );
    onChanged();
    res.json(forCaller(plan, caller));
  });

  router.put('/v1/actions/:id/resolution', async (req, res) => {
    const { caller, userRef } = await requests.person(req);
    await audited(
      auditor,
      {
        eventId: 'action-resolve',
        request: req,
        severityLevel: 'high',
        meta: { actionId: said(req.params.id) },
      },
      async () => {
        const action = await seenAction(req.params.id, caller);
        caller.require(
          'approve',
          [action.entityRef],
          'say what became of its actions',
        );
        refuseParameters(req.query);
        const happened = parseInput(resolutionBody, req.body);
        await engine.resolve(action.id, { ...happened, by: userRef });
        return {
          result: undefined,
          meta: { by: userRef, before: action.state, ...happened },
        };
      },
    );
    onChanged();
    res.status(204).end();
  });

  router.post('/v1/actions/:id/undo', async (req, res) => {
    const { caller, userRef } = await requests.person(req);
    await audited(
      auditor,
      {
        eventId: 'action-undo',
        request: req,
        severityLevel: 'high',
        meta: { actionId: said(req.params.id) },
      },
      async () => {
        const action = await seenAction(req.params.id, caller);
        caller.require('override', [action.entityRef], 'take actions back');
        refuseParameters(req.query);
        const body = parseInput(undoBody, req.body);
        const undoing = await engine.undo(action.id, {
          by: userRef,
          reason: sayReport('undoneBy', { by: userRef, reason: body.reason }),
        });
        return {
          result: undefined,
          meta: {
            by: userRef,
            before: action.state,
            after: `undone by plan ${undoing.id}`,
            reason: body.reason,
          },
        };
      },
    );
    onChanged();
    res.status(204).end();
  });

  /** Who may not see a plan isn't told that it is there. */
  async function seenPlan(id: string, caller: Caller): Promise<StoredPlan> {
    const scope = caller.read.where;
    const plan = await engine.plans.get(id, scope && { scope });
    if (!plan) {
      throw new NotFoundError(
        `There is no plan ${said(id)}; it may be over and forgotten`,
      );
    }
    return plan;
  }

  async function seenAction(id: string, caller: Caller): Promise<StoredAction> {
    const scope = caller.read.where;
    const plan = await engine.plans.ofAction(id, scope && { scope });
    const action = plan?.actions.find(each => each.id === id);
    if (!action) {
      throw new NotFoundError(`There is no action ${said(id)}`);
    }
    return action;
  }

  return router;
}

/** Without the actions that the caller doesn't see. */
function forCaller(plan: StoredPlan, caller: Caller): StoredPlan {
  const actions = plan.actions.filter(({ entityRef }) =>
    caller.read.sees(entityRef),
  );
  const hidden =
    plan.actions.length - actions.length + (plan.hiddenActions ?? 0);
  return { ...plan, actions, ...(hidden > 0 && { hiddenActions: hidden }) };
}
