import {
  BackstageCredentials,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import express from 'express';
import Router from 'express-promise-router';
import {
  entityRefOf,
  readJsonBody,
  refuseParameters,
  sendCsv,
} from '@headroom/node';
import { Asked, CostScopes } from '../../core/CostScopes';
import { Currencies } from '../../core/Currencies';
import { adviceCsv } from './adviceCsv';
import { AdviceDecisions, DecisionCall } from './AdviceDecisions';
import { AdviceReports } from './AdviceReports';
import {
  AdviceRequest,
  parseDecision,
  parseDetail,
  parseFleetAdvice,
  parseFleetExport,
  parseServiceAdvice,
} from './AdviceRequest';

/** @internal */
export interface AdviceRouterOptions {
  httpAuth: HttpAuthService;
  scopes: CostScopes;
  advice: AdviceReports;
  decisions: AdviceDecisions;
  currencies: Currencies;
  logger: LoggerService;
  now: () => Date;
}

/** A decision is a reason and a date. */
const BODY = {
  kilobytes: 8,
  example: '{"state": "dismissed", "reason": "Migrates next week"}',
};

/**
 * Rightsizing advice. Reading is behind `cost.read`, deciding behind
 * `cost.advice.decide` on the linked entity, and for users only.
 */
export function createAdviceRouter(
  options: AdviceRouterOptions,
): express.Router {
  const { httpAuth, scopes, advice, decisions, currencies, now } = options;
  const router = Router();
  const readerOf = (req: express.Request) =>
    httpAuth.credentials(req, { allow: ['user', 'service'] });
  const callOf = async (req: express.Request): Promise<DecisionCall> => ({
    request: req,
    credentials: await httpAuth.credentials(req, { allow: ['user'] }),
    adviceId: req.params.id,
  });

  router.get('/v1/services/:kind/:namespace/:name/advice', async (req, res) => {
    const credentials = await readerOf(req);
    const request = parseServiceAdvice(req.query, currencies, now());
    const entityRef = entityRefOf(req.params);
    res.json(await advice.service(entityRef, request, credentials));
  });

  router.get(
    '/v1/services/:kind/:namespace/:name/advice.csv',
    async (req, res) => {
      const credentials = await readerOf(req);
      const request = parseServiceAdvice(req.query, currencies, now());
      const asked = { service: entityRefOf(req.params) };
      await sendAdvice(res, asked, credentials, request, req.params.name);
    },
  );

  router.get('/v1/fleet/advice', async (req, res) => {
    const credentials = await readerOf(req);
    const request = parseFleetAdvice(req.query, currencies, now());
    res.json(await advice.fleet(request, credentials));
  });

  router.get('/v1/fleet/advice.csv', async (req, res) => {
    const credentials = await readerOf(req);
    const request = parseFleetExport(req.query, currencies, now());
    await sendAdvice(res, 'fleet', credentials, request, 'fleet');
  });

  router.get('/v1/advice/:id', async (req, res) => {
    const credentials = await readerOf(req);
    const rate = parseDetail(req.query, currencies, now());
    res.json(await advice.detail(req.params.id, rate, credentials));
  });

  router.put(
    '/v1/advice/:id/decision',
    readJsonBody(BODY),
    async (req, res) => {
      const call = await callOf(req);
      const decision = await decisions.decide(call, () => {
        refuseParameters(req.query);
        return parseDecision(req.body, now());
      });
      res.json(decision);
    },
  );

  router.delete('/v1/advice/:id/decision', async (req, res) => {
    const call = await callOf(req);
    await decisions.undecide(call, () => refuseParameters(req.query));
    res.status(204).end();
  });

  async function sendAdvice(
    res: express.Response,
    asked: Asked,
    credentials: BackstageCredentials,
    request: AdviceRequest,
    name: string,
  ) {
    const at = await scopes.open(asked, credentials);
    const pages = advice.rows(at, request);
    await sendCsv(res, {
      name: `advice-${name}`,
      pieces: adviceCsv(pages, request.rate),
      logger: options.logger,
    });
  }

  return router;
}
