import {
  AuditorService,
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, toError } from '@backstage/errors';
import {
  AnomalyExpectationRequest,
  AnomalyRow,
  costAnomalyDecidePermission,
} from '@headroom/plugin-cost-common';
import express from 'express';
import { CostScopes } from '../../core/CostScopes';
import { AnomalyReportStore } from '../../database/AnomalyReportStore';
import { anomalyIdOf, noSuchAnomaly } from './AnomalyRequest';

/** @internal */
export interface ExpectationsOptions {
  auditor: AuditorService;
  /** Says whose anomalies a caller may see. */
  scopes: CostScopes;
  now: () => Date;
}

/** Who says it, and of what. */
export interface ExpectationCall {
  request: express.Request;
  credentials: BackstageCredentials<BackstageUserPrincipal>;
  /** As it was asked for. */
  id: string;
}

/** Lets people say that an incident is expected, and take that back. Every try is audited. */
export class Expectations {
  readonly #options: ExpectationsOptions;

  static create(options: ExpectationsOptions) {
    return new Expectations(options);
  }

  private constructor(options: ExpectationsOptions) {
    this.#options = options;
  }

  /**
   * @param parse - reads what is said; what it throws is audited too
   * @throws NotFoundError when the caller may not see such an incident,
   * NotAllowedError when they may see it but not say this.
   */
  async expect(
    call: ExpectationCall,
    parse: () => AnomalyExpectationRequest,
  ): Promise<Omit<AnomalyRow, 'sentence'>> {
    return this.#audited('anomaly-expect', call, async () => {
      const { anomalies, id } = await this.#requireAllowed(call);
      const said = parse();
      const row = await anomalies.expect(id, {
        ...said,
        by: call.credentials.principal.userEntityRef,
        at: this.#options.now().toISOString(),
      });
      if (!row) {
        throw noSuchAnomaly(call.id);
      }
      return { result: row, meta: { ...said } };
    });
  }

  /** Errors as {@link Expectations.expect}. Nothing said is no error. */
  async unexpect(call: ExpectationCall): Promise<void> {
    await this.#audited('anomaly-unexpect', call, async () => {
      const { anomalies, id } = await this.#requireAllowed(call);
      const removed = await anomalies.unexpect(id, this.#options.now());
      return { result: undefined, meta: { removed } };
    });
  }

  async #audited<T>(
    eventId: 'anomaly-expect' | 'anomaly-unexpect',
    { request, id }: ExpectationCall,
    work: () => Promise<{
      result: T;
      meta: Record<string, string | boolean>;
    }>,
  ): Promise<T> {
    const event = await this.#options.auditor.createEvent({
      eventId,
      request,
      severityLevel: 'medium',
      meta: { anomalyId: /^\d{1,10}$/.test(id) ? id : 'invalid' },
    });
    try {
      const { result, meta } = await work();
      await event.success({ meta });
      return result;
    } catch (error) {
      await event.fail({ error: toError(error) });
      throw error;
    }
  }

  async #requireAllowed({
    id: asked,
    credentials,
  }: ExpectationCall): Promise<{ anomalies: AnomalyReportStore; id: number }> {
    const { scopes } = this.#options;
    const { anomalies } = await scopes.open('fleet', credentials);
    const id = anomalyIdOf(asked);
    const found = await anomalies.find(id);
    if (!found) {
      throw noSuchAnomaly(asked);
    }
    const decide = (await scopes.openToExpect(credentials))?.anomalies;
    if (!decide || !(await decide.find(id))) {
      throw new NotAllowedError(
        `You need the permission ${costAnomalyDecidePermission.name} on ${
          found.kind === 'team' ? 'everything' : found.entityRef
        } to say that its cost is expected`,
      );
    }
    return { anomalies: decide, id };
  }
}
