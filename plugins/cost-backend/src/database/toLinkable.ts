import { LinkableEntity, toLinkableEntity } from '@headroom/common';
import { MirroredEntity } from '@headroom/node';

/** A mirrored entity, by what it claims workloads by, as what they can be linked to. */
export function toLinkable({
  kind,
  namespace,
  name,
  annotations,
  ownerRefs,
  location,
}: Pick<
  MirroredEntity,
  'kind' | 'namespace' | 'name' | 'annotations' | 'ownerRefs' | 'location'
>): LinkableEntity {
  return {
    ...toLinkableEntity({
      apiVersion: 'backstage.io/v1alpha1',
      kind,
      metadata: { namespace, name, annotations },
    }),
    ownerRefs,
    location,
  };
}
