import { HttpAuthService } from '@backstage/backend-plugin-api';
import { parseInput } from '@headroom/node';
import express from 'express';
import Router from 'express-promise-router';
import { billQuery, Bills } from './Bills';

/** What providers bill, behind `cost.read` for everything. */
export function createBillRouter(options: {
  httpAuth: HttpAuthService;
  bills: Bills;
}): express.Router {
  const { httpAuth, bills } = options;
  const router = Router();

  router.get('/v1/bill', async (req, res) => {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    const query = parseInput(billQuery, req.query);
    res.json(await bills.report(query, credentials));
  });

  return router;
}
