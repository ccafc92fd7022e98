import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { ClusterConfig, EndpointConfig } from '../clusters';
import { describeIssue } from './describeIssue';
import { endpointSchema } from './schema';

/** @public */
export interface ClusterSectionOptions<T> {
  /** Under an entry of `headroom.clusters`, e.g. `opencost`. */
  key: string;
  /** What may be written there; its messages complete "headroom.clusters[0].key.field 'value': …". */
  schema: z.ZodType<T>;
}

/**
 * A section of an entry of `headroom.clusters` that a module reads. The module
 * registers it with {@link ClustersService}, so that it is checked at start-up,
 * and asks it what a cluster has.
 *
 * @typeParam T - what is read of it
 * @public
 */
export class ClusterSection<T> {
  readonly key: string;
  readonly #schema: z.ZodType<T>;

  static create<T>(options: ClusterSectionOptions<T>): ClusterSection<T> {
    return new ClusterSection(options);
  }

  /** A section that says how to reach an HTTP endpoint, and nothing else. */
  static endpoint(key: string): ClusterSection<EndpointConfig> {
    return new ClusterSection({ key, schema: endpointSchema });
  }

  private constructor({ key, schema }: ClusterSectionOptions<T>) {
    this.key = key;
    this.#schema = schema;
  }

  /**
   * What a cluster has there; undefined when it has no such section.
   *
   * @throws InputError when it can't be read, which registering it rules out.
   */
  of(cluster: ClusterConfig): T | undefined {
    const value = this.#valueOf(cluster);
    if (value === undefined) {
      return undefined;
    }
    const parsed = this.#schema.safeParse(value);
    if (!parsed.success) {
      throw new InputError(
        `Invalid configuration: ${this.problems(
          cluster,
          `headroom.clusters[${cluster.name}]`,
        ).join('; ')}`,
      );
    }
    return parsed.data;
  }

  /**
   * What is wrong with it, a sentence each, which quotes no secret.
   *
   * @param path - of the cluster's entry
   * @internal
   */
  problems(cluster: Pick<ClusterConfig, 'sections'>, path: string): string[] {
    const value = this.#valueOf(cluster);
    const parsed = this.#schema.optional().safeParse(value);
    return (parsed.error?.issues ?? []).map(issue =>
      describeIssue(`${path}.${this.key}`, issue, value),
    );
  }

  #valueOf({ sections = {} }: Pick<ClusterConfig, 'sections'>): unknown {
    return Object.hasOwn(sections, this.key) ? sections[this.key] : undefined;
  }
}
