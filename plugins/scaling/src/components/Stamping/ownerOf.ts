import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

/** Who is to own what a form creates, as the catalog writes it. */
export interface FormOwner {
  entityRef: string;
  /** A group, and so one that may have a budget. */
  isGroup: boolean;
}

/** The owner that a form names, as its picker or a person writes it; undefined = none, or no reference. */
export function ownerOf(owner: unknown): FormOwner | undefined {
  if (typeof owner !== 'string' || owner === '') {
    return undefined;
  }
  try {
    const entityRef = stringifyEntityRef(
      parseEntityRef(owner, {
        defaultKind: 'group',
        defaultNamespace: 'default',
      }),
    );
    return { entityRef, isGroup: entityRef.startsWith('group:') };
  } catch {
    return undefined;
  }
}
