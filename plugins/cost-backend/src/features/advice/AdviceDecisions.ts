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
import { AdviceDecisionStore } from '../../database/AdviceDecisionStore';
import { CostScopes } from '../../core/CostScopes';
import { noSuchAdvice, parseAdviceId } from './AdviceRequest';

/** @internal */
export interface AdviceDecisionsOptions {
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

  static create(options: AdviceDecisionsOptions) {
    return new AdviceDecisions(options);
  }

  private constructor(options: AdviceDecisionsOptions) {
    this.#options = options;
  }

  /**
   * @param parse - reads what is asked; what it throws is audited too
   * @throws NotFoundError when the caller may not see such an advice,
   * NotAllowedError when they may see it but not decide, or may see nothing at all.
   */
  async decide(
    call: DecisionCall,
    parse: () => AdviceDecisionRequest,
  ): Promise<AdviceDecision> {
    return this.#audited('advice-decide', call, async () => {
      const { decisions, containerId } = await this.#requireAllowed(call);
      const asked = parse();
      const decision: AdviceDecision = {
        ...asked,
        by: call.credentials.principal.userEntityRef,
        at: this.#options.now().toISOString(),
      };
      if (!(await decisions.decide(containerId, decision))) {
        throw noSuchAdvice(call.adviceId);
      }
      return { result: decision, meta: { ...asked } };
    });
  }

  /** Takes a decision back; errors as {@link AdviceDecisions.decide}. Nothing decided is no error. */
  async undecide(call: DecisionCall, parse: () => void): Promise<void> {
    await this.#audited('advice-undecide', call, async () => {
      const { decisions, containerId } = await this.#requireAllowed(call);
      parse();
      const removed = await decisions.undecide(containerId);
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

  /** The stores in which the caller decides, and of which container. */
  async #requireAllowed({ adviceId, credentials }: DecisionCall): Promise<{
    decisions: AdviceDecisionStore;
    containerId: number;
  }> {
    const { scopes, now } = this.#options;
    const containerId = parseAdviceId(adviceId);
    const { advice } = await scopes.open('fleet', credentials);
    const found =
      containerId === undefined
        ? undefined
        : await advice.detail(containerId, now());
    if (!found) {
      throw noSuchAdvice(adviceId);
    }
    const { entityRef, containerId: id } = found.row;
    const decisions = (await scopes.openToDecide(credentials))?.decisions;
    if (!decisions || !(await decisions.mayDecide(id))) {
      throw new NotAllowedError(
        `You need the permission ${costAdviceDecidePermission.name} on ${
          entityRef ?? 'workloads that belong to no service'
        } to decide about its advice`,
      );
    }
    return { decisions, containerId: id };
  }
}
