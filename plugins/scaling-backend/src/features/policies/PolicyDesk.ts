import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { slices } from '@headroom/node';
import {
  checkPolicy,
  planSchedule,
  subjectOf,
  Policy,
  PolicyClock,
  PolicyIndex,
  PolicyPreview,
  PolicyView,
  readPolicy,
  ScalingPage,
  ScalingTarget,
} from '@headroom/plugin-scaling-common';
import { Filter, pageOf } from '../../core/report/paging';
import {
  issueView,
  mayWrite,
  PolicyViews,
} from '../../core/report/PolicyViews';
import { stretchesOf } from '../../core/report/stretches';
import { workloadOf } from '../../core/report/workloadOf';
import { BookedPolicy } from '../../core/fleet/PolicyBook';
import { FleetView } from '../../core/fleet/FleetView';
import { Person } from '../../core/Requests';
import { ScalingCore } from '../../core/ScalingCore';
import { Caller } from '../../core/ScalingScopes';
import { asOfPage } from './asOfPage';

const PREVIEW_HORIZON_MS = 8 * 24 * 3_600_000;
const MOST_PREVIEWED = 100;
/** Ids of policies that annotations make. */
const TAKEN = /^annotation:/;

/** @internal */
export interface PolicyDeskOptions {
  core: Pick<ScalingCore, 'config' | 'fleet' | 'stores' | 'now'>;
  views: PolicyViews;
}

/** Where policies are looked at, tried out, made and changed. */
export class PolicyDesk {
  readonly #options: PolicyDeskOptions;

  static create(options: PolicyDeskOptions): PolicyDesk {
    return new PolicyDesk(options);
  }

  private constructor(options: PolicyDeskOptions) {
    this.#options = options;
  }

  async list(caller: Caller, filter: Filter): Promise<ScalingPage<PolicyView>> {
    const { core, views } = this.#options;
    const view = await core.fleet.recent();
    const visible = await views.visible(caller, view);
    const found: BookedPolicy[] = [];
    for (const booked of visible) {
      if (await matches(booked.policy, filter, view)) {
        found.push(booked);
      }
    }
    found.sort((a, b) => (a.policy.title < b.policy.title ? -1 : 1));
    const { rows, ...page } = pageOf(found, filter);
    return {
      ...page,
      rows: await Promise.all(
        rows.map(booked => views.view(booked, caller, view)),
      ),
    };
  }

  /** Checks a policy and says what it would do; nothing is kept. */
  async preview(person: Person, body: unknown): Promise<PolicyPreview> {
    const { core } = this.#options;
    const { caller } = person;
    const { calendars } = core.config;
    const view = await core.fleet.recent();
    const read = readPolicy(asOfPage(body, person.userRef), {
      nowMs: view.atMs,
      calendars,
    });
    if (!read.policy) {
      return {
        issues: read.issues.map(issueView),
        workloads: [],
        matches: 0,
        stretches: [],
        actions: [],
        withheld: [],
      };
    }
    const { policy } = read;
    const seen = [...view.targets()].filter(({ entityRef }) =>
      caller.read.sees(entityRef),
    );
    const won = await wonBy(policy, seen, view);
    const clock = PolicyClock.create(policy, { calendars });
    const plans = won.slice(0, MOST_PREVIEWED).map(target => ({
      subject: subjectOf(target),
      plan: planSchedule({
        target,
        wanted: { policy, state: clock.stateAt(view.atMs, target) },
        nowMs: view.atMs,
      }),
    }));
    return {
      issues: checkPolicy(policy, {
        nowMs: view.atMs,
        calendars,
        targets: seen,
      }).map(issueView),
      workloads: won.slice(0, MOST_PREVIEWED).map(workloadOf),
      matches: won.length,
      stretches: stretchesOf(clock, {
        fromMs: view.atMs,
        toMs: view.atMs + PREVIEW_HORIZON_MS,
      }),
      actions: plans.flatMap(({ plan }) =>
        plan.changes.map(({ subject, changes, reason }) => ({
          subject,
          changes,
          reason,
        })),
      ),
      withheld: plans.flatMap(({ subject, plan }) =>
        plan.withheld.map(({ text, mend }) => ({
          subject,
          reason: text,
          ...(mend !== undefined && { mend }),
        })),
      ),
    };
  }

  async create(person: Person, body: unknown): Promise<PolicyView> {
    const { core } = this.#options;
    const policy = await this.#required(person, body);
    const view = await core.fleet.recent();
    if (TAKEN.test(policy.id) || view.book.get(policy.id)) {
      throw new ConflictError(
        `There is a policy ${policy.id} already; give this one another id`,
      );
    }
    await core.stores.policies.create(policy, person.userRef);
    return this.#after(policy.id, person);
  }

  /** @returns what it was before, too. */
  async update(
    person: Person,
    id: string,
    body: unknown,
  ): Promise<{ before: Policy; after: PolicyView }> {
    const { core } = this.#options;
    const old = await this.#changeable(person, id);
    const policy = await this.#required(person, body, old);
    if (policy.id !== id) {
      throw new InputError(
        `id is ${policy.id}; it must be ${id}, as it can't be changed`,
      );
    }
    const { before } = await core.stores.policies.update(
      policy,
      person.userRef,
    );
    return {
      before: before.policy,
      after: await this.#after(id, person),
    };
  }

  async delete(person: Person, id: string): Promise<Policy> {
    await this.#changeable(person, id);
    const { stores, fleet } = this.#options.core;
    const { policy } = await stores.policies.delete(id, person.userRef);
    fleet.forget();
    return policy;
  }

  /** @param until - ISO 8601 UTC; null lets it go on */
  async pause(
    person: Person,
    id: string,
    until: string | null,
  ): Promise<{ before?: string; after: PolicyView }> {
    const { core } = this.#options;
    const view = await core.fleet.recent();
    const booked = await this.#seen(person.caller, id, view);
    this.#requireWrite(booked.policy, person.caller, view);
    await core.stores.policies.pause(id, until, person.userRef);
    return {
      ...(booked.pausedUntil && { before: booked.pausedUntil }),
      after: await this.#after(id, person),
    };
  }

  /** @throws InputError that names the field where it is wrong; NotAllowedError. */
  async #required(
    person: Person,
    body: unknown,
    before?: Policy,
  ): Promise<Policy> {
    const { core } = this.#options;
    const view = await core.fleet.recent();
    const { policy, issues } = readPolicy(
      asOfPage(body, person.userRef, before),
      {
        nowMs: view.atMs,
        calendars: core.config.calendars,
        targets: [...view.targets()].filter(({ entityRef }) =>
          person.caller.read.sees(entityRef),
        ),
      },
    );
    const wrong = issues.filter(({ severity }) => severity === 'error');
    if (!policy || wrong.length > 0) {
      throw new InputError(wrong.map(({ text }) => text.message).join(' '));
    }
    this.#requireWrite(policy, person.caller, view);
    return policy;
  }

  #requireWrite(policy: Policy, caller: Caller, view: FleetView): void {
    if (mayWrite(policy, caller, view)) {
      return;
    }
    if ('entityRef' in policy.scope) {
      const { entityRef } = policy.scope;
      caller.require(
        'writePolicies',
        [entityRef.toLocaleLowerCase('en-US')],
        `make policies for ${entityRef}`,
      );
    }
    caller.requireEverywhere(
      'writePolicies',
      'make policies for workloads that nobody can name beforehand, or that are others’; choose a service instead',
    );
  }

  async #changeable(person: Person, id: string): Promise<Policy> {
    const view = await this.#options.core.fleet.look();
    const { policy } = await this.#seen(person.caller, id, view);
    if (policy.origin.type !== 'page') {
      throw new ConflictError(
        policy.origin.type === 'config'
          ? `Policy ${id} is declared in the configuration and is changed there`
          : `Policy ${id} is an annotation of ${policy.origin.of} and is changed there`,
      );
    }
    this.#requireWrite(policy, person.caller, view);
    return policy;
  }

  async #seen(
    caller: Caller,
    id: string,
    view: FleetView,
  ): Promise<BookedPolicy> {
    const visible = await this.#options.views.visible(caller, view);
    const booked = visible.find(({ policy }) => policy.id === id);
    if (!booked) {
      throw new NotFoundError(`There is no policy ${id}`);
    }
    return booked;
  }

  async #after(id: string, { caller }: Person): Promise<PolicyView> {
    const { core, views } = this.#options;
    core.fleet.forget();
    const view = await core.fleet.look();
    const booked = view.book.get(id);
    if (!booked) {
      throw new NotFoundError(`Policy ${id} was deleted meanwhile`);
    }
    return views.view(booked, caller, view);
  }
}

async function matches(
  policy: Policy,
  { cluster, namespace, entityRef, policyId, text }: Filter,
  view: FleetView,
): Promise<boolean> {
  if (policyId !== undefined && policy.id !== policyId) {
    return false;
  }
  if (
    text !== undefined &&
    !`${policy.id} ${policy.title}`
      .toLocaleLowerCase('en-US')
      .includes(text.toLocaleLowerCase('en-US'))
  ) {
    return false;
  }
  const wanted = [cluster, namespace, entityRef].some(
    each => each !== undefined,
  );
  return (
    !wanted ||
    ((await view.matches()).get(policy.id) ?? []).some(
      target =>
        (cluster ?? target.workload.cluster) === target.workload.cluster &&
        (namespace ?? target.workload.namespace) ===
          target.workload.namespace &&
        (entityRef ?? target.entityRef) === target.entityRef,
    )
  );
}

/** Workloads that a policy would win among those that there are. */
async function wonBy(
  policy: Policy,
  targets: readonly ScalingTarget[],
  view: FleetView,
): Promise<ScalingTarget[]> {
  const alone = PolicyIndex.create([policy]);
  const all = PolicyIndex.create([
    ...[...view.book.all].flatMap(each =>
      each.policy.id === policy.id ? [] : [each.policy],
    ),
    policy,
  ]);
  const won: ScalingTarget[] = [];
  for await (const slice of slices(targets, 2000)) {
    won.push(
      ...slice.filter(
        target =>
          alone.winnerOf(target) && all.winnerOf(target)?.id === policy.id,
      ),
    );
  }
  return won;
}
