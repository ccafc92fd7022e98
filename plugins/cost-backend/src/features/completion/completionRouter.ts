import { HttpAuthService } from '@backstage/backend-plugin-api';
import { refuseParameters } from '@headroom/node';
import express from 'express';
import Router from 'express-promise-router';
import { Completions } from './Completions';

/** The completion report, behind `cost.read`. */
export function createCompletionRouter(options: {
  httpAuth: HttpAuthService;
  completions: Completions;
}): express.Router {
  const { httpAuth, completions } = options;
  const router = Router();

  router.get('/v1/completion', async (req, res) => {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    refuseParameters(req.query);
    res.json(await completions.report(credentials));
  });

  return router;
}
