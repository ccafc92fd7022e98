import {
  BackendFeature,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { notificationService } from '@backstage/plugin-notifications-node';
import {
  AuthorizeResult,
  DefinitivePolicyDecision,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { JsonObject } from '@backstage/types';
import { StoredEntity } from '@headroom/node';
import { Knex } from 'knex';
import request from 'supertest';
import { createEntityMirror } from '../database/entityMirror';
import { LinkStore } from '../database/LinkStore';
import { scalingPlugin } from '../plugin';
import { checkContract } from './contract';

/** What a test may say about a back end. */
export interface ScalingBackendOptions {
  knex: Knex;
  /** Where each cluster's Kubernetes API is, by name. */
  clusters: Record<string, string>;
  /** Without the identity that acts. */
  readOnly?: boolean;
  scaling?: JsonObject;
  acting?: JsonObject;
  decision?: PolicyDecision;
  /** By name of the permission; wins over `decision`. */
  decisions?: Record<string, PolicyDecision>;
  /** Beside the plugin; a factory stands in for the service it makes. */
  features?: BackendFeature[];
}

/** A back end, what it told people, and its HTTP API. */
export interface ScalingBackend {
  api: ReturnType<typeof request.agent>;
  notifications: Array<{ entityRef: string; title: string }>;
  signals: unknown[];
  stop(): Promise<void>;
}

/**
 * The plugin behind HTTP on a database, with one decision for every permission.
 * Every answer is held against the OpenAPI document.
 */
export async function startScalingBackend(
  options: ScalingBackendOptions,
): Promise<ScalingBackend> {
  const {
    knex,
    decision = { result: AuthorizeResult.ALLOW },
    decisions = {},
  } = options;
  const notifications: ScalingBackend['notifications'] = [];
  const signals: unknown[] = [];
  const backend = await startTestBackend({
    features: [
      scalingPlugin,
      catalogServiceMock.factory({ entities: [] }),
      mockServices.rootConfig.factory({ data: configOf(options) }),
      mockServices.database.mock({ getClient: async () => knex }).factory,
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(
            (): DefinitivePolicyDecision => ({ result: AuthorizeResult.DENY }),
          ),
        authorizeConditional: async requests =>
          requests.map(
            ({ permission }) => decisions[permission.name] ?? decision,
          ),
      }).factory,
      mockServices.scheduler.factory({ skipTaskRunOnStartup: true }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({
          send: async ({ recipients, payload }) => {
            notifications.push({
              entityRef:
                recipients.type === 'entity'
                  ? String(recipients.entityRef)
                  : 'broadcast',
              title: payload.title,
            });
          },
        }),
      }),
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({
          publish: async signal => {
            signals.push(signal);
          },
        }),
      }),
      ...(options.features ?? []),
    ],
  });
  const api = request.agent(backend.server);
  api.use((asked: request.Test) => {
    void asked.expect(answer =>
      checkContract({ method: asked.method, url: asked.url }, answer),
    );
  });
  return { api, notifications, signals, stop: () => backend.stop() };
}

function configOf({
  clusters,
  readOnly = false,
  scaling = {},
  acting = {},
}: ScalingBackendOptions): JsonObject {
  return {
    headroom: {
      timezone: 'UTC',
      clusters: Object.entries(clusters).map(([name, url]) => ({
        name,
        kubernetes: {
          url,
          token: 'reads',
          ...(!readOnly && { act: { token: 'acts' } }),
        },
      })),
      scaling: { cycle: { seconds: 1 }, ...scaling },
      acting,
    },
  };
}

/** An entity as the catalog would have it copied. */
export function storedEntity(change: Partial<StoredEntity> = {}): StoredEntity {
  return {
    entityRef: 'component:default/web',
    kind: 'component',
    namespace: 'default',
    name: 'web',
    ownerRefs: ['group:default/shop'],
    labels: {},
    annotations: {},
    ...change,
  };
}

/** Makes entities known, and workloads of a cluster theirs, as `namespace/kind/name`. */
export async function know(
  knex: Knex,
  entities: readonly StoredEntity[],
  links: Record<string, string>,
  cluster = 'us-west',
): Promise<void> {
  const now = new Date();
  await createEntityMirror({ knex }).replaceAll(entities, [], now);
  await LinkStore.create({ knex }).replaceAll(
    Object.entries(links).map(([workload, entityRef]) => {
      const [namespace, kind, name] = workload.split('/');
      return {
        cluster,
        namespace,
        kind,
        name,
        entityRef,
        provenance: 'annotation' as const,
      };
    }),
    now,
  );
}

/** Asks again until something holds, for as long as a test waits. */
export async function until<T>(
  ask: () => Promise<T>,
  holds: (value: T) => boolean,
  what: string,
  withinMs = 20_000,
): Promise<T> {
  const end = Date.now() + withinMs;
  let last: T | undefined;
  while (Date.now() < end) {
    last = await ask();
    if (holds(last)) {
      return last;
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error(`${what} did not happen: ${JSON.stringify(last)}`);
}
