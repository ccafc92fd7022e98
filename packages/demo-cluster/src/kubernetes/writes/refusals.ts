import { InterventionError } from '../../world/interventions/Intervention';
import { ResourceRequest } from '../request';
import { qualifiedPlural } from '../resources';
import {
  conflict,
  FieldProblem,
  invalid,
  notFound,
  StatusError,
} from '../status';

type Named = Pick<ResourceRequest, 'resource' | 'name'>;

/** A 422 about the object that a request names. */
export function invalidObject(
  { resource, name = '' }: Named,
  problems: FieldProblem[],
): StatusError {
  return invalid({ ...resource, name }, problems);
}

/** What the world refuses, as an API server says it. */
export function refusalOf(
  { resource, name = '' }: Named,
  error: unknown,
): unknown {
  if (!(error instanceof InterventionError)) {
    return error;
  }
  const { reason, message } = error;
  const qualified = qualifiedPlural(resource);
  switch (reason) {
    case 'not-found':
      return notFound(resource, qualified, name);
    case 'conflict':
      return conflict(resource, qualified, name, message);
    case 'invalid':
      return invalidObject({ resource, name }, [
        { field: 'spec', reason: 'FieldValueForbidden', message },
      ]);
    default:
      return new StatusError(403, 'Forbidden', message, { name });
  }
}
