import { ActingMode, FieldPath, PlannedAction, Said } from '@headroom/common';

/** What is known of a cluster on which something was planned. @public */
export interface InventoryFacts {
  /** `partial`: some of it could not be read; `failed`: none of it. */
  state: 'whole' | 'partial' | 'failed';
  /** Why it isn't whole. */
  reason?: Said;
  /** Seconds since it was last known to be as it is, by a clock that isn't set. */
  ageSeconds: number;
  /** The fleet that percentages are of. */
  workloads: number;
  /** Of some time before; absent = it was not looked at before. */
  workloadsBefore?: number;
}

/** A time in which nothing is changed. @public */
export interface FreezeWindow {
  title: string;
  /** ISO 8601 UTC; `[from, to)`. */
  from: string;
  to: string;
  /** Absent = all. */
  clusters?: readonly string[];
  namespaces?: readonly string[];
  /** Also what gives capacity, or puts it back, has to wait. Default: false. */
  all?: boolean;
}

/** A PodDisruptionBudget over the pods of a target. @public */
export interface DisruptionBudgetFacts {
  name: string;
  /** Pods that it wants available, as a number; 0 = it asks for none. */
  leastAvailable: number;
}

/** Somebody wants a target to be left alone. @public */
export interface HoldFacts {
  /** Who: a user entity ref or what it is called. */
  by: string;
  /** Absent = none is given. */
  reason?: string;
  /** ISO 8601 UTC; absent = until it is taken away. */
  until?: string;
}

/** Who else writes a field that an action changes. @public */
export interface FieldManagerFacts {
  path: FieldPath;
  /** e.g. `argocd-controller` */
  manager: string;
  /** It is written from Git or by a release: what is changed besides is put back. */
  gitops: boolean;
  /** The ready-made patch, or the line, that lets Headroom have the field. */
  mend?: string;
}

/** What is known of one target beyond the plan. Absent = there is none. @public */
export interface TargetFacts {
  disruptionBudgets?: readonly DisruptionBudgetFacts[];
  /** The action evicts pods. */
  evicts?: boolean;
  /** Fewer must not run, and why. */
  minimumReplicas?: { replicas: number; because: Said };
  holds?: readonly HoldFacts[];
  fieldManagers?: readonly FieldManagerFacts[];
}

/** What the caller knows of the world, as values. @public */
export interface WorldFacts {
  /** By the name of the cluster. One that is missing is not known, and nothing is done there. */
  inventories: ReadonlyMap<string, InventoryFacts>;
  freezeWindows: readonly FreezeWindow[];
  /** By `targetKey`; one that is missing has nothing beside the plan. */
  targets: ReadonlyMap<string, TargetFacts>;
}

/** An action and the plan that it is of. @public */
export interface GuardedAction {
  /** Absent while it is only planned. */
  id?: string;
  controller: string;
  policyId: string;
  mode: ActingMode;
  action: PlannedAction;
  /** Id of the action that this one takes back. */
  undoOf?: string;
}

/**
 * Gathers {@link WorldFacts} for actions, fresh: asked when they are planned and
 * again right before they are applied.
 *
 * @public
 */
export type FactSource = (
  actions: readonly GuardedAction[],
  context: { moment: 'planning' | 'applying'; signal: AbortSignal },
) => Promise<WorldFacts>;

/** A stop that somebody switched on. @public */
export interface KillSwitch {
  /** The entity whose workloads it stops; absent = everything. */
  entityRef?: string;
  on: boolean;
  by: string;
  /** ISO 8601 UTC. */
  at: string;
  reason: string;
}

/** Another manager takes back what a policy writes. @public */
export interface Contest {
  policyId: string;
  targetKey: string;
  /** What it is for people: `Deployment shop/web`. */
  subject: string;
  /** Service of the target; absent = nobody's. */
  entityRef?: string;
  manager: string;
  /** Times in a row. */
  reverts: number;
  /** ISO 8601 UTC since when it is left alone; absent = not yet. */
  contestedAt?: string;
  mend?: string;
}

/** What the engine knows by its own tables. @public */
export interface EngineFacts {
  /** ISO 8601 UTC, by the database's clock. */
  now: string;
  /** That are on. */
  killSwitches: readonly KillSwitch[];
  /** Targets that are contested: by policy and `targetKey`. */
  contests: readonly Contest[];
  /** Workloads that capacity was taken from in the last 24 hours, as their actions call them, by cluster. */
  takenToday: ReadonlyMap<string, ReadonlySet<string>>;
  /** Writes of the last hour, by `targetKey`. */
  writesLastHour: ReadonlyMap<string, number>;
  /** What is in effect on targets, by `targetKey`: for overlaps. */
  inEffect: ReadonlyMap<string, readonly InEffect[]>;
}

/** An action whose write settles or whose outcome isn't known. @public */
export interface InEffect {
  actionId: string;
  controller: string;
  policyId: string;
  policyTitle: string;
  /** Its outcome isn't known. */
  open: boolean;
  paths: readonly FieldPath[];
}

/** Of the plan of an action, when it is about to be applied. @public */
export interface PlanFacts {
  expiresAt: string;
  /** Its hash was approved, by somebody who may, or its mode needs no approval. */
  approved: boolean;
}
