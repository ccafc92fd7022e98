import {
  AuditorService,
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError, toError } from '@backstage/errors';
import {
  costBudgetWritePermission,
  GuardOverrideRequest,
  SavedGuardOverride,
} from '@headroom/plugin-cost-common';
import express from 'express';
import { CostScopes } from '../../core/CostScopes';
import { readEntityRef } from '../../core/readEntityRef';

const MOST_DAYS = 90;
const DAY_MS = 86_400_000;

/** @internal */
export interface GuardOverridesOptions {
  auditor: AuditorService;
  scopes: CostScopes;
  now: () => Date;
}

/** Who lets a change pass. */
export interface OverrideCall {
  request: express.Request;
  credentials: BackstageCredentials<BackstageUserPrincipal>;
}

/** Lets people let a change pass that is denied. Every try is audited. */
export class GuardOverrides {
  readonly #options: GuardOverridesOptions;

  static create(options: GuardOverridesOptions) {
    return new GuardOverrides(options);
  }

  private constructor(options: GuardOverridesOptions) {
    this.#options = options;
  }

  /**
   * @param parse - reads what is asked; what it throws is audited too
   * @throws NotAllowedError unless the caller may budget the service or the group
   * itself; InputError when it would end in the past or too late.
   */
  async add(
    { request, credentials }: OverrideCall,
    parse: () => GuardOverrideRequest,
  ): Promise<SavedGuardOverride> {
    const event = await this.#options.auditor.createEvent({
      eventId: 'guard-override',
      request,
      severityLevel: 'medium',
    });
    try {
      const saved = await this.#add(credentials, parse());
      const { entityRef, change, reason, until } = saved;
      await event.success({ meta: { entityRef, change, reason, until } });
      return saved;
    } catch (error) {
      await event.fail({ error: toError(error) });
      throw error;
    }
  }

  async #add(
    credentials: BackstageCredentials<BackstageUserPrincipal>,
    { change, reason, ...asked }: GuardOverrideRequest,
  ): Promise<SavedGuardOverride> {
    const { scopes, now } = this.#options;
    const entityRef = readEntityRef(asked.entityRef);
    const at = now();
    const until = new Date(asked.until);
    const length = until.getTime() - at.getTime();
    if (length <= 0 || length > MOST_DAYS * DAY_MS) {
      throw new InputError(
        `until is ${asked.until}; it must be later than now, by at most ${MOST_DAYS} days`,
      );
    }
    const stores = await scopes.openToBudget(credentials);
    if (!stores || !(await stores.budgetScopes.has(entityRef))) {
      throw new NotAllowedError(
        `You need the permission ${costBudgetWritePermission.name} on ${entityRef} to let its changes pass`,
      );
    }
    const saved = {
      entityRef,
      change,
      person: credentials.principal.userEntityRef,
      reason,
      until: until.toISOString(),
    };
    await stores.guardOverrides.add(saved, at);
    return saved;
  }
}
