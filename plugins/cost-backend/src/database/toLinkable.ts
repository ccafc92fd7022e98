import { LinkableEntity, toLinkableEntity } from '@headroom/common';

/** What a row of an entity says it claims workloads by. */
export interface ClaimsRow {
  kind: string;
  namespace: string;
  name: string;
  annotations: Record<string, string>;
  owner_refs: string[];
  location: string | null;
}

/** A row of an entity as what workloads can be linked to. */
export function toLinkable(row: ClaimsRow): LinkableEntity {
  const { kind, namespace, name, annotations } = row;
  return {
    ...toLinkableEntity({
      apiVersion: 'backstage.io/v1alpha1',
      kind,
      metadata: { namespace, name, annotations },
    }),
    ownerRefs: row.owner_refs,
    location: row.location ?? undefined,
  };
}
