import { LedgerEntry, StoredPlan } from '@headroom/common';
import {
  ManifestCheck,
  ManifestCheckRequest,
  ManifestReport,
} from '../manifests';
import { Policy } from '../policies';
import {
  AdviceApplication,
  EntityScaling,
  InForceRow,
  KillSwitchState,
  OverrideView,
  PolicyPreview,
  PolicyView,
  SavingsReport,
  ScalingOverview,
  ScalingPage,
  ScalingSettings,
} from '../reports';

/** Options of every request. @public */
export interface ScalingRequestOptions {
  /** Aborted when nobody waits for the answer any more. */
  signal?: AbortSignal;
  /** Who asks: a Backstage token for the plugin `scaling`; a front end's `fetchApi` adds its own. */
  token?: string;
}

/** Which rows. Absent = all. @public */
export interface ScalingFilter {
  cluster?: string;
  namespace?: string;
  policyId?: string;
  entityRef?: string;
  /** Part of a name. */
  text?: string;
  cursor?: string;
  /** At most 200; default 50. */
  limit?: number;
}

/** Which plans. @public */
export interface PlanFilter extends ScalingFilter {
  /** `waiting`: an approval is asked for; `open`: not over yet; default: all. */
  state?: 'waiting' | 'open' | 'unresolved';
  /** Only what the caller may approve. */
  mine?: boolean;
}

/** An exception that somebody asks for. @public */
export interface OverrideRequest {
  /** Ids of workloads. */
  workloads: readonly string[];
  direction: 'up' | 'down';
  /** Hours from now, or until the next window begins. */
  until: { hours: number } | 'next-window';
  reason: string;
}

/** A yes or no to the plan of a hash. @public */
export interface PlanDecisionRequest {
  decision: 'approved' | 'rejected';
  hash: string;
  reason?: string;
}

/** What Headroom is asked to do with advice. @public */
export interface ApplyAdviceRequest {
  /** Of the container, as the cost back end gives it. */
  adviceId: string;
  how: 'pull-request' | 'cluster';
  reason: string;
}

/**
 * What the scaling back end answers. Every method rejects with a `ResponseError`
 * whose cause is named `NotAllowedError`, `NotFoundError`, `InputError`,
 * `ConflictError` or `ServiceUnavailableError`.
 *
 * @public
 */
export interface ScalingApi {
  getSettings(options?: ScalingRequestOptions): Promise<ScalingSettings>;
  getOverview(options?: ScalingRequestOptions): Promise<ScalingOverview>;
  /** What is in force, workload by workload. */
  getInForce(
    filter: ScalingFilter,
    options?: ScalingRequestOptions,
  ): Promise<ScalingPage<InForceRow>>;
  getEntity(
    entityRef: string,
    options?: ScalingRequestOptions,
  ): Promise<EntityScaling>;

  getPolicies(
    filter: ScalingFilter,
    options?: ScalingRequestOptions,
  ): Promise<ScalingPage<PolicyView>>;
  /** Checks a policy and says what it would do; nothing is saved. */
  previewPolicy(
    policy: Policy,
    options?: ScalingRequestOptions,
  ): Promise<PolicyPreview>;
  /** Rejects with an `InputError` that names the field where the policy is wrong. */
  createPolicy(
    policy: Policy,
    options?: ScalingRequestOptions,
  ): Promise<PolicyView>;
  updatePolicy(
    policy: Policy,
    options?: ScalingRequestOptions,
  ): Promise<PolicyView>;
  deletePolicy(id: string, options?: ScalingRequestOptions): Promise<void>;
  /** Keeps a policy from doing anything; null lets it go on. */
  pausePolicy(
    id: string,
    until: string | null,
    options?: ScalingRequestOptions,
  ): Promise<PolicyView>;

  getPlans(
    filter: PlanFilter,
    options?: ScalingRequestOptions,
  ): Promise<ScalingPage<StoredPlan>>;
  getPlan(id: string, options?: ScalingRequestOptions): Promise<StoredPlan>;
  /** Rejects with a `ConflictError` when the plan is another by now. */
  decide(
    id: string,
    decision: PlanDecisionRequest,
    options?: ScalingRequestOptions,
  ): Promise<StoredPlan>;
  /** Says what became of an action that nobody could tell of. */
  resolveAction(
    actionId: string,
    happened: { done: boolean; reason: string },
    options?: ScalingRequestOptions,
  ): Promise<void>;
  /** Takes back what an action did, if it is still as the action left it. */
  undoAction(
    actionId: string,
    request: { reason: string },
    options?: ScalingRequestOptions,
  ): Promise<void>;

  override(
    request: OverrideRequest,
    options?: ScalingRequestOptions,
  ): Promise<readonly OverrideView[]>;
  endOverride(id: string, options?: ScalingRequestOptions): Promise<void>;
  /** Lets policies write again to a workload of which others took back what was written. */
  goOn(
    workloadId: string,
    request: { reason: string },
    options?: ScalingRequestOptions,
  ): Promise<void>;
  setKillSwitch(
    state: { on: boolean; reason: string },
    options?: ScalingRequestOptions,
  ): Promise<KillSwitchState>;

  /** Newest first. */
  getLedger(
    filter: ScalingFilter,
    options?: ScalingRequestOptions,
  ): Promise<ScalingPage<LedgerEntry>>;
  getSavings(
    filter: ScalingFilter,
    options?: ScalingRequestOptions,
  ): Promise<SavingsReport>;

  /** How advice could be applied, and what that would change. */
  getAdviceApplication(
    adviceId: string,
    options?: ScalingRequestOptions,
  ): Promise<AdviceApplication>;
  /** Makes a plan of advice; it waits for an approval unless the policy enforces. */
  applyAdvice(
    request: ApplyAdviceRequest,
    options?: ScalingRequestOptions,
  ): Promise<StoredPlan>;

  /** What is wrong with the manifests of a service, where it runs and in Git. */
  getManifests(
    entityRef: string,
    options?: ScalingRequestOptions,
  ): Promise<ManifestReport>;
  /** Checks manifests that are nowhere yet; nothing is kept. */
  checkManifests(
    request: ManifestCheckRequest,
    options?: ScalingRequestOptions,
  ): Promise<ManifestCheck>;
}
