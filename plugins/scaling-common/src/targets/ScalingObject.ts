import { FieldPath, KubernetesTarget } from '@headroom/common';
import { RestoreRecord } from './RestoreRecord';

/**
 * What writes an object from a Git repository, and takes back what we write, at once
 * or when it is run next; `infrastructure` is Terraform, a pipeline and the like.
 *
 * @public
 */
export type GitOpsTool = 'argocd' | 'flux' | 'helm' | 'infrastructure';

/** Who owns a field, as `metadata.managedFields` has it. @public */
export interface FieldOwner {
  /** Exactly the path that a change would have, e.g. `['spec', 'minReplicas']`. */
  path: FieldPath;
  /** Of the field manager, as it is written, e.g. `argocd-controller`. */
  manager: string;
  /** Absent = no such tool. */
  gitOps?: GitOpsTool;
  /** What the tool calls its source, e.g. the Application of Argo CD. */
  source?: string;
}

/**
 * An object of the cluster that a schedule may write, exactly as it was read.
 *
 * @public
 */
export interface ScalingObject extends KubernetesTarget {
  namespace: string;
  annotations: Readonly<Record<string, string>>;
  /**
   * Owners of the fields that a schedule would write (`WRITTEN_PATHS`); a field that
   * nobody owns isn't in it. Several owners of one field are several elements.
   */
  fieldOwners: readonly FieldOwner[];
  /**
   * The annotation `headroom.io/restore` as it was read: `'unreadable'` = it is there
   * and isn't ours to understand, so the object is left alone.
   */
  restore?: RestoreRecord | 'unreadable';
}
