import { WorkloadIdentity } from '../allocation/types';
import { labelReader, sanitizeLabelKey } from './labels';
import {
  LabelRequirement,
  matchesRequirements,
  parseLabelSelector,
} from './labelSelector';
import { LinkableEntity } from './linkableEntity';
import { LinkProblems, messageOf } from './problems';

/** An entity whose selector matched. @internal */
export interface SelectorMatch {
  entity: LinkableEntity;
  requirements: LabelRequirement[];
}

/**
 * Selectors by the rarest label value they ask for, so that a workload is
 * checked against the few selectors that can match it and not against all.
 *
 * @internal
 */
export class SelectorIndex {
  readonly #byValue = new Map<string, SelectorMatch[]>();
  readonly #unindexed: SelectorMatch[] = [];

  static create(
    entities: readonly LinkableEntity[],
    problems: LinkProblems,
  ): SelectorIndex {
    const index = new SelectorIndex();
    const selectors = entities.flatMap(entity => read(entity, problems));
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

  /** Every selector that holds for the workload's labels. */
  matches(workload: WorkloadIdentity): SelectorMatch[] {
    const candidates = Object.entries(workload.labels).flatMap(
      ([key, value]) => this.#byValue.get(placeOf(key, value)) ?? [],
    );
    const labels = labelReader(workload);
    return [...candidates, ...this.#unindexed].filter(({ requirements }) =>
      matchesRequirements(requirements, labels),
    );
  }

  #add(selector: SelectorMatch, uses: Map<string, number>): void {
    const options = selector.requirements
      .map(placesOf)
      .filter(places => places.length > 0);
    if (options.length === 0) {
      this.#unindexed.push(selector);
      return;
    }
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

function read(entity: LinkableEntity, problems: LinkProblems): SelectorMatch[] {
  if (entity.labelSelector === undefined) {
    return [];
  }
  const ignore = (reason: string): [] => {
    problems.add({
      code: 'link-selector-invalid',
      severity: 'warning',
      subject: entity.entityRef,
      message: `The label selector of ${entity.entityRef} is ignored: ${reason}`,
    });
    return [];
  };
  try {
    const requirements = parseLabelSelector(entity.labelSelector);
    return requirements.length > 0
      ? [{ entity, requirements }]
      : ignore('it is empty, so it would match every workload');
  } catch (error) {
    return ignore(messageOf(error));
  }
}

/** Where a selector with this requirement can be found; none for what a missing label meets. */
function placesOf({ key, operator, values }: LabelRequirement): string[] {
  return operator === 'in' ? values.map(value => placeOf(key, value)) : [];
}

// Sanitised on both sides; whether the key is the right one is checked after.
function placeOf(key: string, value: string): string {
  return `${sanitizeLabelKey(key)}\0${value}`;
}
