import { compareFields, union } from '../fields/fieldSet';
import { hintsOf } from '../fields/hints';
import { isEqual, isMap, Json, valueAt, withValueAt } from '../fields/json';
import { ResourceRequest } from '../request';
import { apiVersionOf } from '../resources';
import { FieldProblem, unknownResource } from '../status';
import { KubeObject } from '../types';
import { ownable } from './applying';
import { parseJson, patchTypeOf } from './bodies';
import { ObjectWriter } from './ObjectWriter';
import { decoded, patched } from './documents';
import { checkSameUid, checkVersion } from './preconditions';
import { invalidObject } from './refusals';
import { containerChanges } from './resourcesOf';
import { WriteOptions } from './writeOptions';

const LISTS = ['initContainers', 'containers'];

function listOf(pod: Json, list: string): Json[] {
  const found = valueAt(pod, ['spec', list]);
  return Array.isArray(found) ? found : [];
}

/** A pod with the resources that were sent for it: whatever else was sent is not looked at. */
function resized(live: KubeObject, sent: Json): KubeObject {
  return LISTS.reduce<KubeObject>((pod, list) => {
    const wanted = listOf(sent, list);
    const containers = listOf(live, list).map(container => {
      const name = valueAt(container, ['name']);
      const found = wanted.find(each => valueAt(each, ['name']) === name);
      const resources = found && valueAt(found, ['resources']);
      return resources
        ? withValueAt(container, ['resources'], resources)
        : container;
    });
    return containers.length > 0
      ? (withValueAt(pod, ['spec', list], containers) as unknown as KubeObject)
      : pod;
  }, live);
}

/** `Guaranteed` = every container may use exactly what it asks for; this cluster has no pods that ask for nothing. */
function isGuaranteed(pod: KubeObject): boolean {
  return LISTS.flatMap(list => listOf(pod, list)).every(container => {
    const of = (kind: string) =>
      ['cpu', 'memory'].map(each =>
        valueAt(container, ['resources', kind, each]),
      );
    const limits = of('limits');
    return !limits.includes(undefined) && isEqual(of('requests'), limits);
  });
}

/** What a pod that runs can't be resized to. */
function problemsOf(live: KubeObject, pod: KubeObject): FieldProblem[] {
  const found: FieldProblem[] = [];
  if (isGuaranteed(live) !== isGuaranteed(pod)) {
    found.push({
      field: 'spec',
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${JSON.stringify(
        isGuaranteed(pod) ? 'Guaranteed' : 'Burstable',
      )}: Pod QOS Class may not change as a result of resizing`,
    });
  }
  for (const list of LISTS) {
    listOf(live, list).forEach((container, index) => {
      for (const kind of ['requests', 'limits']) {
        const amounts = (of: Json) => {
          const map = valueAt(of, ['resources', kind]);
          return isMap(map) ? Object.keys(map) : [];
        };
        const left = amounts(listOf(pod, list)[index]);
        if (amounts(container).some(each => !left.includes(each))) {
          found.push({
            field: `spec.${list}[${index}].resources.${kind}`,
            reason: 'FieldValueForbidden',
            message: `Forbidden: resource ${kind} cannot be removed`,
          });
        }
      }
    });
  }
  return found;
}

/** PATCH or PUT of `pods/resize`: a pod gets other requests and limits of CPU and memory where it is. */
export async function resize(
  writer: ObjectWriter,
  request: ResourceRequest,
  body: string,
  contentType: string | undefined,
  options: WriteOptions,
  method: 'PATCH' | 'PUT',
): Promise<KubeObject> {
  const { resource } = request;
  if (resource.plural !== 'pods') {
    throw unknownResource();
  }
  const type =
    method === 'PATCH' ? patchTypeOf(contentType, resource, true) : undefined;
  const { kind, live } = writer.live(request);
  const json = parseJson(body);
  const sent = decoded(
    request,
    type && type !== 'apply' ? patched(type, live, json) : json,
    options,
  );
  checkSameUid(request, live, sent);
  checkVersion(request, live, sent);
  const pod = resized(live, sent);
  const parts = LISTS.map(list =>
    containerChanges(listOf(live, list), listOf(pod, list), `spec.${list}`),
  );
  const problems = [
    ...problemsOf(live, pod),
    ...parts.flatMap(part => part.problems),
  ];
  if (problems.length > 0) {
    throw invalidObject(request, problems);
  }
  const containers = Object.assign({}, ...parts.map(part => part.changes));
  if (Object.keys(containers).length === 0) {
    return live;
  }
  const { changed = {}, removed = {} } = compareFields(
    ownable(live),
    ownable(pod),
    hintsOf(resource),
  );
  return writer.commit(
    { kind, live, request, options },
    pod,
    { containers },
    {
      manager: options.manager,
      operation: 'Update',
      apiVersion: apiVersionOf(resource),
      subresource: 'resize',
      owns: changed,
      takes: union(changed, removed),
    },
  );
}
