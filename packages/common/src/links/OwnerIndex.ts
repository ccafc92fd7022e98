import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { LinkableEntity } from './linkableEntity';

/** @internal */
export interface NamedEntity {
  entity: LinkableEntity;
  /** It is what the value stands for by itself, not only one of that name. */
  exact: boolean;
}

/** Entities by what an owner label may call them: name or full reference. @internal */
export class OwnerIndex {
  readonly #byName = new Map<string, LinkableEntity[]>();
  readonly #byRef = new Map<string, LinkableEntity>();

  static create(entities: readonly LinkableEntity[]): OwnerIndex {
    const index = new OwnerIndex();
    for (const entity of entities) {
      const { name } = parseEntityRef(entity.entityRef);
      const key = lower(name);
      const namesakes = index.#byName.get(key);
      if (namesakes) {
        namesakes.push(entity);
      } else {
        index.#byName.set(key, [entity]);
      }
      index.#byRef.set(lower(entity.entityRef), entity);
    }
    return index;
  }

  find(value: string): NamedEntity[] {
    const key = lower(value);
    const exact = this.#byRef.get(fullRef(key) ?? '');
    if (/[:/]/.test(key)) {
      return exact ? [{ entity: exact, exact: true }] : [];
    }
    return (this.#byName.get(key) ?? []).map(entity => ({
      entity,
      exact: entity === exact,
    }));
  }
}

function fullRef(value: string): string | undefined {
  try {
    return stringifyEntityRef(
      parseEntityRef(value, {
        defaultKind: 'component',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    return undefined;
  }
}

function lower(text: string): string {
  return text.toLocaleLowerCase('en-US');
}
