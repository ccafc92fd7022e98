import { HOUR_MS, targetKey } from '@headroom/common';
import {
  EntityScaling,
  InForceRow,
  KillSwitchState,
  sayReport,
  ScalingCluster,
  ScalingOverview,
  ScalingPage,
  ScalingSettings,
  ScalingStretch,
  ScalingTarget,
} from '@headroom/plugin-scaling-common';
import { ALWAYS_PROTECTED } from '@headroom/plugin-controllers-node';
import { Breather } from '../../core/Breather';
import { FleetView } from '../../core/fleet/FleetView';
import {
  InForceContext,
  inForceRow,
  isAsWanted,
} from '../../core/report/inForce';
import { Filter, pageOf } from '../../core/report/paging';
import { PolicyViews } from '../../core/report/PolicyViews';
import { stretchesOf, Turns } from '../../core/report/stretches';
import { workloadId, workloadOf } from '../../core/report/workloadOf';
import { SavingsSource } from '../../core/SavingsSource';
import { ScalingCore } from '../../core/ScalingCore';
import { Caller } from '../../core/ScalingScopes';
import { killSwitchFor } from '../../core/report/killSwitchFor';

const NEXT_MS = 24 * HOUR_MS;
const MOST_NEXT = 200;
/** So much of the last change is on the time line. */
const AFTER_MS = 2 * HOUR_MS;
/** Of an entity's time lines. */
const ENTITY_HORIZON_MS = 48 * HOUR_MS;
const ENTITY_ROWS = 200;

/** @internal */
export interface OverviewsOptions {
  core: Pick<
    ScalingCore,
    | 'clusters'
    | 'config'
    | 'engine'
    | 'fleet'
    | 'kubernetes'
    | 'linksState'
    | 'now'
    | 'stores'
  >;
  policyViews: PolicyViews;
  savings: SavingsSource;
}

/** What is in force, for a caller. */
export class Overviews {
  readonly #options: OverviewsOptions;
  readonly #acting: ReadonlySet<string>;
  readonly #turns = Turns.create();

  static create(options: OverviewsOptions): Overviews {
    return new Overviews(options);
  }

  private constructor(options: OverviewsOptions) {
    this.#options = options;
    const { clusters, kubernetes } = options.core;
    this.#acting = new Set(
      clusters.flatMap(({ name }) =>
        kubernetes.actingKubeConfigFor(name) ? [name] : [],
      ),
    );
  }

  async settings(caller: Caller): Promise<ScalingSettings> {
    const { config, fleet, linksState, now, stores } = this.#options.core;
    const view = await fleet.recent();
    const readAt = await stores.links.readAt();
    const at = now().toISOString();
    const problem =
      linksState.problem ??
      (readAt === undefined ? sayReport('linksNeverRead') : undefined);
    return {
      clusters: view.clusters.map(cluster => this.#cluster(cluster, caller)),
      killSwitch: await this.killSwitch(caller),
      abilities: caller.abilities(),
      protectedNamespaces: [
        ...new Set([...ALWAYS_PROTECTED, ...config.limits.protectedNamespaces]),
      ],
      freezes: config.freezeWindows
        .filter(({ to }) => to > at)
        .map(({ from, to, title }) => ({ from, to, title })),
      calendars: Object.keys(config.calendars),
      timezone: config.timezone,
      links: { ...(readAt && { readAt }), ...(problem && { problem }) },
    };
  }

  async killSwitch(caller: Caller): Promise<KillSwitchState> {
    return killSwitchFor(
      caller,
      await this.#options.core.engine.killSwitches.list(),
    );
  }

  async overview(caller: Caller): Promise<ScalingOverview> {
    const { engine, fleet } = this.#options.core;
    const view = await fleet.recent();
    const covered = { all: 0, asWanted: 0 };
    const next: Array<{ target: ScalingTarget; stretch: ScalingStretch }> = [];
    const nextOf = this.#turns.finder(view.atMs);
    const breather = Breather.create();
    for (const target of view.targets()) {
      await breather.breathe();
      const clock = caller.read.sees(target.entityRef)
        ? view.clockOf(target)
        : undefined;
      if (clock) {
        covered.all += 1;
        covered.asWanted += isAsWanted(view.decide(target)) ? 1 : 0;
        const stretch = nextOf(clock, target);
        if (stretch) {
          next.push({ target, stretch });
        }
      }
    }
    next.sort((a, b) => (a.stretch.from < b.stretch.from ? -1 : 1));
    next.splice(MOST_NEXT);
    const lastMs = Date.parse(next.at(-1)?.stretch.from ?? '') || 0;
    const { read } = caller;
    const approve = caller.sight('approve');
    const counts = await engine.plans.counts({
      ...(read.where && { scope: read.where }),
      ...(approve.where && { coveredBy: approve.where }),
      ...(caller.userRef && { approver: caller.userRef }),
    });
    const contests = await engine.contests.list();
    return {
      at: new Date(view.atMs).toISOString(),
      policies: (await this.#options.policyViews.visible(caller, view)).length,
      covered: covered.all,
      asWanted: covered.asWanted,
      waitingForMe: counts.waiting,
      unresolved: counts.unresolved,
      contested: contests.filter(({ entityRef }) => read.sees(entityRef))
        .length,
      next: next.map(({ target, stretch }) => ({
        workload: workloadOf(target),
        stretch,
      })),
      nextUntil: new Date(
        Math.max(view.atMs + NEXT_MS, lastMs + AFTER_MS),
      ).toISOString(),
      savings: await this.#options.savings.summary(caller, {}),
    };
  }

  async inForce(
    caller: Caller,
    filter: Filter,
  ): Promise<ScalingPage<InForceRow>> {
    const view = await this.#options.core.fleet.recent();
    const matching: ScalingTarget[] = [];
    const breather = Breather.create();
    for (const target of view.targets()) {
      await breather.breathe();
      if (caller.read.sees(target.entityRef) && matches(target, filter, view)) {
        matching.push(target);
      }
    }
    const context = await this.#context();
    const { rows, ...page } = pageOf(matching, filter);
    return {
      ...page,
      rows: rows.map(target => inForceRow(target, view, context)),
    };
  }

  async entity(caller: Caller, entityRef: string): Promise<EntityScaling> {
    await caller.requireEntity(entityRef);
    const { engine, fleet } = this.#options.core;
    const view = await fleet.recent();
    const targets = [...view.targets()].filter(
      target => target.entityRef === entityRef,
    );
    const context = await this.#context();
    const scope = caller.read.where;
    const asked = { ...(scope && { scope }), entityRef, limit: 50 };
    const [plans, ledger] = await Promise.all([
      engine.plans.list({ ...asked, state: 'open' }),
      engine.ledger.list(asked),
    ]);
    return {
      entityRef,
      rows: targets
        .slice(0, ENTITY_ROWS)
        .map(target => inForceRow(target, view, context)),
      policies: await this.#options.policyViews.ofEntity(
        caller,
        view,
        entityRef,
      ),
      plans: plans.rows,
      ledger: ledger.rows,
      savings: await this.#options.savings.summary(caller, { entityRef }),
      abilities: caller.abilities({ entityRef }),
      stretches: Object.fromEntries(
        targets.slice(0, ENTITY_ROWS).flatMap(target => {
          const clock = view.clockOf(target);
          return clock
            ? [
                [
                  workloadId(target),
                  stretchesOf(clock, {
                    fromMs: view.atMs,
                    toMs: view.atMs + ENTITY_HORIZON_MS,
                    target,
                  }),
                ],
              ]
            : [];
        }),
      ),
    };
  }

  async #context(): Promise<InForceContext> {
    const { engine } = this.#options.core;
    const [contests, failed] = await Promise.all([
      engine.contests.list(),
      engine.failed(),
    ]);
    return {
      acting: this.#acting,
      contests,
      failed: new Map(failed.map(action => [targetKey(action.target), action])),
    };
  }

  #cluster(
    { config, snapshot, targets }: FleetView['clusters'][number],
    caller: Caller,
  ): ScalingCluster {
    const seenMs = snapshot
      ? Math.min(
          ...Object.values(snapshot.knowledge).flatMap(({ ageMs }) =>
            ageMs === undefined ? [] : [Date.parse(snapshot.at) - ageMs],
          ),
        )
      : Infinity;
    const problem = problemOf(snapshot);
    return {
      name: config.name,
      title: config.title,
      simulated: config.sections?.demo !== undefined,
      canAct: this.#acting.has(config.name),
      ...(Number.isFinite(seenMs) && {
        seenAt: new Date(seenMs).toISOString(),
      }),
      ...(problem && { problem }),
      workloads: targets.filter(({ entityRef }) => caller.read.sees(entityRef))
        .length,
    };
  }
}

function problemOf(snapshot: FleetView['clusters'][number]['snapshot']) {
  if (!snapshot) {
    return sayReport('clusterUnreachable');
  }
  if (snapshot.trust.trustworthy) {
    return undefined;
  }
  const [{ message, wording: words }] = snapshot.trust.doubts;
  const isLoading = Object.values(snapshot.knowledge).some(
    ({ state }) => state.state === 'loading' && !state.problem,
  );
  return isLoading ? sayReport('clusterLoading') : { message, wording: words };
}

function matches(
  target: ScalingTarget,
  { cluster, namespace, entityRef, policyId, text }: Filter,
  view: FleetView,
): boolean {
  const { workload } = target;
  return (
    (cluster === undefined || workload.cluster === cluster) &&
    (namespace === undefined || workload.namespace === namespace) &&
    (entityRef === undefined || target.entityRef === entityRef) &&
    (text === undefined ||
      `${workload.namespace}/${workload.name}`
        .toLocaleLowerCase('en-US')
        .includes(text.toLocaleLowerCase('en-US'))) &&
    (policyId === undefined ||
      view.book.index.winnerOf(target)?.id === policyId)
  );
}
