import { RuleHour } from '@headroom/plugin-cost-common';
import { RuleGroup } from '../../database/rules/RuleInputStore';
import { withAbove } from '../anomalies/seriesOf';
import { plus, RuleSubject } from './subjects';

/**
 * Adds services up to teams: each to its owners as they are now, and to all groups above
 * them. An hour of a team is known when it is of all of its services.
 */
export class TeamHours {
  readonly #groups: ReadonlyMap<string, RuleGroup>;
  readonly #parents: ReadonlyMap<string, string[]>;
  readonly #hours = new Map<string, Array<RuleHour | undefined>>();

  static create({ groups }: { groups: readonly RuleGroup[] }) {
    return new TeamHours(groups);
  }

  private constructor(groups: readonly RuleGroup[]) {
    this.#groups = new Map(groups.map(each => [each.groupRef, each]));
    this.#parents = new Map(
      groups.map(({ groupRef, parents }) => [groupRef, parents]),
    );
  }

  add(
    ownerRefs: readonly string[],
    hours: ReadonlyArray<RuleHour | undefined>,
  ): void {
    for (const group of withAbove(ownerRefs, this.#parents)) {
      const sum = this.#hours.get(group);
      this.#hours.set(
        group,
        sum
          ? sum.map((hour, place) => {
              const other = hours[place];
              return hour && other && plus(hour, other);
            })
          : [...hours],
      );
    }
  }

  subjects(): RuleSubject[] {
    return [...this.#hours].map(([entityRef, hours]) => ({
      title: this.#groups.get(entityRef)?.title ?? entityRef,
      scope: { type: 'group', entityRef },
      hours,
    }));
  }
}
