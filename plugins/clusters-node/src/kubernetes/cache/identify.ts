import { asRecord, isName } from '../malformed';

/** Which object it is, and of which version. @internal */
export interface Identified {
  uid: string;
  resourceVersion: string;
  /** Empty where the kind has none. */
  namespace: string;
  name: string;
}

/** Undefined for what no API server has. @internal */
export function identify(object: unknown): Identified | undefined {
  const {
    uid,
    resourceVersion,
    name,
    namespace = '',
  } = asRecord(asRecord(object).metadata);
  return isName(uid) &&
    isName(resourceVersion) &&
    isName(name) &&
    (namespace === '' || isName(namespace))
    ? { uid, resourceVersion, namespace, name }
    : undefined;
}
