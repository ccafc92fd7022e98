import {
  conflictBase,
  LabelReading,
  snakeCaseLabelKey,
} from '../labels/labels';
import { LabelRequirement, matchesRequirements } from '../labels/labelSelector';
import { LinkableEntity } from './linkableEntity';
import { readClaimSelector } from './readClaimSelector';
import { LinkableWorkload } from './types';

/** An entity's selector. @internal */
export interface EntitySelector {
  entity: LinkableEntity;
  requirements: LabelRequirement[];
}

/** A selector that matched. @internal */
export interface SelectorMatch extends EntitySelector {
  /** Keys whose labels can't be told apart, and that decide whether it matches. */
  undecided: string[];
}

/**
 * Selectors by the rarest label value they ask for, so that a workload is
 * checked against the few selectors that can match it and not against all.
 *
 * @internal
 */
export class SelectorIndex {
  readonly #byValue = new Map<string, EntitySelector[]>();
  /** Names that a selector may have for a key of a workload: the same keys are on most. */
  readonly #names = new Map<string, string[]>();

  /** Of selectors that can't be read or are refused there are none. */
  static create(entities: readonly LinkableEntity[]): SelectorIndex {
    const index = new SelectorIndex();
    const selectors = entities.flatMap(entity => {
      const { requirements } = readClaimSelector(entity.labelSelector);
      return requirements ? [{ entity, requirements }] : [];
    });
    const uses = new Map<string, number>();
    for (const { requirements } of selectors) {
      for (const place of requirements.flatMap(placesOf)) {
        uses.set(place, (uses.get(place) ?? 0) + 1);
      }
    }
    for (const selector of selectors) {
      index.#add(selector, uses);
    }
    return index;
  }

  /** Every selector that holds for the workload's labels, or that may. */
  matches(
    { labels, kubernetesLabels }: LinkableWorkload,
    read: (key: string) => LabelReading,
  ): SelectorMatch[] {
    const found = new Set<EntitySelector>();
    for (const source of [labels, kubernetesLabels ?? {}]) {
      for (const [key, value] of Object.entries(source)) {
        for (const name of this.#namesOf(key)) {
          const here = this.#byValue.get(`${name}\0${value}`);
          here?.forEach(selector => found.add(selector));
        }
      }
    }
    return [...found].flatMap(selector => {
      const undecided = undecidedKeys(selector.requirements, read);
      return undecided ? [{ ...selector, undecided }] : [];
    });
  }

  #namesOf(key: string): string[] {
    const known = this.#names.get(key);
    if (known) {
      return known;
    }
    const base = conflictBase(key);
    const names = (base === undefined ? [key] : [key, base]).map(
      snakeCaseLabelKey,
    );
    this.#names.set(key, names);
    return names;
  }

  #add(selector: EntitySelector, uses: Map<string, number>): void {
    const options = selector.requirements
      .map(placesOf)
      .filter(places => places.length > 0);
    const load = (places: string[]) =>
      places.reduce((sum, place) => sum + (uses.get(place) ?? 0), 0);
    const places = options.reduce((best, option) =>
      load(option) < load(best) ? option : best,
    );
    for (const place of places) {
      const held = this.#byValue.get(place);
      if (held) {
        held.push(selector);
      } else {
        this.#byValue.set(place, [selector]);
      }
    }
  }
}

/** Keys that leave open whether the requirements hold; undefined when they don't. */
function undecidedKeys(
  requirements: LabelRequirement[],
  read: (key: string) => LabelReading,
): string[] | undefined {
  const undecided: string[] = [];
  for (const requirement of requirements) {
    const { values } = read(requirement.key);
    const options = values.length > 0 ? values : [undefined];
    const holds = options.filter(value =>
      matchesRequirements([requirement], () => value),
    );
    if (holds.length === 0) {
      return undefined;
    }
    if (holds.length < options.length) {
      undecided.push(requirement.key);
    }
  }
  return undecided;
}

/** Where a selector with this requirement can be found; every selector asks for a value. */
function placesOf({ key, operator, values }: LabelRequirement): string[] {
  // The same for every way a key is written; whether it is the right one is checked after.
  const name = snakeCaseLabelKey(key);
  return operator === 'in' ? values.map(value => `${name}\0${value}`) : [];
}
