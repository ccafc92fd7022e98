import { ActingMode } from '@headroom/common';
import { Policy, PolicyIndex } from '@headroom/plugin-scaling-common';
import { ScalingConfig } from '../config/ScalingConfig';

/** A policy as it is kept to. */
export interface BookedPolicy {
  policy: Policy;
  /** ISO 8601 UTC until which it does nothing. */
  pausedUntil?: string;
}

/** All policies, wherever they were made. */
export class PolicyBook {
  readonly #byId: ReadonlyMap<string, BookedPolicy>;
  readonly index: PolicyIndex;
  readonly #config: Pick<ScalingConfig, 'upTo' | 'clustersUpTo'>;

  static create(options: {
    policies: readonly Policy[];
    pauses: ReadonlyMap<string, string>;
    config: Pick<ScalingConfig, 'upTo' | 'clustersUpTo'>;
  }): PolicyBook {
    return new PolicyBook(options);
  }

  private constructor({
    policies,
    pauses,
    config,
  }: Parameters<typeof PolicyBook.create>[0]) {
    this.#config = config;
    this.#byId = new Map(
      policies.map(policy => {
        const pausedUntil = pauses.get(policy.id);
        return [policy.id, { policy, ...(pausedUntil && { pausedUntil }) }];
      }),
    );
    this.index = PolicyIndex.create(policies);
  }

  get all(): Iterable<BookedPolicy> {
    return this.#byId.values();
  }

  /** Whether a policy is for services, systems or teams. */
  get namesEntities(): boolean {
    return [...this.all].some(({ policy }) => 'entityRef' in policy.scope);
  }

  get size(): number {
    return this.#byId.size;
  }

  get(id: string): BookedPolicy | undefined {
    return this.#byId.get(id);
  }

  /** How far is gone in a cluster: never further than the configuration lets anybody. */
  modeIn(cluster: string, mode: ActingMode): ActingMode {
    const { upTo, clustersUpTo } = this.#config;
    return [upTo, clustersUpTo.get(cluster) ?? upTo].reduce(lower, mode);
  }
}

const ORDER: readonly ActingMode[] = ['observe', 'propose', 'enforce'];

/** The one of both that goes less far. */
export function lower(a: ActingMode, b: ActingMode): ActingMode {
  return ORDER[Math.min(ORDER.indexOf(a), ORDER.indexOf(b))];
}
