import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { isSaid } from './parseInput';

/** The entity that `/:kind/:namespace/:name` of a path names. @public */
export function entityRefOf(params: { [name: string]: string }): string {
  const { kind, namespace, name } = params;
  for (const [field, value] of Object.entries({ kind, namespace, name })) {
    if (value.includes('\0')) {
      throw new InputError(
        `${field} ${isSaid(value)}; an entity reference has no NUL characters`,
      );
    }
  }
  return stringifyEntityRef({ kind, namespace, name });
}
