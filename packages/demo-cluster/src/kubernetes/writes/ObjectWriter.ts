import {
  Intervention,
  InterventionAuthor,
  ObjectKind,
  ObjectPatch,
} from '../../world/interventions/Intervention';
import { ObjectName } from '../../world/creations/CreatedObjects';
import { compareFields, fieldsOf, union } from '../fields/fieldSet';
import { hintsOf } from '../fields/hints';
import { Json, valueAt } from '../fields/json';
import { ObjectStore } from '../ObjectStore';
import { ManagedFieldsEntry, ownersAfter } from '../ownership/managedFields';
import { ResourceRequest } from '../request';
import { apiVersionOf, qualifiedPlural } from '../resources';
import {
  badRequest,
  conflict,
  methodNotAllowed,
  notFound,
  StatusError,
} from '../status';
import { KubeObject } from '../types';
import { apply, Application, ownable } from './applying';
import { parseJson, parseYaml, patchTypeOf } from './bodies';
import {
  changesOf,
  isCreatable,
  isKeptOnly,
  keptOf,
  worldKindOf,
} from './changesOf';
import { bodyProblems } from './checkNew';
import { make, manifestChange, manifestOf } from './creation';
import { decoded, patched } from './documents';
import { checkSameUid, checkUid, checkVersion } from './preconditions';
import { invalidObject, refusalOf } from './refusals';
import { WriteOptions } from './writeOptions';

/** The kind whose objects KEDA has objects of its own for. */
const KEDA = 'ScaledObject';

/** What the objects of a cluster are written through. */
export interface WriterOptions {
  cluster: string;
  store: ObjectStore;
  now: () => Date;
  /** Whether somebody made the object, so that all of it may be written. */
  isMade: (object: ObjectName) => boolean;
  /** Throws what `intervene` would reject with, and changes nothing. */
  check: (entry: Intervention) => void;
  /** Changes the world, for good. */
  intervene: (entry: Intervention) => Promise<void>;
}

/** An object that is to be written. */
export interface Writing {
  kind: ObjectKind;
  live: KubeObject;
  request: ResourceRequest;
  options: WriteOptions;
}

/** Changes objects of one cluster as an API server does; what the world can't follow is refused. */
export class ObjectWriter {
  readonly #options: WriterOptions;

  static create(options: WriterOptions): ObjectWriter {
    return new ObjectWriter(options);
  }

  private constructor(options: WriterOptions) {
    this.#options = options;
  }

  /**
   * The object that is meant, as it is now. Throws 404, and 405 for a kind whose
   * objects stay as they are.
   */
  live(request: ResourceRequest): { kind: ObjectKind; live: KubeObject } {
    const { resource, namespace = '', name = '' } = request;
    const kind = worldKindOf(resource);
    if (!kind) {
      throw methodNotAllowed();
    }
    this.#options.store.sync();
    const key = `${apiVersionOf(resource)}/${resource.plural}`;
    const live = this.#options.store.get(key, namespace, name);
    if (!live) {
      throw notFound(resource, qualifiedPlural(resource), name);
    }
    if (isKeptOnly(kind) && !this.isMade(kind, live)) {
      throw methodNotAllowed();
    }
    if (live.metadata.ownerReferences?.some(each => each.kind === KEDA)) {
      throw invalidObject(request, [
        {
          field: 'metadata.ownerReferences',
          reason: 'FieldValueForbidden',
          message: `Forbidden: KEDA keeps this object as its ${KEDA} says`,
        },
      ]);
    }
    return { kind, live };
  }

  isMade(kind: ObjectKind, { metadata }: KubeObject): boolean {
    const { namespace, name } = metadata;
    return this.#options.isMade({ kind, namespace, name });
  }

  /** PATCH of an object; an apply makes one that is not there. */
  async patch(
    request: ResourceRequest,
    body: string,
    contentType: string | undefined,
    optionsOf: (isApply: boolean) => WriteOptions,
  ): Promise<{ object: KubeObject; isNew: boolean }> {
    const type = patchTypeOf(contentType, request.resource);
    const options = optionsOf(type === 'apply');
    if (type === 'apply') {
      return this.#apply(request, parseYaml(body), options);
    }
    const { kind, live } = this.live(request);
    const sent = patched(type, live, parseJson(body));
    const object = decoded(request, sent, options);
    checkSameUid(request, live, object);
    const writing = { kind, live, request, options };
    return { object: await this.#update(writing, object), isNew: false };
  }

  /** PUT of an object. */
  async put(
    request: ResourceRequest,
    body: string,
    options: WriteOptions,
  ): Promise<KubeObject> {
    const { kind, live } = this.live(request);
    const object = decoded(request, parseJson(body), options);
    checkUid(request, live, valueAt(object, ['metadata', 'uid']));
    return this.#update({ kind, live, request, options }, object);
  }

  async #apply(
    request: ResourceRequest,
    config: Json,
    options: WriteOptions,
  ): Promise<{ object: KubeObject; isNew: boolean }> {
    const { resource, name = '' } = request;
    if (valueAt(config, ['metadata', 'managedFields']) !== undefined) {
      throw badRequest('metadata.managedFields must be nil');
    }
    const uid = valueAt(config, ['metadata', 'uid']);
    let found;
    try {
      found = this.live(request);
    } catch (error) {
      if (!(error instanceof StatusError) || error.status.code !== 404) {
        throw error;
      }
      if (uid) {
        throw conflict(
          resource,
          qualifiedPlural(resource),
          name,
          `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`,
        );
      }
      if (!isCreatable(resource)) {
        throw error;
      }
      return {
        object: await this.#applyNew(request, config, options),
        isNew: true,
      };
    }
    const { kind, live } = found;
    const object = decoded(request, config, options, true);
    checkVersion(request, live, object);
    checkSameUid(request, live, object);
    const application = apply({
      live,
      config: object,
      managers: managersOf(live),
      by: { manager: options.manager, apiVersion: apiVersionOf(resource) },
      force: options.force,
      hints: hintsOf(resource),
    });
    const writing = { kind, live, request, options };
    return {
      object: await this.#write(writing, application.object, () => application),
      isNew: false,
    };
  }

  async #applyNew(
    request: ResourceRequest,
    config: Json,
    options: WriteOptions,
  ): Promise<KubeObject> {
    const { resource } = request;
    const object = decoded(request, config, options, true);
    return make(this, request, object, options, {
      manager: options.manager,
      operation: 'Apply',
      apiVersion: apiVersionOf(resource),
      owns: fieldsOf(ownable(object), hintsOf(resource)),
    });
  }

  async #update(writing: Writing, sent: Json): Promise<KubeObject> {
    const { live, request } = writing;
    checkVersion(request, live, sent);
    return this.#write(writing, sent, object => {
      const { changed, removed } = compareFields(
        ownable(live),
        ownable(object),
        hintsOf(request.resource),
      );
      return {
        owns: changed ?? {},
        takes: union(changed ?? {}, removed ?? {}),
        sameOwner: changed === undefined && removed === undefined,
      };
    });
  }

  async #write(
    writing: Writing,
    sent: Json,
    ownership: (object: KubeObject) => Omit<Application, 'object'>,
  ): Promise<KubeObject> {
    const { kind, live, request, options } = writing;
    const object = keptOf(live, sent);
    const { patch, problems } = this.isMade(kind, live)
      ? {
          patch: manifestChange(live, object),
          problems: bodyProblems(kind, object),
        }
      : changesOf(kind, live, object);
    if (problems.length > 0) {
      throw invalidObject(request, problems);
    }
    const { owns, takes, sameOwner } = ownership(object);
    if (sameOwner && Object.keys(patch).length === 0) {
      return live;
    }
    const by: InterventionAuthor = {
      manager: options.manager,
      operation: options.isApply ? 'Apply' : 'Update',
      apiVersion: apiVersionOf(request.resource),
      owns,
      ...(Object.keys(takes).length > 0 && { takes }),
    };
    return this.commit(writing, object, patch, by);
  }

  /**
   * Does what was checked, unless it is to be tried only.
   *
   * @returns the object as it is afterwards, or as it would be
   */
  async commit(
    { kind, live, request, options }: Writing,
    object: KubeObject,
    change: ObjectPatch,
    by: InterventionAuthor,
  ): Promise<KubeObject> {
    const { cluster, now, store, intervene } = this.#options;
    const isMade = this.isMade(kind, live);
    const finalizers = valueAt(object, ['metadata', 'finalizers']) as Json[];
    const goes =
      live.metadata.deletionTimestamp !== undefined &&
      (isMade ? !finalizers?.length : change.finalizers?.length === 0);
    const { namespace, name, uid } = live.metadata;
    const entry: Intervention = {
      at: now().toISOString(),
      object: { cluster, kind, ...(namespace && { namespace }), name, uid },
      patch: isMade ? madeChange(object, goes) : ownChange(change, goes),
      by,
    };
    if (options.dryRun) {
      const time = `${entry.at.slice(0, 19)}Z`;
      const managedFields = ownersAfter(managersOf(live), by, time);
      return { ...object, metadata: { ...object.metadata, managedFields } };
    }
    await this.intervene(request, entry, intervene);
    store.sync();
    const { resource } = request;
    const key = `${apiVersionOf(resource)}/${resource.plural}`;
    const after = store.get(key, namespace ?? '', name);
    return after?.metadata.uid === uid ? after : object;
  }

  /** Changes the world; what it refuses is said as an API server would. */
  async intervene(
    { resource, name = '' }: ResourceRequest,
    entry: Intervention,
    intervene = this.#options.intervene,
  ): Promise<void> {
    try {
      await intervene(entry);
    } catch (error) {
      throw refusalOf({ resource, name }, error);
    }
  }

  /** Throws what {@link ObjectWriter.intervene} would, and does nothing. */
  check({ resource, name = '' }: ResourceRequest, entry: Intervention): void {
    try {
      this.#options.check(entry);
    } catch (error) {
      throw refusalOf({ resource, name }, error);
    }
  }

  get options(): WriterOptions {
    return this.#options;
  }
}

function ownChange(change: ObjectPatch, goes: boolean): ObjectPatch {
  return goes ? { ...change, deleted: true } : change;
}

/** What somebody made is written as a whole. */
function madeChange(object: KubeObject, goes: boolean): ObjectPatch {
  return goes ? { deleted: true } : { manifest: manifestOf(object) };
}

/** Who owns fields of an object that is served. */
export function managersOf({ metadata }: KubeObject): ManagedFieldsEntry[] {
  return (metadata.managedFields as ManagedFieldsEntry[] | undefined) ?? [];
}
