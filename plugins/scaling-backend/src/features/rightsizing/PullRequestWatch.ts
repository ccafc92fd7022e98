import { RepositoryTarget } from '@headroom/common';
import { KubernetesAccess } from '@headroom/plugin-clusters-node';
import { AppliedAction, Verdict } from '@headroom/plugin-controllers-node';
import {
  hasQuantities,
  wordRightsizing,
} from '@headroom/plugin-scaling-common';
import { RepositoryActuator } from '@headroom/plugin-scaling-node';
import { readTemplate } from './readTemplate';

/** A cluster that didn't follow a merge in so long does not follow it. */
const FOLLOW_SECONDS = 180 * 24 * 3600;
/** The older a pull request is, the less often it is asked about; at most so long. */
const LONGEST_WAIT_MS = 3_600_000;
const AGES_IN_A_WAIT = 20;
/** More aren't open at once; past it all are asked about anew. */
const MOST_WAITING = 10_000;

/**
 * Watches pull requests until they are closed, or until the cluster runs what was
 * merged. Each is asked about again when a twentieth of its age has passed, an hour at
 * most: a forge counts requests.
 */
export class PullRequestWatch {
  readonly #repositories: Pick<RepositoryActuator, 'pullRequest'>;
  readonly #kubernetes: KubernetesAccess;
  readonly #now: () => Date;
  /** By action: when it is asked about again, milliseconds since 1970. */
  readonly #nextAt = new Map<string, number>();

  static create(options: {
    repositories: Pick<RepositoryActuator, 'pullRequest'>;
    kubernetes: KubernetesAccess;
    now: () => Date;
  }): PullRequestWatch {
    return new PullRequestWatch(options);
  }

  private constructor({
    repositories,
    kubernetes,
    now,
  }: Parameters<typeof PullRequestWatch.create>[0]) {
    this.#repositories = repositories;
    this.#kubernetes = kubernetes;
    this.#now = now;
  }

  async verdict(
    action: AppliedAction,
    target: RepositoryTarget,
    signal: AbortSignal,
  ): Promise<Verdict> {
    const now = this.#now().getTime();
    if (now < (this.#nextAt.get(action.id) ?? 0)) {
      return { outcome: 'notYet' };
    }
    this.#wait(action, now);
    const { url, state } = await this.#repositories.pullRequest(action, signal);
    const { runs } = target;
    if (state === 'open') {
      return { outcome: 'notYet' };
    }
    if (state === 'closed' || !runs) {
      return this.#over(action, wordRightsizing(state, { url }));
    }
    const { cluster, kind, name, namespace = '' } = runs.target;
    const object = await readTemplate(
      this.#kubernetes,
      cluster,
      { kind, namespace, name },
      signal,
    );
    if (object && hasQuantities(object, runs.changes)) {
      const { subject } = action;
      return this.#over(action, wordRightsizing('runs', { subject, url }));
    }
    return action.ageSeconds < FOLLOW_SECONDS
      ? { outcome: 'notYet' }
      : this.#over(action, wordRightsizing(state, { url }));
  }

  #wait({ id, ageSeconds }: AppliedAction, now: number): void {
    if (this.#nextAt.size >= MOST_WAITING) {
      this.#nextAt.clear();
    }
    const wait = Math.floor(ageSeconds / AGES_IN_A_WAIT) * 1000;
    this.#nextAt.set(id, now + Math.min(wait, LONGEST_WAIT_MS));
  }

  #over(
    { id }: AppliedAction,
    text: ReturnType<typeof wordRightsizing>,
  ): Verdict {
    this.#nextAt.delete(id);
    return { outcome: 'ok', text };
  }
}
