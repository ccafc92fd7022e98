import { FieldChange } from './FieldChange';

/** An object of a Kubernetes API, exactly as it was when the action was planned. @public */
export interface KubernetesTarget {
  type: 'kubernetes';
  cluster: string;
  /** Empty = the core group. */
  group: string;
  version: string;
  kind: string;
  /** The name of the kind in paths, e.g. `deployments`. */
  resource: string;
  /** Absent where the kind has none. */
  namespace?: string;
  name: string;
  uid: string;
  /** A write is made only on the object of this version. */
  resourceVersion: string;
}

/** A file of a Git repository that a pull request changes. @public */
export interface RepositoryTarget {
  type: 'repository';
  /** Of the repository, without credentials, e.g. `https://github.com/acme/web`. */
  repository: string;
  /** The branch that the pull request is for. */
  branch: string;
  /** The commit that it was planned on. */
  revision: string;
  /** Of the file, from the top of the repository. */
  path: string;
  /** Which of the file's YAML documents it is, from 0. */
  document: number;
  /**
   * What is made from it: an object of a cluster, and what changes there once the
   * cluster follows. Absent = not known.
   */
  runs?: { target: KubernetesTarget; changes: readonly FieldChange[] };
}

/** What an action changes. @public */
export type ActionTarget = KubernetesTarget | RepositoryTarget;

/**
 * The same text for the same thing, whatever its version: the key by which actions
 * on one target are found, counted and kept from overlapping.
 *
 * @public
 */
export function targetKey(target: ActionTarget): string {
  return target.type === 'kubernetes'
    ? JSON.stringify([
        target.cluster,
        target.group,
        target.kind,
        target.namespace ?? '',
        target.name,
        target.uid,
      ])
    : JSON.stringify([
        target.repository,
        target.branch,
        target.path,
        target.document,
      ]);
}
