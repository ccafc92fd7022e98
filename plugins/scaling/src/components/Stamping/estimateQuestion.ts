import {
  CheaperChoice,
  cheaperChoices,
  CostedSpec,
  demandsOf,
  ServiceSpec,
  specOfParameters,
} from '@headroom/plugin-scaling-common';
import { EstimateRequestInput } from '@headroom/plugin-cost-common';
import { FormOwner, ownerOf } from './ownerOf';

/** What a form still has to say before the cost can be estimated. */
export type MissingField = 'cluster' | 'replicas' | 'requests';

/** What the cost back end can be asked. */
export interface ReadyQuestion {
  status: 'ready';
  request: EstimateRequestInput;
  spec: CostedSpec & Partial<ServiceSpec>;
  /** What the choices of the request are. */
  choices: readonly CheaperChoice[];
  /** Absent = the form names none yet. */
  owner?: FormOwner;
}

/** What the cost back end is asked for the values of a form. */
export type EstimateQuestion =
  | ReadyQuestion
  | { status: 'missing'; fields: MissingField[] }
  | { status: 'unreadable'; problem: string };

/** Enough of a spec to ask what it costs; undefined = something is missing. */
function costedSpec(
  spec: Partial<ServiceSpec>,
): (CostedSpec & Partial<ServiceSpec>) | undefined {
  const { replicas, requests, cluster } = spec;
  return replicas && requests?.cpu && requests.memory && cluster
    ? {
        ...spec,
        name: spec.name ?? 'new',
        replicas,
        requests,
        spot: spec.spot ?? false,
        timezone: spec.timezone ?? 'UTC',
      }
    : undefined;
}

/**
 * What is to be asked for the values of a form.
 *
 * @param fixed - what the template says itself
 */
export function estimateQuestion(
  values: Record<string, unknown>,
  fixed: Record<string, unknown> = {},
): EstimateQuestion {
  const partial = specOfParameters(values, fixed);
  const spec = costedSpec(partial);
  if (!spec) {
    const { cluster, replicas, requests } = partial;
    const fields: MissingField[] = [
      ...(cluster ? [] : (['cluster'] as const)),
      ...(replicas ? [] : (['replicas'] as const)),
      ...(requests?.cpu && requests.memory ? [] : (['requests'] as const)),
    ];
    return { status: 'missing', fields };
  }
  try {
    const pods = demandsOf(spec);
    const choices = choicesOf(spec);
    const owner = ownerOf(spec.owner);
    return {
      status: 'ready',
      spec,
      choices,
      ...(owner && { owner }),
      request: {
        cluster: spec.cluster ?? '',
        pods,
        choices: choices.map(({ id, spec: other }) => ({
          id,
          pods: demandsOf(other),
        })),
        ...(owner?.isGroup && { owner: owner.entityRef }),
        ...(spec.budget && { currency: spec.budget.currency }),
      },
    };
  } catch (error) {
    return {
      status: 'unreadable',
      problem: error instanceof Error ? error.message : String(error),
    };
  }
}

/** What would cost less, where enough is known to say. */
function choicesOf(
  spec: CostedSpec & Partial<ServiceSpec>,
): readonly CheaperChoice[] {
  const { kind, environment, criticality } = spec;
  return kind && environment && criticality
    ? cheaperChoices({ ...spec, kind, environment, criticality })
    : [];
}
