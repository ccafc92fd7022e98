import { AsyncLocalStorage } from 'node:async_hooks';
import { LoggerService } from '@backstage/backend-plugin-api';
import { KubeConfig } from '@kubernetes/client-node';
import {
  ActingContext,
  ActingOn,
  ActingEngine,
  Actuator,
  EnginePoint,
  FactSource,
  Sighting,
} from '@headroom/plugin-controllers-node';
import { KubernetesAccess } from '@headroom/plugin-clusters-node';
import { KubernetesActuator } from '@headroom/plugin-scaling-node';
import knexFactory, { Knex } from 'knex';

/** What is broken on purpose, to see that the harness would tell. */
export type Mutation = 'fence' | 'preconditions' | 'look';

/** Short, so that leases end while a run lasts; as long as its machine needs. */
const TIMES = {
  leaseMs: 1000,
  leaseMarginMs: 150,
  actuatorTimeoutMs: 250,
  waitMs: 20,
};

/** Of a replica that is to be held up by nothing but what really holds it up. */
const PATIENT_TIMES = {
  leaseMs: 20_000,
  leaseMarginMs: 1000,
  actuatorTimeoutMs: 10_000,
  waitMs: 20,
};

/** Where a run's clusters are. */
export const CLUSTER = 'c';

export interface InstanceOptions {
  databaseUrl: string;
  /** Of its connections, by which they are found and cut. */
  name: string;
  prefix: string;
  leaseName: string;
  logger: LoggerService;
  /** The base URL of the API for requests under a token. */
  apiUrl(token: number | string): string;
  /** Waits, or not, at a point of the engine. */
  at(point: EnginePoint): Promise<void>;
  mutation?: Mutation;
  /** It is given time. */
  isPatient?: boolean;
}

/** The actuator as it is; its requests say under which token they are made. */
class TokenActuator implements Actuator {
  readonly type = 'kubernetes';
  readonly #token = new AsyncLocalStorage<number | string>();
  readonly #inner: KubernetesActuator;
  readonly #gate: () => Promise<void>;
  readonly #mutation?: Mutation;

  constructor(
    apiUrl: InstanceOptions['apiUrl'],
    gate: () => Promise<void>,
    mutation?: Mutation,
  ) {
    const kubeConfig = () => {
      const config = new KubeConfig();
      config.loadFromClusterAndUser(
        {
          name: CLUSTER,
          server: apiUrl(this.#token.getStore() ?? 'reads'),
          skipTLSVerify: true,
        },
        { name: 'acts' },
      );
      return config;
    };
    const access: KubernetesAccess = {
      kubeConfigFor: kubeConfig,
      actingKubeConfigFor: kubeConfig,
      timeoutMsFor: () => PATIENT_TIMES.actuatorTimeoutMs,
    };
    this.#inner = KubernetesActuator.create({ access });
    this.#gate = gate;
    this.#mutation = mutation;
  }

  async look(action: ActingOn, context: Pick<ActingContext, 'signal'>) {
    await this.#gate();
    const sighting = await this.#inner.look(action, context);
    if (this.#mutation === 'look') {
      // As who repeats instead of looking: it is taken to be as it was.
      delete sighting.marker;
      sighting.values = action.changes.map(({ before }) => before);
    }
    return sighting;
  }

  async dryRun(action: ActingOn, sighting: Sighting, context: ActingContext) {
    await this.#gate();
    await this.#inner.dryRun(action, sighting, context);
  }

  async apply(action: ActingOn, sighting: Sighting, context: ActingContext) {
    // No gate: between the check of the lease and the request nothing waits but the network.
    return this.#token.run(context.token, () =>
      this.#inner.apply(action, sighting, context),
    );
  }

  async fenceOff(action: ActingOn, sighting: Sighting, context: ActingContext) {
    if (this.#mutation === 'fence') {
      return;
    }
    await this.#token.run(context.token, () =>
      this.#inner.fenceOff(action, sighting, context),
    );
  }
}

/**
 * One replica of the engine: the real one, with its own connections and the real
 * actuator, which can be held as a process is that is stopped.
 */
export class Instance {
  readonly engine: ActingEngine;
  readonly knex: Knex;
  readonly name: string;
  #gate: Promise<void> = Promise.resolve();
  #open: () => void = () => {};
  #isDead = false;

  static create(options: InstanceOptions): Instance {
    return new Instance(options);
  }

  private constructor(options: InstanceOptions) {
    this.name = options.name;
    this.knex = knexFactory({
      client: 'pg',
      connection: {
        connectionString: options.databaseUrl,
        application_name: options.name,
      },
      pool: { min: 0, max: 3 },
      acquireConnectionTimeout: 30_000,
      // That connections fail is what is tested.
      log: { warn() {}, error() {}, debug() {}, deprecate() {} },
    });
    const { client } = this.knex;
    const acquire = client.acquireConnection.bind(client);
    // A stopped process sends nothing to its database either, not even a renewal.
    client.acquireConnection = async () => {
      await this.#gate;
      return acquire();
    };
    if (options.mutation === 'fence') {
      withoutFence(this.knex);
    }
    const facts: FactSource = async () => ({
      inventories: new Map([
        [CLUSTER, { state: 'whole', ageSeconds: 0, workloads: 1000 }],
      ]),
      freezeWindows: [],
      targets: new Map(),
    });
    this.engine = ActingEngine.create({
      ...(options.isPatient ? PATIENT_TIMES : TIMES),
      knex: this.knex,
      prefix: options.prefix,
      leaseName: options.leaseName,
      logger: options.logger,
      actuators: [
        new TokenActuator(options.apiUrl, () => this.#gate, options.mutation),
      ],
      facts,
      limits: {
        rate: { perTargetPerHour: 1_000_000 },
        contested: { withinSeconds: 1, times: 1_000_000 },
        blastRadius: {
          perRun: { count: 1_000_000, percent: 100 },
          perDay: { count: 1_000_000, percent: 100 },
          atLeast: 1_000_000,
        },
      },
      at: async point => {
        await this.#gate;
        await options.at(point);
        await this.#gate;
      },
    });
  }

  /** Nothing of it goes on until it is resumed. */
  pause(): void {
    this.resume();
    this.#gate = new Promise(resolve => {
      this.#open = resolve;
    });
  }

  resume(): void {
    if (!this.#isDead) {
      this.#open();
      this.#gate = Promise.resolve();
    }
  }

  /** Nothing of it ever goes on. */
  kill(): void {
    this.pause();
    this.#isDead = true;
  }

  async close(): Promise<void> {
    await this.knex.destroy();
  }
}

/** Lets a fence pass whoever has a former token. */
function withoutFence(knex: Knex): void {
  const { client } = knex;
  const query = client.query.bind(client);
  client.query = (connection: unknown, asked: { sql?: string }) => {
    if (asked.sql?.includes('FOR SHARE')) {
      return query(connection, { ...asked, sql: 'SELECT 1', bindings: [] });
    }
    return query(connection, asked);
  };
}
