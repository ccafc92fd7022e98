import { HttpAuthService } from '@backstage/backend-plugin-api';
import { parseInput, readJsonBody } from '@headroom/node';
import {
  guardOverrideSchema,
  guardRequestSchema,
} from '@headroom/plugin-cost-common';
import express from 'express';
import Router from 'express-promise-router';
import { noParameters } from '../../core/noParameters';
import { Guard } from './Guard';
import { GuardOverrides } from './GuardOverrides';

const BODY = {
  kilobytes: 1024,
  example:
    '{"manifests": {"cluster": "us-west", "after": {"files": [{"path": "web.yaml", "text": "…"}]}}, "entityRef": "component:default/web"}',
};

const OVERRIDE = {
  kilobytes: 16,
  example:
    '{"entityRef": "component:default/web", "change": "github.com/acme/web/pull/12", "reason": "The sale begins on Friday.", "until": "2026-12-05T00:00:00Z"}',
};

/**
 * What changes cost, behind `cost.read`; and who lets one pass, behind
 * `cost.budget.write` on what it is a change of, for users only.
 */
export function createGuardRouter(options: {
  httpAuth: HttpAuthService;
  guard: Guard;
  overrides: GuardOverrides;
}): express.Router {
  const { httpAuth, guard, overrides } = options;
  const router = Router();

  router.post(
    '/v1/guard',
    noParameters,
    readJsonBody(BODY),
    async (req, res) => {
      const credentials = await httpAuth.credentials(req, {
        allow: ['user', 'service'],
      });
      const request = parseInput(guardRequestSchema, req.body);
      res.json(await guard.judge(request, credentials));
    },
  );

  router.post(
    '/v1/guard/overrides',
    noParameters,
    readJsonBody(OVERRIDE),
    async (req, res) => {
      const credentials = await httpAuth.credentials(req, { allow: ['user'] });
      const saved = await overrides.add({ request: req, credentials }, () =>
        parseInput(guardOverrideSchema, req.body),
      );
      res.json(saved);
    },
  );

  return router;
}
