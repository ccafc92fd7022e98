import {
  AuditorService,
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, toError } from '@backstage/errors';
import {
  AdviceDecision,
  AdviceDecisionRequest,
  costAdviceDecidePermission,
} from '@headroom/plugin-cost-common';
import express from 'express';
import { Knex } from 'knex';
import { AdviceReportStore } from '../../database/AdviceReportStore';
import { AdviceStore } from '../../database/AdviceStore';
import { ReportStore } from '../../database/ReportStore';
import { CostAuthorizer } from '../../core/permissions/CostAuthorizer';
import { CostScopes } from '../../core/CostScopes';
import { noSuchAdvice, parseAdviceId } from './AdviceRequest';

/** @internal */
export interface AdviceDecisionsOptions {
  knex: Knex;
  authorizer: CostAuthorizer;
  auditor: AuditorService;
  /** Says whose advice a caller may see. */
  scopes: CostScopes;
  now: () => Date;
}

/** Who asks, and for what. */
export interface DecisionCall {
  request: express.Request;
  credentials: BackstageCredentials<BackstageUserPrincipal>;
  adviceId: string;
}

/** Lets owners dismiss and snooze advice, and take that back. Every try is audited. */
export class AdviceDecisions {
  readonly #options: AdviceDecisionsOptions;
  readonly #store: AdviceStore;

  static create(options: AdviceDecisionsOptions) {
    return new AdviceDecisions(options);
  }

  private constructor(options: AdviceDecisionsOptions) {
    this.#options = options;
    this.#store = AdviceStore.create({ knex: options.knex });
  }

  /**
   * @param parse - reads what is asked; what it throws is audited too
   * @throws NotFoundError when the caller may not see such an advice,
   * NotAllowedError when they may see it but not decide.
   */
  async decide(
    call: DecisionCall,
    parse: () => AdviceDecisionRequest,
  ): Promise<AdviceDecision> {
    return this.#audited('advice-decide', call, async () => {
      const containerId = await this.#requireAllowed(call);
      const asked = parse();
      const decision: AdviceDecision = {
        ...asked,
        by: call.credentials.principal.userEntityRef,
        at: this.#options.now().toISOString(),
      };
      if (!(await this.#store.decide(containerId, decision))) {
        throw noSuchAdvice(call.adviceId);
      }
      return { result: decision, meta: { ...asked } };
    });
  }

  /** Takes a decision back; errors as {@link AdviceDecisions.decide}. Nothing decided is no error. */
  async undecide(call: DecisionCall, parse: () => void): Promise<void> {
    await this.#audited('advice-undecide', call, async () => {
      const containerId = await this.#requireAllowed(call);
      parse();
      const removed = await this.#store.undecide(containerId);
      return { result: undefined, meta: { removed } };
    });
  }

  async #audited<T>(
    eventId: 'advice-decide' | 'advice-undecide',
    { request, adviceId }: DecisionCall,
    work: () => Promise<{
      result: T;
      meta: Record<string, string | boolean>;
    }>,
  ): Promise<T> {
    const event = await this.#options.auditor.createEvent({
      eventId,
      request,
      severityLevel: 'medium',
      meta: { adviceId: parseAdviceId(adviceId) ?? 'invalid' },
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
    adviceId,
    credentials,
  }: DecisionCall): Promise<number> {
    const { scopes, knex, now } = this.#options;
    const containerId = parseAdviceId(adviceId);
    const scope = await scopes.fleet(credentials);
    const found =
      scope && containerId !== undefined
        ? await AdviceReportStore.create({ knex }).detail(
            containerId,
            scope,
            now(),
          )
        : undefined;
    if (!found) {
      throw noSuchAdvice(adviceId);
    }
    const { entityRef, containerId: id } = found.row;
    if (!(await this.#mayDecide(entityRef, credentials))) {
      throw new NotAllowedError(
        `You need the permission ${costAdviceDecidePermission.name} on ${
          entityRef ?? 'workloads that belong to no service'
        } to decide about its advice`,
      );
    }
    return id;
  }

  /** What belongs to no service is for those who may decide about everything. */
  async #mayDecide(
    entityRef: string | undefined,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const { authorizer, knex } = this.#options;
    const access = await authorizer.decideAccessOf(credentials);
    if (access.kind !== 'some' || entityRef === undefined) {
      return access.kind === 'everything';
    }
    const entity = await ReportStore.create({ knex }).findEntity(
      entityRef,
      access.where,
    );
    return entity?.allowed ?? false;
  }
}
