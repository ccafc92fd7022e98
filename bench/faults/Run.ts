import { setTimeout as sleep } from 'node:timers/promises';
import { EnginePoint } from '@headroom/plugin-controllers-node';
import { Knex } from 'knex';
import { Random } from '../lib/random';
import { ApiFault, ApiProxy } from './ApiProxy';
import { cycle, EPOCH, pathOf, readObject, RunObject, Wish } from './cycle';
import { Instance } from './Instance';
import { RunTruth, truthOf } from './truth';

const POINTS: EnginePoint[] = [
  'looked',
  'intending',
  'intended',
  'writing',
  'written',
  'concluded',
  'fencing',
  'fenced',
];
const API_FAULTS: ApiFault[] = [
  'lost',
  'lost',
  'late',
  'late',
  'cut',
  'human',
  'busy',
  'failed',
];
/** Of the first writes of a run so many go wrong, and of dry runs. */
const WRITES_GO_WRONG = 0.5;
const DRY_RUNS_GO_WRONG = 0.08;
/** What happens at a point of an engine. */
const HARMS = ['pause', 'kill', 'terminate', 'steal', 'policy'] as const;
/** Somebody else sets values that no policy wants. */
const HUMAN_LEAST = 20;
/** Things go wrong until so many writes were tried, or it takes too long. */
const WRITES_TRIED = 8;
const GOES_WRONG_MS = 12_000;
/** A machine that is busy takes its time. */
const SETTLES_MS = 60_000;

type Harm = (typeof HARMS)[number];

export interface RunOptions {
  id: string;
  random: Random;
  proxy: ApiProxy;
  upstream: string;
  objects: readonly RunObject[];
  /** A connection of the harness itself. */
  knex: Knex;
  /** Begins the names of the tables. */
  prefix: string;
  leaseName: string;
  /** Writes are made without preconditions. */
  blind: boolean;
  /** Makes a replica; called for each, and again for those that were killed. */
  instance(
    name: string,
    at: (point: EnginePoint) => Promise<void>,
    isPatient?: boolean,
  ): Instance;
}

/**
 * Replicas that plan and act on the same objects while things go wrong, until all is
 * well again and everything has settled; then what the API server accepted is compared
 * with what was wanted and with what the ledger says.
 */
export class FaultRun {
  readonly #options: RunOptions;
  readonly #wishes = new Map<string, Wish>();
  readonly #stopped = new AbortController();
  readonly #instances: Instance[] = [];
  #isWell = false;
  /** Writes that were sent, dry runs not counted. */
  #tried = 0;
  #harms: Array<{ at: EnginePoint; harm: Harm; ms: number }>;

  static create(options: RunOptions): FaultRun {
    return new FaultRun(options);
  }

  private constructor(options: RunOptions) {
    this.#options = options;
    const { random, objects } = options;
    for (const { name } of objects) {
      this.#wishes.set(name, {
        value: 1 + Math.floor(random() * 5),
        revision: 0,
      });
    }
    this.#harms = Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({
      at: pick(POINTS, random),
      harm: pick(HARMS, random),
      ms: 100 + random() * 700,
    }));
  }

  async run(): Promise<RunTruth> {
    const { id, proxy, upstream, random, objects, knex, prefix } =
      this.#options;
    proxy.enter(id, {
      upstream,
      blind: this.#options.blind,
      fault: dryRun => {
        this.#tried += dryRun ? 0 : 1;
        return !this.#isWell &&
          random() < (dryRun ? DRY_RUNS_GO_WRONG : WRITES_GO_WRONG)
          ? pick(API_FAULTS, random)
          : undefined;
      },
      lateMs: () => 300 + random() * 700,
      human: path => this.#human(path),
    });
    const count = random() < 0.3 ? 3 : 2;
    const replicas = Array.from({ length: count }, (_, at) =>
      this.#replica(at),
    );
    const wrongUntil = performance.now() + GOES_WRONG_MS;
    while (this.#tried < WRITES_TRIED && performance.now() < wrongUntil) {
      await sleep(80 + random() * 250);
      this.#wishOtherwise();
    }
    this.#isWell = true;
    // Whoever was held goes on, late; one that has time does what is left.
    this.#instances.forEach(instance => instance.resume());
    this.#stopped.abort();
    await Promise.all(replicas);
    const last = this.#options.instance(`${id}-last`, async () => {}, true);
    this.#instances.push(last);
    await this.#settle(last);
    await Promise.all(this.#instances.map(instance => instance.close()));
    const truth = await truthOf({
      knex,
      prefix,
      run: id,
      accepted: proxy.accepted(id),
      values: await Promise.all(
        objects.map(async object => ({
          wanted: this.#wishes.get(object.name)!.value,
          is: (await readObject(this.#options.upstream, object)).value,
        })),
      ),
    });
    proxy.leave(id);
    return truth;
  }

  /** Plans and acts in turns until the run is over; one that is killed is replaced. */
  async #replica(at: number): Promise<void> {
    const { signal } = this.#stopped;
    for (let life = 0; !signal.aborted; life += 1) {
      const dead = new AbortController();
      const instance: Instance = this.#options.instance(
        `${this.#options.id}-${at}-${life}`,
        point => this.#harmed(point, instance, dead),
      );
      this.#instances.push(instance);
      const over = AbortSignal.any([signal, dead.signal]);
      while (!over.aborted) {
        await Promise.race([this.#cycle(instance, signal), aborted(over)]);
        await sleep(5);
      }
    }
  }

  async #cycle(instance: Instance, signal: AbortSignal): Promise<void> {
    const { id, upstream, objects } = this.#options;
    await cycle(
      instance,
      { id, upstream, objects, wishes: this.#wishes },
      signal,
    );
  }

  /** Somebody else changes the field, or only something beside it. */
  async #human(path: string): Promise<void> {
    const { upstream, random, objects } = this.#options;
    const object = objects.find(each => pathOf(each) === path)!;
    const { epoch } = await readObject(this.#options.upstream, object);
    const patch =
      random() < 0.5
        ? {
            metadata: { annotations: { [EPOCH]: String(epoch + 1) } },
            spec: { minReplicas: HUMAN_LEAST + Math.floor(random() * 5) },
          }
        : { metadata: { annotations: { 'example.com/note': `${random()}` } } };
    await fetch(`${upstream}${path}?fieldManager=kubectl-edit`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/merge-patch+json' },
      body: JSON.stringify(patch),
    });
  }

  /** Something goes wrong with a replica where it is. */
  async #harmed(
    point: EnginePoint,
    instance: Instance,
    dead: AbortController,
  ): Promise<void> {
    if (dead.signal.aborted) {
      await new Promise(() => {});
    }
    const index = this.#harms.findIndex(({ at }) => at === point);
    if (this.#isWell || index < 0) {
      return;
    }
    const [{ harm, ms }] = this.#harms.splice(index, 1);
    const { knex, prefix, leaseName } = this.#options;
    switch (harm) {
      case 'pause':
        instance.pause();
        setTimeout(() => instance.resume(), ms);
        return;
      case 'kill':
        instance.kill();
        dead.abort();
        await cut(knex, instance.name);
        await new Promise(() => {}); // it is gone
        return;
      case 'terminate':
        await cut(knex, instance.name);
        return;
      case 'steal':
        await knex(`${prefix}_leases`)
          .where({ name: leaseName })
          .update({ expires_at: knex.raw('clock_timestamp()') });
        await sleep(ms / 3);
        return;
      default:
        this.#wishOtherwise();
    }
  }

  /** Somebody edits a policy. */
  #wishOtherwise(): void {
    const { random, objects } = this.#options;
    const { name } = pick(objects, random);
    const { revision } = this.#wishes.get(name)!;
    this.#wishes.set(name, {
      value: 1 + Math.floor(random() * 5),
      revision: revision + 1,
    });
  }

  /** Until everything is as wanted, nothing is open, and no request is under way. */
  async #settle(last: Instance): Promise<void> {
    const { knex, prefix, id, objects, proxy } = this.#options;
    const until = performance.now() + SETTLES_MS;
    let quiet = 0;
    while (quiet < 2 && performance.now() < until) {
      await sleep(10);
      await this.#cycle(last, new AbortController().signal);
      const reads = await Promise.all(
        objects.map(each => readObject(this.#options.upstream, each)),
      );
      const isWanted = objects.every(
        ({ name }, at) => reads[at].value === this.#wishes.get(name)!.value,
      );
      const open = await knex(`${prefix}_actions as a`)
        .join(`${prefix}_plans as p`, 'p.id', 'a.plan_id')
        .where('p.controller', id)
        .whereIn('a.state', [
          'approved',
          'waiting',
          'vetoed',
          'intended',
          'done',
        ])
        .first('a.id');
      quiet = isWanted && !open && proxy.isIdle(id) ? quiet + 1 : 0;
    }
  }
}

/** Ends the connections of a replica, whatever it is doing. */
async function cut(knex: Knex, name: string): Promise<void> {
  await knex.raw(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ?',
    [name],
  );
}

function pick<T>(items: readonly T[], random: Random): T {
  return items[Math.floor(random() * items.length)];
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) {
    await new Promise(resolve => {
      signal.addEventListener('abort', resolve, { once: true });
    });
  }
}
