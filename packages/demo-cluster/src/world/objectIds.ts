import { NodeLife, PodLife } from './lives';
import { uuidOf } from './random';
import { WorkloadSpec } from './types';

/** What identifies a workload in its cluster; references to its spec don't, a spec has versions. */
export function workloadId(
  spec: Pick<WorkloadSpec, 'namespace' | 'kind' | 'name'>,
): string {
  return `${spec.namespace}/${spec.kind}/${spec.name}`;
}

/** The cluster whose objects uids belong to. */
export interface UidScope {
  seed: number;
  name: string;
}

/** The uid of an object; the same for as long as it exists. `extra` tells apart those that follow each other under one name. */
export function objectUid(
  { seed, name: cluster }: UidScope,
  kind: string,
  namespace: string,
  name: string,
  extra = '',
): string {
  return uuidOf(`${seed}/${cluster}/${kind}/${namespace}/${name}/${extra}`);
}

/** The uid of a pod, which tells it from the one that had its name before. */
export function podUid(scope: UidScope, life: PodLife): string {
  const { namespace } = life.spec;
  return objectUid(scope, 'Pod', namespace, life.name, String(life.created));
}

/** The uid of a node, which tells it from the one that had its address before. */
export function nodeUid(scope: UidScope, life: NodeLife): string {
  return objectUid(scope, 'Node', '', life.name, String(life.from));
}
