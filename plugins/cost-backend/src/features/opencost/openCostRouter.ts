import { HttpAuthService } from '@backstage/backend-plugin-api';
import { parseInput } from '@headroom/node';
import express from 'express';
import Router from 'express-promise-router';
import { allocationQuery } from './allocationQuery';
import { Allocations, AnsweredSets } from './Allocations';
import { toOpenCostAnswer, toOpenCostSummary } from './openCostAnswers';

/** `/allocation` as OpenCost serves it, of what the caller may see. */
export function createOpenCostRouter(options: {
  httpAuth: HttpAuthService;
  allocations: Allocations;
}): express.Router {
  const { httpAuth, allocations } = options;
  const router = Router();

  const answer = async (req: express.Request): Promise<AnsweredSets> => {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    const query = parseInput(allocationQuery, req.query);
    return allocations.answer(query, credentials);
  };

  router.get('/allocation', async (req, res) => {
    res.json(toOpenCostAnswer(await answer(req)));
  });

  // Where an OpenCost, and so `kubectl cost --opencost`, has the same.
  router.get('/allocation/compute', async (req, res) => {
    res.json(toOpenCostAnswer(await answer(req)));
  });

  router.get('/allocation/summary', async (req, res) => {
    res.json(toOpenCostSummary(await answer(req)));
  });

  return router;
}
