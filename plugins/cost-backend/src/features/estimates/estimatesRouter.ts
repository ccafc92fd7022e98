import { HttpAuthService } from '@backstage/backend-plugin-api';
import { entityRefOf, once, parseInput, readJsonBody } from '@headroom/node';
import { estimateRequestSchema } from '@headroom/plugin-cost-common';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { noParameters } from '../../core/noParameters';
import { Estimates } from './Estimates';
import { Running } from './Running';

/** What `GET …/running` can be asked for. */
export const runningQuery = z.strictObject({
  currency: once
    .optional()
    .describe('ISO 4217, one of those in the settings; else the stored one.'),
});

const BODY = {
  kilobytes: 100,
  example:
    '{"cluster": "us-west", "pods": [{"name": "web", "replicas": {"min": 2, "max": 10}, "cpuCores": 0.25, "memoryBytes": 536870912}]}',
};

/** What pods will cost, and what those of a service do that run, behind `cost.read`. */
export function createEstimatesRouter(options: {
  httpAuth: HttpAuthService;
  estimates: Estimates;
  running: Running;
}): express.Router {
  const { httpAuth, estimates, running } = options;
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

  router.get(
    '/v1/services/:kind/:namespace/:name/running',
    async (req, res) => {
      const credentials = await httpAuth.credentials(req, {
        allow: ['user', 'service'],
      });
      res.json(
        await running.service(
          entityRefOf(req.params),
          parseInput(runningQuery, req.query),
          credentials,
        ),
      );
    },
  );

  return router;
}
