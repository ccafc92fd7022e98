import { setImmediate } from 'node:timers/promises';
import { Policy, PolicyClock } from '@headroom/plugin-scaling-common';
import { Links, LinkStore } from '../../database/LinkStore';
import { OverrideStore } from '../../database/OverrideStore';
import { PolicyStore } from '../../database/PolicyStore';
import { StartUps, StartUpStore } from '../../database/StartUpStore';
import { ScalingConfig } from '../config/ScalingConfig';
import { PolicyCollector } from './collectPolicies';
import { ClusterReading } from './ClusterView';
import { FleetView } from './FleetView';
import { PolicyBook } from './PolicyBook';

/** @internal */
export interface FleetOptions {
  clusters: readonly ClusterReading[];
  config: ScalingConfig;
  policies: PolicyStore;
  overrides: OverrideStore;
  links: LinkStore;
  startUps: Pick<StartUpStore, 'read'>;
  now: () => Date;
}

/** How long a page is shown what was seen before. */
const FRESH_MS = 2000;
/** How long the catalog is believed to be as it was: not all of its changes are counted. */
const LINKS_MS = 120_000;
/** How long pods take to start is measured every five minutes. */
const START_UPS_MS = 60_000;

/**
 * What all clusters have and what policies want of it, for pages and for the
 * controller: what is read of the database is one query a table, whatever there is.
 */
export class Fleet {
  readonly #options: FleetOptions;
  readonly #clocks = new Map<string, PolicyClock>();
  readonly #collector: PolicyCollector;
  #links: { links: Links; generation: string; readMs: number } | undefined;
  #startUps: { found: StartUps; readMs: number } | undefined;
  #book:
    | { of: string; policies: readonly Policy[]; book: PolicyBook }
    | undefined;
  #looking: Promise<FleetView> | undefined;
  #last: { view: FleetView; seenMs: number } | undefined;

  static create(options: FleetOptions): Fleet {
    return new Fleet(options);
  }

  private constructor(options: FleetOptions) {
    this.#options = options;
    this.#collector = PolicyCollector.create(options);
  }

  /** As it was at most two seconds ago. */
  async recent(): Promise<FleetView> {
    return this.#last && performance.now() - this.#last.seenMs < FRESH_MS
      ? this.#last.view
      : this.look();
  }

  /** As it is now. */
  async look(): Promise<FleetView> {
    if (!this.#looking) {
      const looking = this.#look().finally(() => {
        if (this.#looking === looking) {
          this.#looking = undefined;
        }
      });
      this.#looking = looking;
    }
    return this.#looking;
  }

  /** What is known may be another: something was changed. */
  forget(): void {
    this.#last = undefined;
    this.#looking = undefined;
  }

  async #look(): Promise<FleetView> {
    const { clusters, config, policies, overrides, now } = this.#options;
    const [links, startUps, stored, pauses, asked] = await Promise.all([
      this.#readLinks(),
      this.#readStartUps(),
      policies.list(),
      policies.pauses(),
      overrides.list(),
    ]);
    // Whoever is paused leaves all as it is but for what a person wanted for a while.
    const ended = pauses.size > 0 ? await overrides.lastDown() : [];
    const views = [];
    for (const cluster of clusters) {
      views.push(await cluster.view(links, startUps));
      await setImmediate();
    }
    const collected = this.#collector.collect({
      stored: stored.map(({ policy }) => policy),
      clusters: views,
      links,
    });
    const book = this.#bookOf(collected.policies, pauses);
    const view = FleetView.create({
      atMs: now().getTime(),
      clusters: views,
      book,
      isBlind:
        links.unread === true &&
        (book.namesEntities || config.annotations.entities.length > 0),
      annotated: collected.annotated,
      issues: collected.issues,
      links,
      overrides: asked,
      ended,
      calendars: config.calendars,
      clocks: this.#clocks,
    });
    this.#last = { view, seenMs: performance.now() };
    return view;
  }

  /** The same object while nothing has changed: targets needn't be read anew. */
  async #readLinks(): Promise<Links> {
    const { links } = this.#options;
    const generation = await links.generation();
    const last = this.#links;
    if (
      last?.generation === generation &&
      performance.now() - last.readMs < LINKS_MS
    ) {
      return last.links;
    }
    this.#links = {
      links: await links.read(),
      generation,
      readMs: performance.now(),
    };
    return this.#links.links;
  }

  /** The same object while nothing has changed, as links are. */
  async #readStartUps(): Promise<StartUps> {
    const last = this.#startUps;
    if (last && performance.now() - last.readMs < START_UPS_MS) {
      return last.found;
    }
    const read = await this.#options.startUps.read();
    const found = last && sameStartUps(last.found, read) ? last.found : read;
    this.#startUps = { found, readMs: performance.now() };
    return found;
  }

  #bookOf(
    policies: readonly Policy[],
    pauses: ReadonlyMap<string, string>,
  ): PolicyBook {
    const of = JSON.stringify([...pauses]);
    const last = this.#book;
    if (
      last &&
      last.of === of &&
      last.policies.length === policies.length &&
      policies.every((policy, index) => policy === last.policies[index])
    ) {
      return last.book;
    }
    const { config } = this.#options;
    const book = PolicyBook.create({ policies, pauses, config });
    for (const id of this.#clocks.keys()) {
      if (!book.get(id)) {
        this.#clocks.delete(id);
      }
    }
    this.#book = { of, policies, book };
    return book;
  }
}

function sameStartUps(a: StartUps, b: StartUps): boolean {
  return (
    a.size === b.size &&
    [...a].every(([key, { seconds, starts }]) => {
      const other = b.get(key);
      return other?.seconds === seconds && other.starts === starts;
    })
  );
}
