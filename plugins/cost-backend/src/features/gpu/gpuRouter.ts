import { HttpAuthService } from '@backstage/backend-plugin-api';
import express from 'express';
import Router from 'express-promise-router';
import { CostConfig } from '../../core/config/CostConfig';
import { entityRefOf } from '@headroom/node';
import { Currencies } from '../../core/Currencies';
import { parseReportRequest } from '../../core/report/ReportRequest';
import { GpuReports } from './GpuReports';

/** @internal */
export interface GpuRouterOptions {
  httpAuth: HttpAuthService;
  gpus: GpuReports;
  config: CostConfig;
  currencies: Currencies;
  now: () => Date;
}

/** GPU use of a service and of the fleet, behind `cost.read`. */
export function createGpuRouter(options: GpuRouterOptions): express.Router {
  const { httpAuth, gpus, config, currencies, now } = options;
  const router = Router();
  const requestOf = (req: express.Request) =>
    parseReportRequest(req.query, currencies, config.timezone, now());

  router.get('/v1/services/:kind/:namespace/:name/gpu', async (req, res) => {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    res.json(
      await gpus.service(entityRefOf(req.params), requestOf(req), credentials),
    );
  });

  router.get('/v1/fleet/gpu', async (req, res) => {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    res.json(await gpus.fleet(requestOf(req), credentials));
  });

  return router;
}
