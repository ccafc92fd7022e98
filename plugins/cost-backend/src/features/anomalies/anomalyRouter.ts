import { HttpAuthService } from '@backstage/backend-plugin-api';
import { entityRefOf, readJsonBody, refuseParameters } from '@headroom/node';
import express from 'express';
import Router from 'express-promise-router';
import { Asked } from '../../core/CostScopes';
import { AnomalyReports } from './AnomalyReports';
import { parseExpectation } from './AnomalyRequest';
import { ExpectationCall, Expectations } from './Expectations';

/** @internal */
export interface AnomalyRouterOptions {
  httpAuth: HttpAuthService;
  reports: AnomalyReports;
  expectations: Expectations;
  timezone: string;
  now: () => Date;
}

const BODY = {
  kilobytes: 8,
  example: '{"until": "2026-12-01", "reason": "Load test until the release"}',
};

/**
 * What cost too much. Reading is behind `cost.read`, saying that it is expected behind
 * `cost.anomaly.decide` on the entity, and for users only.
 */
export function createAnomalyRouter(
  options: AnomalyRouterOptions,
): express.Router {
  const { httpAuth, reports, expectations, timezone, now } = options;
  const router = Router();
  const send =
    (askedOf: (req: express.Request) => Asked) =>
    async (req: express.Request, res: express.Response) => {
      const credentials = await httpAuth.credentials(req, {
        allow: ['user', 'service'],
      });
      refuseParameters(req.query);
      res.json(await reports.report(askedOf(req), credentials));
    };
  const callOf = async (req: express.Request): Promise<ExpectationCall> => ({
    request: req,
    credentials: await httpAuth.credentials(req, { allow: ['user'] }),
    id: req.params.id,
  });

  router.get(
    '/v1/services/:kind/:namespace/:name/anomalies',
    send(req => ({ service: entityRefOf(req.params) })),
  );
  router.get(
    '/v1/teams/:kind/:namespace/:name/anomalies',
    send(req => ({ team: entityRefOf(req.params) })),
  );
  router.get(
    '/v1/fleet/anomalies',
    send(() => 'fleet'),
  );

  router.put(
    '/v1/anomalies/:id/expectation',
    readJsonBody(BODY),
    async (req, res) => {
      const call = await callOf(req);
      refuseParameters(req.query);
      const row = await expectations.expect(call, () =>
        parseExpectation(req.body, now(), timezone),
      );
      res.json(reports.said(row));
    },
  );
  router.delete('/v1/anomalies/:id/expectation', async (req, res) => {
    const call = await callOf(req);
    refuseParameters(req.query);
    await expectations.unexpect(call);
    res.status(204).end();
  });

  return router;
}
