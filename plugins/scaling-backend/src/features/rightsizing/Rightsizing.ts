import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError, toError } from '@backstage/errors';
import {
  ActionState,
  FieldChange,
  PlanDraft,
  PlannedAction,
  StoredPlan,
  targetKey,
  Worded,
} from '@headroom/common';
import { KubernetesAccess } from '@headroom/plugin-clusters-node';
import { ActingEngine } from '@headroom/plugin-controllers-node';
import {
  AdviceApplication,
  liveQuantities,
  planResize,
  planRightsizing,
  planRollout,
  RunningPod,
  ScalerObject,
  TakenAdvice,
  TemplateObject,
  wordRightsizing,
} from '@headroom/plugin-scaling-common';
import { Fleet } from '../../core/fleet/Fleet';
import { LinkedEntity } from '../../database/LinkStore';
import { AdviceOfCosts, ReadAdvice } from './AdviceOfCosts';
import { keptInGit, OwnedMeta } from './keptInGit';
import { Manifests } from './Manifests';
import { fits } from './readRightsizingConfig';
import { readRunningPods } from './readRunningPods';
import { readScaler } from './readScaler';
import { readTemplate } from './readTemplate';
import { RightsizingConfig } from './RightsizingConfig';
import { withSetters } from './setBefore';

/** The controller of plans that take advice. */
export const RIGHTSIZING = 'rightsizing';

/** A plan that nobody approved in so long is made anew. */
const VALID_SECONDS = 7 * 24 * 3600;
/** A pull request settles when somebody has merged it, or not. */
const PULL_REQUEST_SETTLE_SECONDS = 60;

/** Plans of one advice that are looked through for the last that took nothing back. */
const MOST_TRIED = 20;
/** States of an action after which nothing more comes of it. */
const OVER: ReadonlySet<ActionState> = new Set([
  'rejected',
  'expired',
  'superseded',
  'verified',
  'failed',
  'undone',
]);

/** @internal */
export interface RightsizingOptions {
  advice: AdviceOfCosts;
  config: RightsizingConfig;
  engine: Pick<ActingEngine, 'submit' | 'plans'>;
  fleet: Pick<Fleet, 'recent'>;
  kubernetes: KubernetesAccess;
  manifests: Manifests;
  now: () => Date;
}

/** An advice with the workload it is about, as it is now. */
export interface Advised extends ReadAdvice {
  id: string;
  subject: string;
  entity?: LinkedEntity;
  object?: TemplateObject & { meta: OwnedMeta };
  /** Its autoscaler, where a target of it has to move. */
  scaler?: ScalerObject & { meta: OwnedMeta };
  /** Those that run, where they are to be resized in place. */
  pods?: readonly RunningPod[];
  /** Why there is no object. */
  missing?: Worded;
}

/** Makes plans of advice: on the cluster, or as a pull request. */
export class Rightsizing {
  readonly #options: RightsizingOptions;

  static create(options: RightsizingOptions): Rightsizing {
    return new Rightsizing(options);
  }

  private constructor(options: RightsizingOptions) {
    this.#options = options;
  }

  /** Reads an advice and its workload, as far as the caller may see the costs of it. */
  async advised(
    id: string,
    credentials: BackstageCredentials,
    signal: AbortSignal,
  ): Promise<Advised> {
    const { advice, fleet, kubernetes } = this.#options;
    const read = await advice.read(id, credentials, signal);
    const { cluster, workload, entityRef } = read.detail.row;
    const subject = `${workload.kind} ${workload.namespace}/${workload.name}`;
    const { links } = await fleet.recent();
    const entity = entityRef ? links.entities.get(entityRef) : undefined;
    const about = { ...read, id, subject, ...(entity && { entity }) };
    try {
      const object = await readTemplate(kubernetes, cluster, workload, signal);
      if (!object) {
        return {
          ...about,
          missing: wordRightsizing('notThere', { subject, cluster }),
        };
      }
      const [move] = read.taken?.moves ?? [];
      const at = { cluster, namespace: workload.namespace };
      const scaler = move && (await readScaler(kubernetes, at, move, signal));
      const pods =
        this.#ruleOf(read)?.by === 'resize'
          ? await readRunningPods(kubernetes, object.target, signal)
          : undefined;
      return {
        ...about,
        object,
        ...(scaler && { scaler }),
        ...(pods && { pods }),
      };
    } catch (error) {
      signal.throwIfAborted();
      return {
        ...about,
        missing: wordRightsizing('notReached', {
          subject,
          cluster,
          why: toError(error).message,
        }),
      };
    }
  }

  /** How an advice could be applied, and what that would change. */
  async application(
    advised: Advised,
    signal: AbortSignal,
  ): Promise<AdviceApplication> {
    const patch = advised.detail.patches?.strategicMerge ?? '';
    const onCluster = this.#onCluster(advised);
    const inGit = await this.#inGit(advised, signal);
    return {
      pullRequest:
        'reason' in inGit
          ? { possible: false, reason: inGit.reason, patch }
          : {
              possible: true,
              repository: inGit.target.repository,
              path: inGit.target.path,
              patch,
            },
      cluster:
        'withheld' in onCluster
          ? { possible: false, reason: onCluster.withheld }
          : {
              possible: true,
              how: this.#ruleOf(advised)?.by ?? 'rollout',
              changes: distinct(onCluster.flatMap(({ changes }) => changes)),
            },
    };
  }

  /**
   * Makes a plan of an advice. On the cluster it waits for an approval unless the
   * rule for the workload says `enforce`; a pull request waits for its own review.
   *
   * @throws ConflictError when there is nothing to do, or it can't be done so.
   */
  async plan(
    advised: Advised,
    { how, by }: { how: 'pull-request' | 'cluster'; by: string },
    signal: AbortSignal,
  ): Promise<StoredPlan> {
    const { engine, now } = this.#options;
    const actions =
      how === 'cluster'
        ? this.#onCluster(advised)
        : await this.#pullRequest(advised, signal);
    if ('withheld' in actions) {
      throw new ConflictError(actions.withheld.message);
    }
    const draft: PlanDraft = {
      controller: RIGHTSIZING,
      policyId: `advice:${advised.id}:${how}`,
      policyTitle: advised.subject,
      mode: how === 'cluster' ? this.#modeOf(advised) : 'enforce',
      ...(how === 'cluster' && { cluster: advised.detail.row.cluster }),
      requestedBy: by,
      twoPersons:
        how === 'cluster' && (this.#ruleOf(advised)?.twoPersons ?? false),
      at: now().toISOString(),
      actions,
      validSeconds: VALID_SECONDS,
    };
    const { created } = await engine.submit([draft], { signal });
    const { rows } = await engine.plans.list({
      policyId: draft.policyId,
      limit: MOST_TRIED,
    });
    const plan = created[0]
      ? await engine.plans.get(created[0])
      : rows.find(row => row.actions.every(({ undoOf }) => !undoOf));
    if (!plan) {
      throw new NotFoundError(
        `The plan for ${advised.subject} was superseded before it could be shown`,
      );
    }
    if (!created[0] && plan.actions.every(({ state }) => OVER.has(state))) {
      throw new ConflictError(
        wordRightsizing('triedBefore', { subject: advised.subject }).message,
      );
    }
    return plan;
  }

  #onCluster(advised: Advised): PlannedAction[] | { withheld: Worded } {
    const { taken, object, missing, subject, detail, pods, scaler } = advised;
    if (!taken) {
      return { withheld: wordRightsizing('nothingProposed') };
    }
    if (!object) {
      return {
        withheld:
          missing ??
          wordRightsizing('notThere', {
            subject,
            cluster: detail.row.cluster,
          }),
      };
    }
    if (this.#modeOf(advised) === 'observe') {
      return { withheld: wordRightsizing('observed', { subject }) };
    }
    const { entityRef } = detail.row;
    if (pods) {
      // Pods come from no Git repository.
      return planResize(taken, subject, pods, entityRef);
    }
    const actions = planRightsizing(taken, object, entityRef, scaler);
    if ('withheld' in actions) {
      return actions;
    }
    const metaOf = new Map(
      [object, scaler].flatMap(each =>
        each ? [[targetKey(each.target), each.meta] as const] : [],
      ),
    );
    const kept = keptInGit(actions, metaOf);
    return kept ? { withheld: kept } : withSetters(actions, metaOf);
  }

  async #pullRequest(
    advised: Advised,
    signal: AbortSignal,
  ): Promise<PlannedAction[] | { withheld: Worded }> {
    const found = await this.#inGit(advised, signal);
    if ('reason' in found) {
      return { withheld: found.reason };
    }
    const { taken, object, subject, detail } = advised;
    const planned = planRollout(
      taken as TakenAdvice,
      object as TemplateObject,
      detail.row.entityRef,
    );
    if ('withheld' in planned) {
      return planned;
    }
    return [
      {
        ...planned,
        key: `${planned.key}:${found.target.repository}:${found.target.path}`,
        target: {
          ...found.target,
          ...(planned.target.type === 'kubernetes' && {
            runs: { target: planned.target, changes: planned.changes },
          }),
        },
        changes: found.edit.changes,
        direction: 'neutral',
        expected: {
          ...planned.expected,
          text: wordRightsizing('expectedPullRequest'),
          settleSeconds: PULL_REQUEST_SETTLE_SECONDS,
        },
        reason: wordRightsizing('reason', { subject }),
        undo: wordRightsizing('undoPullRequest'),
      },
    ];
  }

  async #inGit(advised: Advised, signal: AbortSignal) {
    const { taken, object, missing, subject, detail, entity } = advised;
    const { cluster, workload } = detail.row;
    if (!taken) {
      return { reason: wordRightsizing('nothingProposed') };
    }
    if (!object) {
      return {
        reason: missing ?? wordRightsizing('notThere', { subject, cluster }),
      };
    }
    if (taken.moves.length > 0) {
      return { reason: wordRightsizing('autoscaler', { subject }) };
    }
    if (taken.patch.resources) {
      return { reason: wordRightsizing('podLevel', { subject }) };
    }
    return this.#options.manifests.find(
      cluster,
      { workload, patch: taken.patch, live: liveQuantities(object) },
      entity,
      signal,
    );
  }

  #modeOf(advised: Advised) {
    return this.#ruleOf(advised)?.mode ?? 'propose';
  }

  #ruleOf({ detail: { row } }: ReadAdvice) {
    const at = { cluster: row.cluster, namespace: row.workload.namespace };
    return this.#options.config.rules.find(each => fits(each, at));
  }
}

/** Pods of a workload change alike: that is said once. */
function distinct(changes: readonly FieldChange[]): FieldChange[] {
  return [
    ...new Map(
      changes.map(change => [
        JSON.stringify([change.path, change.before, change.after]),
        change,
      ]),
    ).values(),
  ];
}
