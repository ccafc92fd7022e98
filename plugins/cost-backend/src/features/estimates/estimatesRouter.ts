import { HttpAuthService } from '@backstage/backend-plugin-api';
import { parseInput, readJsonBody } from '@headroom/node';
import { estimateRequestSchema } from '@headroom/plugin-cost-common';
import express from 'express';
import Router from 'express-promise-router';
import { noParameters } from '../../core/noParameters';
import { Estimates } from './Estimates';

const BODY = {
  kilobytes: 100,
  example:
    '{"cluster": "us-west", "pods": [{"name": "web", "replicas": {"min": 2, "max": 10}, "cpuCores": 0.25, "memoryBytes": 536870912}]}',
};

/** What pods will cost, behind `cost.read`. */
export function createEstimatesRouter(options: {
  httpAuth: HttpAuthService;
  estimates: Estimates;
}): express.Router {
  const { httpAuth, estimates } = options;
  const router = Router();

  router.post(
    '/v1/estimates',
    noParameters,
    readJsonBody(BODY),
    async (req, res) => {
      const credentials = await httpAuth.credentials(req, {
        allow: ['user', 'service'],
      });
      const request = parseInput(estimateRequestSchema, req.body);
      res.json(await estimates.estimate(request, credentials));
    },
  );

  return router;
}
