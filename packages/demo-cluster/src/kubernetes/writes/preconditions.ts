import { Json, valueAt } from '../fields/json';
import { ResourceRequest } from '../request';
import { qualifiedPlural } from '../resources';
import { conflict } from '../status';
import { KubeObject } from '../types';
import { invalidObject } from './refusals';

const MODIFIED =
  'the object has been modified; please apply your changes to the latest version and try again';

/** Throws 409 where a uid or version that is wanted is not the object's. */
export function checkUid(
  { resource }: ResourceRequest,
  { metadata }: KubeObject,
  uid: Json,
  resourceVersion?: Json,
): void {
  const refuse = (why: string) =>
    conflict(resource, qualifiedPlural(resource), metadata.name, why);
  if (uid !== undefined && uid !== metadata.uid) {
    throw refuse(
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid}`,
    );
  }
  if (
    resourceVersion !== undefined &&
    resourceVersion !== metadata.resourceVersion
  ) {
    throw refuse(
      `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${metadata.resourceVersion}`,
    );
  }
}

/** Throws 409 where an object that was sent is of another version. */
export function checkVersion(
  { resource }: ResourceRequest,
  { metadata }: KubeObject,
  sent: Json,
): void {
  const version = valueAt(sent, ['metadata', 'resourceVersion']);
  if (version && version !== metadata.resourceVersion) {
    const qualified = qualifiedPlural(resource);
    throw conflict(resource, qualified, metadata.name, MODIFIED);
  }
}

/** Throws 422 where an object that was sent has another uid: it can't be changed. */
export function checkSameUid(
  request: ResourceRequest,
  { metadata }: KubeObject,
  sent: Json,
): void {
  const uid = valueAt(sent, ['metadata', 'uid']);
  if (uid !== undefined && uid !== metadata.uid) {
    throw invalidObject(request, [
      {
        field: 'metadata.uid',
        reason: 'FieldValueInvalid',
        message: `Invalid value: "${uid}": field is immutable`,
      },
    ]);
  }
}
