import { z } from 'zod';
import { CreatedObject } from '../../world/creations/CreatedObjects';
import { PodLife } from '../../world/lives';
import { podLabelsOf } from '../../world/releases';
import { WorkloadSpec } from '../../world/types';
import { KubeObject } from '../types';
import { matchLabels, ObjectContext } from './context';

type Limit =
  | { minAvailable: number | string }
  | { maxUnavailable: number | string };

/** How many pods of a workload have to be there, whoever evicts; by namespace and name. */
const BUDGETS: Record<string, Limit> = {
  'payments/payment-ledger': { minAvailable: 2 },
  // As many as there are: none may be missing.
  'payments/checkout-api': { minAvailable: 3 },
  'storefront/web-frontend': { maxUnavailable: '25%' },
  'ml-serving/akidb-rest': { maxUnavailable: 1 },
  'ml-serving/job-queue': { maxUnavailable: 0 },
};

const createdSchema = z.object({
  selector: z.object({ matchLabels: z.record(z.string(), z.string()) }),
  minAvailable: z.union([z.number(), z.string()]).optional(),
  maxUnavailable: z.union([z.number(), z.string()]).optional(),
});

/** A PodDisruptionBudget, and what it allows now. */
export interface Budget {
  name: string;
  spec: WorkloadSpec;
  /** Where somebody made it. */
  made?: CreatedObject;
  limit: Limit;
  expected: number;
  healthy: number;
  desired: number;
  allowed: number;
}

/** A number, or a share of all of them, rounded up as the controller does. */
function countOf(limit: number | string, all: number): number {
  return typeof limit === 'number'
    ? limit
    : Math.ceil((Number.parseInt(limit, 10) * all) / 100);
}

/** What a budget of a workload allows now. */
function budgetOf(
  context: ObjectContext,
  spec: WorkloadSpec,
  limit: Limit,
): Omit<Budget, 'name' | 'made'> {
  const expected = context.cluster.wishes.replicas(spec, context.state.hour);
  const healthy = context
    .podsOf(spec)
    .filter((life: PodLife) => context.isReady(life)).length;
  const desired =
    'minAvailable' in limit
      ? countOf(limit.minAvailable, expected)
      : Math.max(0, expected - countOf(limit.maxUnavailable, expected));
  const allowed = expected > 0 ? Math.max(0, healthy - desired) : 0;
  return { spec, limit, expected, healthy, desired, allowed };
}

/** Budgets that somebody made, of workloads whose pods they select. */
export function createdBudgets(context: ObjectContext): Budget[] {
  return context.created.flatMap(made => {
    const parsed =
      made.kind === 'PodDisruptionBudget'
        ? createdSchema.safeParse(made.manifest.spec)
        : undefined;
    if (!parsed?.success) {
      return [];
    }
    const { selector, minAvailable, maxUnavailable } = parsed.data;
    const limit =
      minAvailable !== undefined
        ? { minAvailable }
        : { maxUnavailable: maxUnavailable ?? 1 };
    const wanted = Object.entries(selector.matchLabels);
    return context.state.workloads
      .filter(({ namespace }) => namespace === made.namespace)
      .filter(spec => {
        const revision = context.cluster.wishes.revision(
          spec,
          context.state.hour,
        );
        const labels = podLabelsOf(spec, revision);
        return wanted.every(([key, value]) => labels[key] === value);
      })
      .slice(0, 1)
      .map(spec => ({
        name: made.name,
        made,
        ...budgetOf(context, spec, limit),
      }));
  });
}

function ownBudgets(context: ObjectContext): Budget[] {
  return context.state.workloads.flatMap(spec => {
    const limit = BUDGETS[`${spec.namespace}/${spec.name}`];
    return limit
      ? [{ name: spec.name, ...budgetOf(context, spec, limit) }]
      : [];
  });
}

/** The budgets of a cluster. */
export function budgetsOf(context: ObjectContext): Budget[] {
  return [...ownBudgets(context), ...createdBudgets(context)];
}

/** What the controller of budgets says of one. */
export function budgetStatus(
  context: ObjectContext,
  { expected, healthy, desired, allowed }: Budget,
  { createdAt, generation }: { createdAt: number; generation: number },
) {
  return {
    observedGeneration: generation,
    disruptionsAllowed: allowed,
    currentHealthy: healthy,
    desiredHealthy: desired,
    expectedPods: expected,
    conditions: [
      {
        type: 'DisruptionAllowed',
        status: allowed > 0 ? 'True' : 'False',
        reason: allowed > 0 ? 'SufficientPods' : 'InsufficientPods',
        message: '',
        observedGeneration: generation,
        lastTransitionTime: context.time(createdAt),
      },
    ],
  };
}

/** PodDisruptionBudgets that nobody made, as their controller keeps them. */
export function budgets(context: ObjectContext): KubeObject[] {
  return ownBudgets(context).map(budget => {
    const { spec, limit } = budget;
    const createdAt = context.born(spec);
    return {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: context.meta('PodDisruptionBudget', spec.namespace, spec.name, {
        bornAt: createdAt,
        generation: 1,
        labels: spec.labels,
      }),
      spec: { ...limit, selector: { matchLabels: matchLabels(spec) } },
      status: budgetStatus(context, budget, { createdAt, generation: 1 }),
    };
  });
}
