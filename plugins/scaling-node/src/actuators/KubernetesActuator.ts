import { formatFieldPath, Json, KubernetesTarget } from '@headroom/common';
import {
  ClusterCaches,
  clusterKindOf,
  KubernetesAccess,
  KubernetesApiError,
  KubernetesPatch,
  KubernetesReader,
  KubernetesWriter,
  ObjectMeta,
  ownersOf,
} from '@headroom/plugin-clusters-node';
import {
  ActingContext,
  ActingOn,
  Actuator,
  ActuatorError,
  Effect,
  Sighting,
} from '@headroom/plugin-controllers-node';
import {
  RESTORE_ANNOTATION,
  RESTORE_PATH,
  actuatorSays,
  readRestoreRecord,
  restoreRecordAfter,
  writeRestoreRecord,
} from '@headroom/plugin-scaling-common';
import { Awaited, isMet } from './prerequisites';
import { isPod, isResizedByUs, resizeOf } from './resizeOf';
import { valueAt } from './fieldValues';
import { FieldValue, patchOf } from './patchOf';
import { noteSeen } from './noteSeen';
import { toActuatorError } from './toActuatorError';

/** Says which action wrote to an object last. @public */
export const ACTION_ANNOTATION = 'headroom.io/action';

/** What is read of an object. */
interface Seen {
  metadata: ObjectMeta;
}

const READ = ['get'];
const WRITE = ['get', 'patch'];
/** What waits for another object is tried again after this. */
const WAIT_MS = 15_000;

/**
 * Sets fields of Kubernetes objects, in one request each: the fields, what they were
 * (`headroom.io/restore`) and which action it was (`headroom.io/action`). It carries
 * the uid and the version of the object as it was seen, so that it succeeds on nothing
 * else, and at most once. Containers of a pod that runs are resized in place; that
 * request takes no annotations, and leaves who set the fields instead.
 *
 * @public
 */
export class KubernetesActuator implements Actuator {
  readonly type = 'kubernetes';
  readonly #access: KubernetesAccess;
  readonly #caches: ClusterCaches | undefined;
  /** The objects behind sightings: a patch of a list needs its places. */
  readonly #seen = new WeakMap<Sighting, Seen>();

  /**
   * `caches`: are told of what is written, so that the next plan has it
   */
  static create(options: {
    access: KubernetesAccess;
    caches?: ClusterCaches;
  }): KubernetesActuator {
    return new KubernetesActuator(options.access, options.caches);
  }

  private constructor(
    access: KubernetesAccess,
    caches: ClusterCaches | undefined,
  ) {
    this.#access = access;
    this.#caches = caches;
  }

  async look(
    action: ActingOn,
    { signal }: Pick<ActingContext, 'signal'>,
  ): Promise<Sighting> {
    const target = targetOf(action);
    const reader = KubernetesReader.of(this.#access, target.cluster);
    if (!reader) {
      throw new ActuatorError({
        kind: 'unreachable',
        said: actuatorSays('noAccess', { cluster: target.cluster }),
      });
    }
    const object = await asked(target, READ, () =>
      reader.get<Seen>(target, { signal }),
    );
    const { uid, resourceVersion = '', annotations = {} } = object.metadata;
    if (uid !== target.uid) {
      throw new ActuatorError({
        kind: 'gone',
        said: actuatorSays('another', { object: action.subject }),
      });
    }
    const marker = annotations[ACTION_ANNOTATION];
    const note = isPod(target) ? undefined : noteAfter(action, object, '');
    const sighting: Sighting = {
      version: resourceVersion,
      ...(marker !== undefined && { marker }),
      values: action.changes.map(change =>
        formatFieldPath(change.path) === formatFieldPath(RESTORE_PATH)
          ? noteSeen(change, annotations[RESTORE_ANNOTATION])
          : valueAt(object, change.path),
      ),
      managers: action.changes.map(
        ({ path }) =>
          ownersOf(object.metadata.managedFields, path).find(
            ({ scope }) => scope !== 'within',
          )?.manager,
      ),
      ...(note !== undefined && { memory: note as unknown as Json }),
    };
    if (isPod(target)) {
      sighting.ours = isResizedByUs(
        object.metadata,
        action.changes,
        sighting.values,
      );
    }
    this.#seen.set(sighting, object);
    return sighting;
  }

  async dryRun(
    action: ActingOn,
    sighting: Sighting,
    context: ActingContext,
  ): Promise<void> {
    await this.#assertTurn(action, context);
    await this.#write(action, sighting, context, true);
  }

  /** @throws `wait` while what the action comes after isn't so. */
  async #assertTurn(
    { waitsFor, subject }: ActingOn,
    { signal }: ActingContext,
  ): Promise<void> {
    if (!waitsFor) {
      return;
    }
    const { target } = waitsFor;
    const object = await asked(target, READ, async () =>
      KubernetesReader.of(this.#access, target.cluster)?.get<Awaited>(target, {
        signal,
      }),
    );
    if (!object || !isMet(waitsFor, object)) {
      throw new ActuatorError({
        kind: 'wait',
        said: actuatorSays(waitsFor.rolledOut ? 'awaitsPods' : 'awaits', {
          object: subject,
          other: `${target.kind} ${target.name}`,
        }),
        retryAfterMs: WAIT_MS,
      });
    }
  }

  async apply(
    action: ActingOn,
    sighting: Sighting,
    context: ActingContext,
  ): Promise<Effect> {
    const { metadata } = await this.#write(action, sighting, context, false);
    return { version: metadata?.resourceVersion };
  }

  async fenceOff(
    action: ActingOn,
    { version }: Sighting,
    { signal, token }: ActingContext,
  ): Promise<void> {
    const target = targetOf(action);
    const { metadata } = await asked(target, WRITE, () =>
      this.#writer(target).fence<Seen>(
        target,
        // Never the same twice: what changes nothing moves no version.
        `${token}@${version}`,
        {
          signal,
          precondition: { uid: target.uid, resourceVersion: version },
        },
      ),
    );
    if (metadata?.resourceVersion === version) {
      throw new ActuatorError({
        kind: 'uncertain',
        said: actuatorSays('notMoved', { object: action.subject }),
      });
    }
  }

  async #write(
    action: ActingOn,
    sighting: Sighting,
    { signal, at }: ActingContext,
    dryRun: boolean,
  ): Promise<Partial<Seen>> {
    const target = targetOf(action);
    if (isPod(target)) {
      return this.#resize(target, action, sighting, { signal, dryRun });
    }
    const patch = this.#patch(action, sighting, at);
    const written = await asked(target, WRITE, () =>
      this.#writer(target).patch<Partial<Seen>>(target, patch, {
        signal,
        dryRun,
        precondition: { uid: target.uid, resourceVersion: sighting.version },
      }),
    );
    const kind = clusterKindOf(target);
    if (kind && !dryRun) {
      this.#caches?.of(target.cluster)?.put(kind, written);
    }
    return written;
  }

  async #resize(
    target: KubernetesTarget,
    action: ActingOn,
    { version }: Sighting,
    options: { signal: AbortSignal; dryRun: boolean },
  ): Promise<Partial<Seen>> {
    const { namespace = '', name, uid } = target;
    const containers = resizeOf(action.changes);
    if (!containers) {
      throw new ActuatorError({
        kind: 'invalid',
        said: actuatorSays('noResize', { object: `Pod ${namespace}/${name}` }),
      });
    }
    const writer = this.#writer(target);
    const what = { ...target, resource: 'pods/resize' };
    return asked(what, ['patch'], async () => {
      try {
        return await writer.resize<Partial<Seen>>(
          { namespace, name },
          containers,
          { ...options, precondition: { uid, resourceVersion: version } },
        );
      } catch (error) {
        throw error instanceof KubernetesApiError &&
          error.failure === 'NotServed'
          ? new ActuatorError({
              kind: 'invalid',
              said: actuatorSays('resizeNotServed', {
                cluster: target.cluster,
              }),
            })
          : error;
      }
    });
  }

  #patch(action: ActingOn, sighting: Sighting, at: string): KubernetesPatch {
    const object = this.#seen.get(sighting);
    if (!object) {
      throw new TypeError('An action is done on a sighting of this actuator');
    }
    const isUnreadable =
      readRestoreRecord(object.metadata.annotations?.[RESTORE_ANNOTATION]) ===
      'unreadable';
    if (isUnreadable && action.direction !== 'restore') {
      throw new ActuatorError({
        kind: 'invalid',
        said: actuatorSays('noteUnreadable', {
          object: action.subject,
          annotation: RESTORE_ANNOTATION,
        }),
      });
    }
    const note = noteAfter(action, object, at);
    const fields: FieldValue[] = action.changes
      .filter(
        ({ path }) => formatFieldPath(path) !== formatFieldPath(RESTORE_PATH),
      )
      .map(({ path, after }) => ({ path, value: after }));
    const patch = patchOf(object, [
      ...fields,
      // What can't be read is somebody's, and no reason not to give back what was.
      ...(isUnreadable
        ? []
        : [
            {
              path: RESTORE_PATH,
              value: note ? writeRestoreRecord(note) : null,
            },
          ]),
      {
        path: ['metadata', 'annotations', ACTION_ANNOTATION],
        value: action.id,
      },
    ]);
    if (!patch) {
      throw new ActuatorError({
        kind: 'conflict',
        said: actuatorSays('noElement', { object: action.subject }),
      });
    }
    return patch;
  }

  #writer({ cluster }: KubernetesTarget): KubernetesWriter {
    const writer = KubernetesWriter.of(this.#access, cluster);
    if (!writer) {
      throw new ActuatorError({
        kind: 'forbidden',
        said: actuatorSays('noIdentity', { cluster }),
        mend: "kubernetes: { act: { token: '${KUBERNETES_ACT_TOKEN}' } } # at the cluster under headroom.clusters",
      });
    }
    return writer;
  }
}

/** What the object has to say afterwards of what it was. */
function noteAfter(action: ActingOn, { metadata }: Seen, at: string) {
  const read = readRestoreRecord(metadata.annotations?.[RESTORE_ANNOTATION]);
  const current = read === 'unreadable' ? undefined : read;
  const note = restoreRecordAfter(current, action.changes, {
    policy: action.policyId,
    at,
    uid: metadata.uid,
  });
  if (!note || action.direction !== 'restore') {
    return note;
  }
  // What is put back is not ours to put back again, though its note was lost.
  const known = Object.entries(note.fields).filter(
    ([key]) => current?.fields[key] !== undefined,
  );
  return known.length > 0
    ? { ...note, fields: Object.fromEntries(known) }
    : undefined;
}

function targetOf({ target }: ActingOn): KubernetesTarget {
  if (target.type !== 'kubernetes') {
    throw new TypeError(`A ${target.type} target is no object of Kubernetes`);
  }
  return target;
}

async function asked<T>(
  target: KubernetesTarget,
  verbs: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toActuatorError(error, { target, verbs });
  }
}
