import {
  AuditorService,
  BackendFeature,
  coreServices,
  createBackendModule,
  createServiceFactory,
  RootLoggerService,
  ServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  AuthorizeResult,
  DefinitivePolicyDecision,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { costSourcesExtensionPoint } from '@headroom/plugin-cost-node';
import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';
import request from 'supertest';
import { costPlugin } from '../plugin';
import { checkContract } from './contract';
import { FakeUsageSource } from './FakeUsageSource';
import { headroom } from './ingest';

/** What a test may say about a back end. */
export interface CostBackendOptions {
  knex: Knex;
  decision?: PolicyDecision;
  /** By name of the permission; wins over `decision`. */
  decisions?: Record<string, PolicyDecision>;
  auditor?: ServiceFactory<AuditorService>;
  /** Under `headroom`. */
  config?: JsonObject;
  /** Beside it. */
  rootConfig?: JsonObject;
  source?: FakeUsageSource;
  logger?: RootLoggerService;
  /** Beside the plugin; a factory stands in for the service it makes. */
  features?: BackendFeature[];
}

/**
 * The plugin behind HTTP on a database, with one decision for every permission.
 * Every answer is held against the OpenAPI document.
 */
export async function startCostBackend(options: CostBackendOptions) {
  const agent = request.agent(await startCostServer(options));
  agent.use((asked: request.Test) => {
    void asked.expect(answer =>
      checkContract({ method: asked.method, url: asked.url }, answer),
    );
  });
  return agent;
}

/** The same, as the server itself. */
export async function startCostServer(options: CostBackendOptions) {
  const {
    knex,
    decision = { result: AuthorizeResult.ALLOW },
    decisions = {},
    source = FakeUsageSource.create(),
  } = options;
  const definitive: DefinitivePolicyDecision =
    decision.result === AuthorizeResult.CONDITIONAL
      ? { result: AuthorizeResult.DENY }
      : decision;
  const { server } = await startTestBackend({
    features: [
      costPlugin,
      createBackendModule({
        pluginId: 'cost',
        moduleId: 'fake',
        register: env =>
          env.registerInit({
            deps: { sources: costSourcesExtensionPoint },
            init: async ({ sources }) => sources.addUsageSource(source),
          }),
      }),
      catalogServiceMock.factory({ entities: [] }),
      mockServices.rootConfig.factory({
        data: { ...options.rootConfig, ...headroom(options.config) },
      }),
      mockServices.database.mock({ getClient: async () => knex }).factory,
      mockServices.permissions.mock({
        authorize: async requests => requests.map(() => definitive),
        authorizeConditional: async requests =>
          requests.map(
            ({ permission }) => decisions[permission.name] ?? decision,
          ),
      }).factory,
      mockServices.scheduler.factory({ skipTaskRunOnStartup: true }),
      ...(options.auditor ? [options.auditor] : []),
      ...(options.features ?? []),
      ...(options.logger
        ? [
            createServiceFactory({
              service: coreServices.rootLogger,
              deps: {},
              factory: () => options.logger!,
            }),
          ]
        : []),
    ],
  });
  return server;
}

/** Configuration as the plugin reads it. */
export function configOf(config?: JsonObject) {
  return new ConfigReader(headroom(config));
}
