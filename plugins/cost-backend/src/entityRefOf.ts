import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';

/** The entity that `/:kind/:namespace/:name` of a path names. */
export function entityRefOf(params: { [name: string]: string }): string {
  const { kind, namespace, name } = params;
  if ([kind, namespace, name].some(part => part.includes('\0'))) {
    throw new InputError('An entity reference has no NUL characters');
  }
  return stringifyEntityRef({ kind, namespace, name });
}
