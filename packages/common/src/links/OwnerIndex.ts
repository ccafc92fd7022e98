import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { LinkableEntity, nameRefOf } from './linkableEntity';

/** @internal */
export interface NamedEntity {
  entity: LinkableEntity;
  /** The value is its full reference, or `component:default/<name>` where only a name is written. */
  reading: 'full' | 'default' | 'name';
}

/**
 * Entities by what an owner label may call them: a name, or a full reference.
 * Values of labels hold neither `:` nor `/`, so there a full reference is
 * written with dots, `component.default.web`.
 *
 * @internal
 */
export class OwnerIndex {
  readonly #byName = new Map<string, LinkableEntity[]>();
  readonly #byRef = new Map<string, LinkableEntity[]>();

  static create(entities: readonly LinkableEntity[]): OwnerIndex {
    const index = new OwnerIndex();
    for (const entity of entities) {
      const ref = lower(nameRefOf(entity));
      push(index.#byName, parseEntityRef(ref).name, entity);
      push(index.#byRef, ref, entity);
    }
    return index;
  }

  /** Everything that a value may mean; by one that is written out in full there is nothing else. */
  find(value: string): NamedEntity[] {
    const key = lower(value);
    const full = this.#byRef.get(fullRef(key) ?? '') ?? [];
    if (/[:/]/.test(key)) {
      return full.map(entity => ({ entity, reading: 'full' }));
    }
    const dotted = this.#byRef.get(dottedRef(key) ?? '') ?? [];
    const namesakes = this.#byName.get(key) ?? [];
    return [
      ...dotted.map((entity): NamedEntity => ({ entity, reading: 'full' })),
      ...namesakes.map(
        (entity): NamedEntity => ({
          entity,
          reading: full.includes(entity) ? 'default' : 'name',
        }),
      ),
    ];
  }
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const held = map.get(key);
  if (held) {
    held.push(value);
  } else {
    map.set(key, [value]);
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

/** Kinds and namespaces hold no dots, names may. */
function dottedRef(value: string): string | undefined {
  const [kind, namespace, ...name] = value.split('.');
  return name.length > 0 ? `${kind}:${namespace}/${name.join('.')}` : undefined;
}

function lower(text: string): string {
  return text.toLocaleLowerCase('en-US');
}
