import { z } from 'zod';
import { ResourceRequest } from '../request';
import { badRequest } from '../status';
import { KubeObject } from '../types';
import { parseJson } from './bodies';
import { ObjectWriter } from './ObjectWriter';
import { checkUid } from './preconditions';
import { WriteOptions } from './writeOptions';

/** What KEDA takes away itself, as soon as its object is to go. */
const TAKEN_AWAY = ['finalizer.keda.sh'];

const deleteOptionsSchema = z.object({
  preconditions: z
    .object({
      uid: z.string().nullish(),
      resourceVersion: z.string().nullish(),
    })
    .nullish(),
  dryRun: z.array(z.string()).nullish(),
  gracePeriodSeconds: z.number().int().nullish(),
});

/** `DeleteOptions`, of a request or of an eviction. */
export type DeleteOptions = z.infer<typeof deleteOptionsSchema>;

/** Reads `DeleteOptions`. Throws 400. */
export function parseDeleteOptions(value: unknown): DeleteOptions {
  const parsed = deleteOptionsSchema.safeParse(value ?? {});
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw badRequest(`DeleteOptions: ${[...path, message].join(': ')}`);
  }
  return parsed.data;
}

/** A `Status` that says that something was done. */
export function success(
  { resource }: ResourceRequest,
  { metadata }: KubeObject,
) {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name: metadata.name,
      ...(resource.group && { group: resource.group }),
      kind: resource.plural,
      uid: metadata.uid,
    },
  };
}

/** DELETE of an object: it goes, or is marked as one that is to go where finalizers keep it. */
export async function deleteObject(
  writer: ObjectWriter,
  request: ResourceRequest,
  body: string,
  options: WriteOptions,
): Promise<unknown> {
  const asked = parseDeleteOptions(body ? parseJson(body) : undefined);
  const { kind, live } = writer.live(request);
  const { uid, resourceVersion } = asked.preconditions ?? {};
  checkUid(request, live, uid ?? undefined, resourceVersion ?? undefined);
  const finalizers = (live.metadata.finalizers ?? []) as string[];
  const stays = finalizers.some(each => !TAKEN_AWAY.includes(each));
  if (stays && live.metadata.deletionTimestamp !== undefined) {
    return live;
  }
  const { cluster, now, store } = writer.options;
  const at = now().toISOString();
  const going = {
    ...live,
    metadata: {
      ...live.metadata,
      deletionTimestamp: `${at.slice(0, 19)}Z`,
      deletionGracePeriodSeconds: 0,
    },
  };
  const { namespace, name } = live.metadata;
  if (!options.dryRun && !asked.dryRun?.length) {
    await writer.intervene(request, {
      at,
      object: {
        cluster,
        kind,
        ...(namespace && { namespace }),
        name,
        uid: live.metadata.uid,
      },
      patch: stays ? { deleting: true } : { deleted: true },
    });
    store.sync();
  }
  return stays || kind === 'Pod' ? going : success(request, live);
}
