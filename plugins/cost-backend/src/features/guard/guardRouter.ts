import { HttpAuthService } from '@backstage/backend-plugin-api';
import { parseInput, readJsonBody } from '@headroom/node';
import { guardRequestSchema } from '@headroom/plugin-cost-common';
import express from 'express';
import Router from 'express-promise-router';
import { noParameters } from '../../core/noParameters';
import { Guard } from './Guard';

const BODY = {
  kilobytes: 1024,
  example:
    '{"manifests": {"cluster": "us-west", "after": {"files": [{"path": "web.yaml", "text": "…"}]}}, "entityRef": "component:default/web"}',
};

/** What changes cost, behind `cost.read`. */
export function createGuardRouter(options: {
  httpAuth: HttpAuthService;
  guard: Guard;
}): express.Router {
  const { httpAuth, guard } = options;
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

  return router;
}
