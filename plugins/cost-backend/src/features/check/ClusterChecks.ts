import {
  AuditorService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError, toError } from '@backstage/errors';
import { ClusterConfig } from '@headroom/plugin-clusters-node';
import { CheckSeverity, ClusterCheckEvent } from '@headroom/common';
import { wordClusterCheck } from '@headroom/plugin-cost-common';
import express from 'express';
import { said } from '@headroom/node';
import { CostAuthorizer } from '../../core/permissions/CostAuthorizer';
import { ClusterChecker } from './ClusterChecker';

/** @internal */
export interface ClusterChecksOptions {
  clusters: ClusterConfig[];
  checker: ClusterChecker;
  authorizer: CostAuthorizer;
  auditor: AuditorService;
  logger: LoggerService;
}

/** Who wants which cluster checked. */
export interface CheckCall {
  request: express.Request;
  credentials: BackstageCredentials;
  /** As it came. */
  cluster: string;
}

/**
 * Lets those who may see the state of sources have a cluster checked, one check
 * of a cluster at a time: it makes the back end send requests. Every try is
 * audited. Nothing is kept: what one caller saw is asked anew for the next.
 */
export class ClusterChecks {
  readonly #options: ClusterChecksOptions;
  readonly #underWay = new Set<string>();

  static create(options: ClusterChecksOptions) {
    return new ClusterChecks(options);
  }

  private constructor(options: ClusterChecksOptions) {
    this.#options = options;
  }

  /**
   * @param start - called once when the check begins; what it gives takes events
   * @throws NotAllowedError, NotFoundError or ConflictError before it begins;
   * afterwards nothing, what goes wrong is the last event.
   */
  async run(
    { request, credentials, cluster: name }: CheckCall,
    signal: AbortSignal,
    start: () => (event: ClusterCheckEvent) => void,
  ): Promise<void> {
    const { auditor, authorizer } = this.#options;
    const cluster = this.#options.clusters.find(each => each.name === name);
    const audit = await auditor.createEvent({
      eventId: 'cluster-check',
      request,
      severityLevel: 'medium',
      meta: { cluster: cluster?.name ?? 'unknown' },
    });
    try {
      await authorizer.requireSources(credentials);
      if (!cluster) {
        throw new NotFoundError(
          `There is no cluster ${said(name)} under headroom.clusters`,
        );
      }
      if (this.#underWay.has(cluster.name)) {
        throw new ConflictError(
          `A check of ${cluster.title} is under way already; try again when it has ended, in two minutes at most`,
        );
      }
    } catch (error) {
      await audit.fail({ error: toError(error) });
      throw error;
    }
    this.#underWay.add(cluster.name);
    try {
      const meta = await this.#events(cluster, signal, start());
      await audit.success({ meta });
    } finally {
      this.#underWay.delete(cluster.name);
    }
  }

  async #events(
    cluster: ClusterConfig,
    signal: AbortSignal,
    take: (event: ClusterCheckEvent) => void,
  ): Promise<Record<CheckSeverity, number> & { end: string }> {
    const { checker, logger } = this.#options;
    const counts = { wrong: 0, missing: 0, note: 0, right: 0 };
    let end = 'cancelled';
    try {
      for await (const event of checker.check(cluster, signal)) {
        if (event.type === 'finding') {
          counts[event.finding.severity] += 1;
        } else if (event.type === 'finished' || event.type === 'failed') {
          end = event.type;
        }
        take(event);
      }
    } catch (error) {
      if (!signal.aborted) {
        end = 'failed';
        logger.error(`The check of ${cluster.name} failed`, toError(error));
        take({
          type: 'failed',
          ...wordClusterCheck('failed'),
        });
      }
    }
    return { ...counts, end };
  }
}
