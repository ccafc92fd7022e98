import {
  BackstageCredentials,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { CostSettings, SourcesReport } from '@headroom/plugin-cost-common';
import express from 'express';
import Router from 'express-promise-router';
import { ClusterConfig } from '@headroom/plugin-clusters-node';
import {
  entityRefOf,
  readJsonBody,
  refuseParameters,
  sendCsv,
} from '@headroom/node';
import { CostConfig } from '../../core/config/CostConfig';
import { addHours, horizon } from '../../core/hours';
import { Calendar } from '../../core/Calendar';
import { noParameters } from '../../core/noParameters';
import { Asked, CostScopes } from '../../core/CostScopes';
import { focusCsv } from './charges';
import { CostReports } from './CostReports';
import { Currencies } from '../../core/Currencies';
import {
  parseFleetRequest,
  parseReportRequest,
  ReportRequest,
} from '../../core/report/ReportRequest';
import { linksPage } from './links';
import { buildSources } from './sourcesReport';
import { workloadHours } from './workloadHours';

/** @internal */
export interface CostRouterOptions {
  httpAuth: HttpAuthService;
  reports: CostReports;
  scopes: CostScopes;
  config: CostConfig;
  calendar: Calendar;
  currencies: Currencies;
  /** Every configured cluster with the source that reads it. */
  clusters: Array<{ cluster: ClusterConfig; sourceId?: string }>;
  /** Names of the clusters whose costs come from a simulation. */
  simulated: ReadonlySet<string>;
  logger: LoggerService;
  now: () => Date;
}

const WORKLOAD_HOURS_BODY = {
  kilobytes: 256,
  example:
    '{"workloads": [{"cluster": "us-west", "namespace": "shop", "kind": "Deployment", "name": "web"}], "from": "2026-01-01T00:00:00Z", "to": "2026-02-01T00:00:00Z"}',
};
const SOURCES_GAP_HOURS = 90 * 24;

/**
 * Costs over HTTP. Every route wants a user or a service; amounts are behind
 * `cost.read`, the state of sources behind `cost.sources.read`. The settings hold
 * no amounts and are open to anyone signed in.
 */
export function createCostRouter(options: CostRouterOptions): express.Router {
  const { httpAuth, reports, scopes, config, calendar, currencies, now } =
    options;
  const router = Router();

  const credentialsOf = (req: express.Request): Promise<BackstageCredentials> =>
    httpAuth.credentials(req, { allow: ['user', 'service'] });
  const requestOf = (req: express.Request) =>
    parseReportRequest(req.query, currencies, config.timezone, now());
  const fleetRequestOf = (req: express.Request) =>
    parseFleetRequest(req.query, currencies, config.timezone, now());

  router.get('/v1/settings', async (req, res) => {
    await credentialsOf(req);
    refuseParameters(req.query);
    const settings: CostSettings = {
      timezone: config.timezone,
      currency: currencies.stored,
      currencies: currencies.all,
      simulated: options.simulated.size > 0,
      unitMetrics: config.unitMetrics.map(({ id, title, per }) => ({
        id,
        title,
        per,
      })),
    };
    res.json(settings);
  });

  router.get('/v1/services/:kind/:namespace/:name', async (req, res) => {
    const credentials = await credentialsOf(req);
    const report = await reports.service(
      entityRefOf(req.params),
      requestOf(req),
      credentials,
    );
    res.json(report);
  });

  router.get(
    '/v1/services/:kind/:namespace/:name/charges.csv',
    async (req, res) => {
      const credentials = await credentialsOf(req);
      const asked = { service: entityRefOf(req.params) };
      const request = requestOf(req);
      await sendCharges(res, asked, credentials, request, req.params.name);
    },
  );

  router.get('/v1/fleet', async (req, res) => {
    const credentials = await credentialsOf(req);
    const request = fleetRequestOf(req);
    res.json(await reports.fleet(request, request.groupBy, credentials));
  });

  router.get('/v1/fleet/charges.csv', async (req, res) => {
    const credentials = await credentialsOf(req);
    const request = fleetRequestOf(req);
    await sendCharges(res, 'fleet', credentials, request, 'fleet');
  });

  router.get('/v1/teams/:kind/:namespace/:name', async (req, res) => {
    const credentials = await credentialsOf(req);
    const report = await reports.team(
      entityRefOf(req.params),
      requestOf(req),
      credentials,
    );
    res.json(report);
  });

  router.get(
    '/v1/teams/:kind/:namespace/:name/charges.csv',
    async (req, res) => {
      const credentials = await credentialsOf(req);
      const asked = { team: entityRefOf(req.params) };
      const request = requestOf(req);
      await sendCharges(res, asked, credentials, request, req.params.name);
    },
  );

  router.get('/v1/links', async (req, res) => {
    const at = await scopes.open('fleet', await credentialsOf(req));
    res.json(await linksPage(at, req.query));
  });

  // A query, but of more workloads than an address holds.
  router.post(
    '/v1/workload-hours',
    noParameters,
    readJsonBody(WORKLOAD_HOURS_BODY),
    async (req, res) => {
      const at = await scopes.open('fleet', await credentialsOf(req));
      const metrics = config.unitMetrics.map(({ id }) => id);
      const { stored: currency } = currencies;
      res.json(await workloadHours(at, req.body, { currency, metrics }));
    },
  );

  router.get('/v1/sources', async (req, res) => {
    const credentials = await credentialsOf(req);
    refuseParameters(req.query);
    const at = now();
    const clusters = await scopes.readSources(credentials, async sources =>
      buildSources({
        clusters: options.clusters,
        simulated: options.simulated,
        stored: await sources.sources(horizon({ ...config.ingest, now: at })),
        rivals: await sources.rivals(),
        gaps: await sources.gaps(addHours(at, -SOURCES_GAP_HOURS)),
      }),
    );
    const report: SourcesReport = {
      timezone: config.timezone,
      currency: currencies.stored,
      currencies: currencies.all,
      clusters,
    };
    res.json(report);
  });

  async function sendCharges(
    res: express.Response,
    asked: Asked,
    credentials: BackstageCredentials,
    request: ReportRequest,
    name: string,
  ) {
    const { start, end } = request.window;
    const { charges } = await scopes.open(asked, credentials);
    await sendCsv(res, {
      name: `charges-${name}-${start}-${end}`,
      pieces: focusCsv(charges, request, calendar),
      logger: options.logger,
    });
  }

  return router;
}
