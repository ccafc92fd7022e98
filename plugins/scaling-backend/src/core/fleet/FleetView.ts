import { ActingMode, formatFieldPath } from '@headroom/common';
import {
  Calendars,
  planSchedule,
  Policy,
  PolicyClock,
  PolicyIssue,
  PolicyOverride,
  RestoreRecord,
  sayReport,
  SchedulePlan,
  ScalingTarget,
  WantedState,
  WRITTEN_PATHS,
} from '@headroom/plugin-scaling-common';
import { Links, workloadKey } from '../../database/LinkStore';
import { StoredOverride } from '../../database/OverrideStore';
import { Breather } from '../Breather';
import { ClusterView } from './ClusterView';
import { Annotated } from './collectPolicies';
import { BookedPolicy, lower, PolicyBook } from './PolicyBook';

/** What is decided of one workload at an instant. */
export interface Decision {
  target: ScalingTarget;
  /** The policy that wins; absent = none matches. */
  booked?: BookedPolicy;
  /** With what a person wants for a while; absent without either. */
  policy?: Policy;
  override?: StoredOverride;
  /** Absent = nothing is wanted, and what Headroom changed is put back. */
  state?: WantedState;
  plan: SchedulePlan;
  /** How far is gone. */
  mode: ActingMode;
  /** The policy whose writes are put back, where that is all that is done. */
  restores?: string;
}

const NOTHING: SchedulePlan = { changes: [], withheld: [] };

/** What of a workload is known and wanted, all of it as it was at one moment. */
export class FleetView {
  readonly atMs: number;
  readonly clusters: readonly ClusterView[];
  readonly book: PolicyBook;
  readonly links: Links;
  readonly #overrides: ReadonlyMap<string, StoredOverride>;
  readonly #ended: ReadonlyMap<string, StoredOverride>;
  /** Of policies that annotations make, by id. */
  readonly issues: ReadonlyMap<string, readonly PolicyIssue[]>;
  readonly #annotated: ReadonlyMap<string, Annotated>;
  readonly #calendars: Calendars;
  readonly #clocks: Map<string, PolicyClock>;
  readonly #isBlind: boolean;
  #matches: Promise<ReadonlyMap<string, readonly ScalingTarget[]>> | undefined;

  static create(options: {
    atMs: number;
    clusters: readonly ClusterView[];
    book: PolicyBook;
    links: Links;
    overrides: readonly StoredOverride[];
    /** Of workloads that were kept down, the last ones that are over. */
    ended?: readonly StoredOverride[];
    annotated: ReadonlyMap<string, Annotated>;
    issues: ReadonlyMap<string, readonly PolicyIssue[]>;
    calendars: Calendars;
    /** Of the book's policies; kept from view to view. */
    clocks: Map<string, PolicyClock>;
    /** Which policies are for a workload can't be told, as links were not read yet. */
    isBlind?: boolean;
  }): FleetView {
    return new FleetView(options);
  }

  private constructor(options: Parameters<typeof FleetView.create>[0]) {
    this.atMs = options.atMs;
    this.clusters = options.clusters;
    this.book = options.book;
    this.links = options.links;
    this.issues = options.issues;
    this.#annotated = options.annotated;
    this.#calendars = options.calendars;
    this.#clocks = options.clocks;
    this.#isBlind = options.isBlind ?? false;
    this.#overrides = byWorkload(options.overrides);
    this.#ended = byWorkload(options.ended ?? []);
  }

  /** All workloads, cluster by cluster. */
  *targets(): Generator<ScalingTarget> {
    for (const { targets } of this.clusters) {
      yield* targets;
    }
  }

  cluster(name: string): ClusterView | undefined {
    return this.clusters.find(({ config }) => config.name === name);
  }

  /** By its id on pages. */
  workload(id: string): ScalingTarget | undefined {
    const [cluster, uid] = Buffer.from(id, 'base64url').toString().split('\n');
    return this.cluster(cluster)?.byWorkload.get(uid ?? '');
  }

  /** Workloads that each policy matches, whether it wins them or not. */
  async matches(): Promise<ReadonlyMap<string, readonly ScalingTarget[]>> {
    this.#matches ??= this.#match();
    return this.#matches;
  }

  async #match(): Promise<ReadonlyMap<string, readonly ScalingTarget[]>> {
    const matches = new Map<string, ScalingTarget[]>();
    const breather = Breather.create();
    for (const target of this.targets()) {
      await breather.breathe();
      const { winner, losers } = this.book.index.resolve(target);
      for (const policy of [winner, ...losers.map(each => each.policy)]) {
        const known = policy && matches.get(policy.id);
        if (known) {
          known.push(target);
        } else if (policy) {
          matches.set(policy.id, [target]);
        }
      }
    }
    return matches;
  }

  overrideOf({ workload }: ScalingTarget): StoredOverride | undefined {
    const override = this.#overrides.get(workloadKey(workload));
    return override &&
      Date.parse(override.from) <= this.atMs &&
      this.atMs < Date.parse(override.until)
      ? override
      : undefined;
  }

  /** The clock of what is wanted of a workload; undefined = nothing is. */
  clockOf(target: ScalingTarget): PolicyClock | undefined {
    const winner = this.book.index.winnerOf(target);
    const override = this.overrideOf(target);
    const beside = this.#besideOf(target);
    if (!override && beside.length === 0) {
      return winner && this.#clock(winner);
    }
    const own = override
      ? overridden(winner, override, target)
      : winner ?? blankPolicy(target.workload);
    return PolicyClock.create(
      {
        ...own,
        overrides: [
          ...own.overrides,
          ...beside.flatMap(({ overrides }) => overrides),
        ],
        exclusions: [
          ...own.exclusions,
          ...beside.flatMap(({ exclusions }) => exclusions),
        ],
        ...(!override &&
          !winner && { mode: beside.map(({ upTo }) => upTo).reduce(lower) }),
      },
      { calendars: this.#calendars },
    );
  }

  /** What is wanted of a workload, and what is done about it. */
  decide(target: ScalingTarget): Decision {
    const decision = this.#decide(target);
    return this.#isBlind && !decision.override
      ? givingOnly(decision)
      : decision;
  }

  #decide(target: ScalingTarget): Decision {
    const { cluster } = target.workload;
    const winner = this.book.index.winnerOf(target);
    const booked = winner && this.book.get(winner.id);
    const override = this.overrideOf(target);
    const clock = this.clockOf(target);
    const policy = clock?.policy;
    const isPaused =
      booked?.pausedUntil !== undefined &&
      this.atMs < Date.parse(booked.pausedUntil);
    const state = clock?.stateAt(this.atMs, target);
    const base = {
      target,
      ...(booked && { booked }),
      ...(policy && { policy }),
      ...(override && { override }),
      ...(state && { state }),
    };
    if (isPaused && !override) {
      const restores = this.#leftDown(target);
      return restores === undefined
        ? { ...base, plan: NOTHING, mode: 'observe' }
        : {
            ...base,
            plan: planSchedule({ target, nowMs: this.atMs }),
            mode: this.book.modeIn(cluster, 'enforce'),
            restores,
          };
    }
    const mode = this.book.modeIn(
      cluster,
      override ? 'enforce' : policy?.mode ?? 'enforce',
    );
    const written = writtenBy(target);
    const isLeft = !policy || mode === 'observe';
    // What was written when more was allowed isn't left behind.
    if (isLeft && written !== undefined) {
      const restored = planSchedule({ target, nowMs: this.atMs });
      return {
        ...base,
        plan: restored,
        mode: this.book.modeIn(cluster, 'enforce'),
        restores: written,
      };
    }
    return {
      ...base,
      plan: planSchedule({
        target,
        nowMs: this.atMs,
        ...(policy && state && { wanted: { policy, state } }),
      }),
      mode,
    };
  }

  /** What of the annotations of a workload, or of its service, can't be read. */
  unreadOf({ workload, entityRef }: ScalingTarget): PolicyIssue[] {
    return [workload.uid, entityRef ?? ''].flatMap(key =>
      (this.#annotated.get(key)?.issues ?? []).filter(
        ({ severity }) => severity === 'error',
      ),
    );
  }

  /**
   * How far the annotations of a workload go that want it kept up, down or left alone,
   * where that is less far than its policy goes, so that they change nothing of it.
   */
  tooWeakOf(target: ScalingTarget): ActingMode | undefined {
    const bound = this.#boundOf(target);
    return this.#annotationsOf(target).find(({ upTo }) => !reaches(upTo, bound))
      ?.upTo;
  }

  /** What annotations want of a workload beside its policy, no further than they may. */
  #besideOf(target: ScalingTarget): Annotated[] {
    const bound = this.#boundOf(target);
    return this.#annotationsOf(target).filter(({ upTo }) =>
      reaches(upTo, bound),
    );
  }

  /** How far is gone of what is wanted of a workload; undefined = as annotations may. */
  #boundOf(target: ScalingTarget): ActingMode | undefined {
    return this.overrideOf(target)
      ? 'enforce'
      : this.book.index.winnerOf(target)?.mode;
  }

  /**
   * The policy whose note a workload has, where the last write was a person's wish to
   * have it down for a while, and that while is over: it is not for a pause to keep.
   */
  #leftDown(target: ScalingTarget): string | undefined {
    const ended = this.#ended.get(workloadKey(target.workload));
    const record = recordOf(target);
    return ended &&
      record &&
      ended.from <= record.at &&
      record.at <= ended.until
      ? record.policy
      : undefined;
  }

  #annotationsOf({ workload, entityRef }: ScalingTarget): Annotated[] {
    return [workload.uid, entityRef ?? ''].flatMap(key => {
      const found = this.#annotated.get(key);
      return found && found.overrides.length + found.exclusions.length > 0
        ? [found]
        : [];
    });
  }

  #clock(policy: Policy): PolicyClock {
    const known = this.#clocks.get(policy.id);
    if (known?.policy === policy) {
      return known;
    }
    const clock = PolicyClock.create(policy, { calendars: this.#calendars });
    this.#clocks.set(policy.id, clock);
    return clock;
  }
}

/** Whether an annotation that goes so far may bear on what goes as far as the bound. */
function reaches(upTo: ActingMode, bound: ActingMode = upTo): boolean {
  return lower(upTo, bound) === bound;
}

/** Without what takes capacity, or lets go of it because no policy is known for it. */
function givingOnly(decision: Decision): Decision {
  const { plan, policy, restores } = decision;
  const changes = plan.changes.filter(
    ({ direction }) =>
      direction === 'up' ||
      (direction === 'restore' && policy && restores === undefined),
  );
  return changes.length === plan.changes.length
    ? decision
    : {
        ...decision,
        plan: {
          changes,
          withheld: [
            ...plan.withheld,
            { code: 'links-unread', text: sayReport('linksUnread') },
          ],
        },
      };
}

/** The policy of a workload with what a person wants of it alone. */
function overridden(
  winner: Policy | undefined,
  override: StoredOverride,
  { workload }: ScalingTarget,
): Policy {
  const asked: PolicyOverride = {
    id: override.id,
    direction: override.direction,
    owner: override.by,
    reason: override.reason,
    from: override.from,
    until: override.until,
  };
  return {
    ...(winner ?? blankPolicy(workload)),
    overrides: [...(winner?.overrides ?? []), asked],
    // A person who asks for it isn't kept waiting for the quiet after a change.
    graceMinutes: 0,
  };
}

/** Of a workload that has no policy and is overridden. */
export const NO_POLICY = 'no-policy';

function blankPolicy({
  namespace,
  kind,
  name,
}: ScalingTarget['workload']): Policy {
  return {
    id: NO_POLICY,
    title: `${kind} ${namespace}/${name}`,
    origin: { type: 'page' },
    scope: { type: 'workload', namespace, kind, name },
    mode: 'enforce',
    schedules: [],
    outside: { type: 'untouched' },
    exclusions: [],
    overrides: [],
    graceMinutes: 0,
    lead: { type: 'none' },
    twoPersons: false,
    limits: {},
  };
}

const OF_SCHEDULES = new Set(WRITTEN_PATHS.map(formatFieldPath));

/**
 * The policy of a schedule that wrote to a workload or to what steers it, as the
 * objects say; what advice was applied is not for schedules to put back.
 */
export function writtenBy(target: ScalingTarget): string | undefined {
  return recordOf(target)?.policy;
}

function recordOf(target: ScalingTarget): RestoreRecord | undefined {
  const records = [target.workload, target.autoscaler?.object].flatMap(object =>
    object?.restore && object.restore !== 'unreadable' ? [object.restore] : [],
  );
  return records.find((record: RestoreRecord) =>
    Object.keys(record.fields).some(field => OF_SCHEDULES.has(field)),
  );
}

function byWorkload(
  overrides: readonly StoredOverride[],
): ReadonlyMap<string, StoredOverride> {
  return new Map(overrides.map(each => [workloadKey(each), each]));
}
