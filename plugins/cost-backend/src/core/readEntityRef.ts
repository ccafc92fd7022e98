import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { isEntityRef } from './isEntityRef';

/** A reference as the catalog writes it. @throws InputError when it is none. */
export function readEntityRef(entityRef: string): string {
  if (!isEntityRef(entityRef)) {
    throw new InputError(
      `entityRef is ${JSON.stringify(
        entityRef.slice(0, 100),
      )}; it must be a reference such as component:default/web or group:default/shop`,
    );
  }
  return stringifyEntityRef(parseEntityRef(entityRef));
}
