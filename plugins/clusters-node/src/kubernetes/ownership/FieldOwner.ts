/** Who owns a field, as the API server noted it. @public */
export interface FieldOwner {
  /** e.g. `argocd-controller` */
  manager: string;
  /** `Apply` = server-side apply. */
  operation: 'Apply' | 'Update';
  /** e.g. `scale`, by which an HPA sets replicas. */
  subresource?: string;
  /** ISO 8601 UTC: when this manager last changed any of its fields. */
  time?: string;
  /**
   * `field` = this very field; `around` = a whole that it is a part of, such as an
   * atomic list; `within` = parts of it.
   */
  scope: 'field' | 'around' | 'within';
}

/** What stands behind the name of a field manager. @public */
export type ManagerKind =
  | 'argocd'
  | 'flux'
  | 'helm'
  | 'infrastructure'
  | 'person'
  | 'controller'
  | 'headroom'
  | 'unknown';

/**
 * Whether a manager puts back what others change in what it owns:
 *
 * - `yes`: soon and by itself, as Flux's kustomize-controller does.
 * - `nextRelease`: when it is run the next time, as Helm, Terraform or a pipeline.
 * - `no`: never by itself.
 * - `unknown`: it can't be seen on the object, as Argo CD's self-heal.
 *
 * @public
 */
export type Reverts = 'yes' | 'nextRelease' | 'no' | 'unknown';

/** Who manages an object or a field, and what follows from it. @public */
export interface ObjectManager {
  kind: ManagerKind;
  reverts: Reverts;
  /**
   * What it calls the source, where the object says: the Application of Argo CD,
   * the Kustomization or HelmRelease of Flux as `namespace/name`, Helm's release.
   */
  source?: string;
}
