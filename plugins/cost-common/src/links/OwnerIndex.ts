import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { LinkableEntity } from './linkableEntity';

/** Entities by what an owner label may call them: name or full reference. @internal */
export class OwnerIndex {
  readonly #byName = new Map<string, LinkableEntity[]>();
  readonly #byRef = new Map<string, LinkableEntity>();

  static create(entities: readonly LinkableEntity[]): OwnerIndex {
    const index = new OwnerIndex();
    for (const entity of entities) {
      const { name } = parseEntityRef(entity.entityRef);
      const key = name.toLocaleLowerCase('en-US');
      index.#byName.set(key, [...(index.#byName.get(key) ?? []), entity]);
      index.#byRef.set(entity.entityRef.toLocaleLowerCase('en-US'), entity);
    }
    return index;
  }

  find(value: string): LinkableEntity[] {
    const key = value.toLocaleLowerCase('en-US');
    if (!/[:/]/.test(key)) {
      return this.#byName.get(key) ?? [];
    }
    try {
      const entity = this.#byRef.get(
        stringifyEntityRef(
          parseEntityRef(key, {
            defaultKind: 'component',
            defaultNamespace: 'default',
          }),
        ),
      );
      return entity ? [entity] : [];
    } catch {
      return [];
    }
  }
}
