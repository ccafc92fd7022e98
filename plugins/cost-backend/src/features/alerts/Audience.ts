import { CostAlert } from '@headroom/plugin-cost-common';
import { Entitlement } from './Entitlement';
import { People } from './People';

/** Who is told of an alert. */
export interface Reached {
  /** Users, and whether they are told amounts. */
  users: Map<string, boolean>;
  /** Groups with a channel of their own: who reads there is not known, so that amounts are not said. */
  channels: Set<string>;
  /** Groups on whose page the cost is. */
  teams: readonly string[];
}

/** @internal */
export interface AudienceOptions {
  people: People;
  entitlement: Entitlement;
  platformTeam?: string;
}

/**
 * Finds who is told of what: those named, else who owns it, else the platform team.
 * Every user is named to the notifications plugin by Headroom, never a group: the
 * plugin would tell groups below it as well, of amounts that are not theirs.
 */
export class Audience {
  readonly #options: AudienceOptions;

  static create(options: AudienceOptions) {
    return new Audience(options);
  }

  private constructor(options: AudienceOptions) {
    this.#options = options;
  }

  /** In the order of alerts; nobody in it = nobody can be told. */
  async of(alerts: readonly CostAlert[]): Promise<Reached[]> {
    const { people, platformTeam } = this.#options;
    await people.meet(alerts.flatMap(({ subject }) => ownable(subject)));
    const named = alerts.map(alert => this.#recipients(alert));
    await people.meet([
      ...named.flat(),
      ...(platformTeam === undefined ? [] : [platformTeam]),
    ]);
    const reached: Reached[] = [];
    for (const [i, alert] of alerts.entries()) {
      const own = await this.#reach(named[i], alert);
      reached.push(
        isNobody(own) && platformTeam !== undefined
          ? await this.#reach([platformTeam], alert)
          : own,
      );
    }
    return reached;
  }

  #recipients({ notify, subject }: CostAlert): readonly string[] {
    const { people, entitlement } = this.#options;
    if (notify.length > 0) {
      return notify;
    }
    switch (subject.type) {
      case 'group':
        return [subject.entityRef];
      case 'service':
        return entitlement.owners(subject.entityRef);
      case 'system':
      case 'domain':
        return people.get(subject.entityRef)?.owners ?? [];
      default:
        return [];
    }
  }

  async #reach(
    recipients: readonly string[],
    alert: CostAlert,
  ): Promise<Reached> {
    const { people, entitlement } = this.#options;
    const reached: Reached = {
      users: new Map(),
      channels: new Set(),
      teams: this.#teams(alert),
    };
    const tell = (user: string, withAmounts: boolean) =>
      reached.users.set(user, withAmounts || reached.users.get(user) === true);
    for (const ref of recipients) {
      const person = people.get(ref);
      if (ref.startsWith('user:')) {
        const groups = person?.memberOf ?? [];
        tell(ref, entitlement.mayRead([ref, ...groups], alert));
        continue;
      }
      if (person?.hasChannel) {
        reached.channels.add(ref);
      }
      const members = person?.members ?? [];
      const withAmounts = entitlement.mayRead([ref], alert);
      members.forEach(user => tell(user, withAmounts));
      if (members.length === 0) {
        const below = await this.#membersBelow(ref);
        below.forEach(user => tell(user, false));
      }
    }
    return reached;
  }

  #teams({ subject }: CostAlert): readonly string[] {
    switch (subject.type) {
      case 'group':
        return [subject.entityRef];
      case 'service':
        return this.#options.entitlement
          .owners(subject.entityRef)
          .filter(owner => owner.startsWith('group:'));
      default:
        return [];
    }
  }

  /** Of the nearest groups below one that have any. */
  async #membersBelow(group: string): Promise<string[]> {
    const { people } = this.#options;
    const seen = new Set([group]);
    let level = people.get(group)?.children ?? [];
    while (level.length > 0) {
      level.forEach(each => seen.add(each));
      await people.meet(level);
      const members = level.flatMap(each => people.get(each)?.members ?? []);
      if (members.length > 0) {
        return members;
      }
      level = level
        .flatMap(each => people.get(each)?.children ?? [])
        .filter(each => !seen.has(each));
    }
    return [];
  }
}

/** What has an owner in the catalog that no mirror has. */
function ownable(subject: CostAlert['subject']): string[] {
  return subject.type === 'system' || subject.type === 'domain'
    ? [subject.entityRef]
    : [];
}

/** Nobody is told. */
export function isNobody({ users, channels }: Reached): boolean {
  return users.size === 0 && channels.size === 0;
}
