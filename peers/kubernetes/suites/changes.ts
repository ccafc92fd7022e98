/** Changes as Headroom makes them: one patch of the object as it was read, with what was before. */
import { KubernetesReference } from '@headroom/plugin-clusters-node';
import { KubernetesObject } from '@kubernetes/client-node';
import { installedWriter } from './access';
import { objects, until } from './cluster';

export const RESTORE = 'headroom.io/restore';

const { signal } = new AbortController();

/** An object as it is now. */
export async function read<T extends object>({
  group,
  version,
  kind,
  namespace,
  name,
}: KubernetesReference): Promise<KubernetesObject & T> {
  const found = await objects.read({
    apiVersion: group ? `${group}/${version}` : version,
    kind,
    metadata: { namespace: namespace!, name },
  });
  return found as KubernetesObject & T;
}

/**
 * Changes an object as the account that docs/ has an operator install, on the very version that was read: read
 * again where a controller was faster.
 */
export async function change(
  reference: KubernetesReference,
  patch: { metadata?: object; [field: string]: unknown },
): Promise<void> {
  await until(`${reference.name} stays as it was read`, async () => {
    const { metadata } = await read(reference);
    const { uid, resourceVersion } = metadata!;
    return installedWriter()
      .patch(
        reference,
        { type: 'merge', patch },
        { precondition: { uid: uid!, resourceVersion }, signal },
      )
      .then(
        () => true,
        error => {
          if (error.failure !== 'Conflict') {
            throw error;
          }
          return false;
        },
      );
  });
}
