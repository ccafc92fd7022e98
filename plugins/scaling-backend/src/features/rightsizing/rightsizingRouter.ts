import {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { formatFieldPath, StoredPlan } from '@headroom/common';
import {
  oneOf,
  parseInput,
  refuseParameters,
  said,
  textOf,
} from '@headroom/node';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { audited } from '../../core/audited';
import { ScalingScopes } from '../../core/ScalingScopes';
import { Advised, Rightsizing } from './Rightsizing';

/** What Headroom is asked to do with an advice. */
export const applyAdviceBody = z.strictObject({
  how: oneOf(['pull-request', 'cluster']),
  reason: textOf(500),
});

/** @internal */
export interface RightsizingRouterOptions {
  auditor: AuditorService;
  httpAuth: HttpAuthService;
  rightsizing: Rightsizing;
  scopes: ScalingScopes;
  /** Is told of a plan that was made. */
  onPlanned: (plan: StoredPlan) => Promise<void>;
}

/**
 * How advice could be applied, and plans that do. An advice is seen by who may see the
 * costs of its service; a plan is made by who may write policies for it.
 */
export function createRightsizingRouter({
  auditor,
  httpAuth,
  rightsizing,
  scopes,
  onPlanned,
}: RightsizingRouterOptions): express.Router {
  const router = Router();
  const open = async (req: express.Request) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    return { credentials, caller: await scopes.open(credentials) };
  };
  /** Stops what nobody waits for. */
  const signalOf = (res: express.Response) => {
    const gone = new AbortController();
    res.on('close', () => gone.abort());
    return gone.signal;
  };
  const advisedOf = async (
    req: express.Request,
    credentials: BackstageCredentials,
    signal: AbortSignal,
  ): Promise<Advised> =>
    rightsizing.advised(req.params.id, credentials, signal);

  router.get('/v1/advice/:id', async (req, res) => {
    refuseParameters(req.query);
    const { credentials, caller } = await open(req);
    const signal = signalOf(res);
    const advised = await advisedOf(req, credentials, signal);
    caller.require(
      'read',
      [advised.detail.row.entityRef],
      'see how its advice could be applied',
    );
    res.json(await rightsizing.application(advised, signal));
  });

  router.post('/v1/advice/:id/plan', async (req, res) => {
    const { credentials, caller } = await open(req);
    const signal = signalOf(res);
    const by = credentials.principal.userEntityRef;
    const plan = await audited(
      auditor,
      {
        eventId: 'advice-apply',
        request: req,
        meta: { adviceId: said(req.params.id) },
      },
      async () => {
        refuseParameters(req.query);
        const { how, reason } = parseInput(applyAdviceBody, req.body);
        const advised = await advisedOf(req, credentials, signal);
        const { entityRef } = advised.detail.row;
        caller.require('writePolicies', [entityRef], 'apply its advice');
        const result = await rightsizing.plan(advised, { how, by }, signal);
        const changes = result.actions.flatMap(each => each.changes);
        const valuesOf = (of: 'before' | 'after') =>
          changes.map(
            each => `${formatFieldPath(each.path)}: ${each[of] ?? '–'}`,
          );
        return {
          result,
          meta: {
            by,
            how,
            reason,
            planId: result.id,
            subject: advised.subject,
            ...(entityRef && { entityRef }),
            before: valuesOf('before'),
            after: valuesOf('after'),
          },
        };
      },
    );
    await onPlanned(plan);
    res.status(201).json(plan);
  });

  return router;
}
