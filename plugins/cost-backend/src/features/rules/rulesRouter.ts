import { HttpAuthService } from '@backstage/backend-plugin-api';
import { refuseParameters } from '@headroom/node';
import express from 'express';
import Router from 'express-promise-router';
import { RuleReports } from './RuleReports';

/** Rules over HTTP, behind `cost.read` for all of what a rule is over. */
export function createRulesRouter(options: {
  httpAuth: HttpAuthService;
  reports: RuleReports;
}): express.Router {
  const { httpAuth, reports } = options;
  const router = Router();
  router.get('/v1/rules', async (req, res) => {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    refuseParameters(req.query);
    res.json(await reports.report(credentials));
  });
  return router;
}
