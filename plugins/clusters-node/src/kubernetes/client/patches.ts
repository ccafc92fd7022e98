import { KubernetesPrecondition } from './references';

/** One operation of RFC 6902. @public */
export type JsonPatchOperation =
  | { op: 'add' | 'replace' | 'test'; path: string; value: unknown }
  | { op: 'remove'; path: string }
  | { op: 'move' | 'copy'; from: string; path: string };

/**
 * A change of an object: as RFC 7386 has it, where lists are replaced (`merge`); as
 * Kubernetes' own kinds merge lists (`strategic`, not for custom resources); or as
 * RFC 6902 has it (`json`).
 *
 * @public
 */
export type KubernetesPatch =
  | {
      type: 'merge' | 'strategic';
      patch: { metadata?: object; [field: string]: unknown };
    }
  | { type: 'json'; operations: JsonPatchOperation[] };

/** Media types. @internal */
export const PATCH_TYPES = {
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  json: 'application/json-patch+json',
};

/**
 * A patch that says as well which object it is for: an API server refuses to change
 * a uid, and takes a version for the one that there must be.
 *
 * @internal
 */
export function patchBody(
  patch: KubernetesPatch,
  precondition: KubernetesPrecondition,
): unknown {
  if (patch.type === 'json') {
    // Not `test`: what it finds wrong is an invalid patch and no conflict.
    const expected = Object.entries(precondition).flatMap(([field, value]) =>
      value === undefined
        ? []
        : [{ op: 'add', path: `/metadata/${field}`, value }],
    );
    return [...patch.operations, ...expected];
  }
  return {
    ...patch.patch,
    metadata: { ...patch.patch.metadata, ...precondition },
  };
}
