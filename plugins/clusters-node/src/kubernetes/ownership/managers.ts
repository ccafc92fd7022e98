import { FieldOwner, ManagerKind, ObjectManager, Reverts } from './FieldOwner';

/** What an object says of itself. @public */
export interface OwnedObject {
  labels?: Readonly<Record<string, string>>;
  annotations?: Readonly<Record<string, string>>;
}

const ARGO_TRACKING = 'argocd.argoproj.io/tracking-id';
/** Argo CD's label where it tracks by label and was told to use a key of its own. */
const ARGO_INSTANCE = 'argocd.argoproj.io/instance';
/** Argo CD's label as it comes; every chart has it as well, so it says nothing alone. */
const INSTANCE = 'app.kubernetes.io/instance';
const KUSTOMIZATION = 'kustomize.toolkit.fluxcd.io';
const HELM_RELEASE = 'helm.toolkit.fluxcd.io';
const HELM = 'meta.helm.sh';

/**
 * Names of field managers, the first that fits. An API server takes the beginning of
 * the user agent, which is the name of the program, where none is given.
 */
const NAMES: ReadonlyArray<[RegExp, ManagerKind]> = [
  [/^headroom$/, 'headroom'],
  // What is edited in the pages of Argo CD doesn't come from Git.
  [/^argocd-server$/, 'person'],
  [/^argocd(-|$)/, 'argocd'],
  [/^(kustomize-controller|helm-controller|flux(-.*)?)$/, 'flux'],
  [/^(helm|terraform-provider-helm.*)$/i, 'helm'],
  // The provider of Terraform says its own name, or HashiCorp as its user agent.
  [/^(terraform.*|hashicorp|pulumi-.*|tanka)$/i, 'infrastructure'],
  // Lens is node-fetch, consoles in a browser are Mozilla.
  [/^(kubectl(-.*)?|oc|k9s|node-fetch|Mozilla|before-first-apply)$/, 'person'],
  // keda is the operator's program, manager what kubebuilder calls any.
  [
    /^(keda|manager|karpenter|kubelet|kube-scheduler|cluster-autoscaler|descheduler|kopf|kube-green|vpa-.*|.*-(controller|operator|controller-manager))$/,
    'controller',
  ],
];

/** What client-side apply of kubectl is called, which Argo CD goes on under when it takes over. */
const CLIENT_SIDE = /^(kubectl-client-side-apply|before-first-apply)$/;

/**
 * What stands behind the name of a field manager. Who installs another tool, or runs
 * one under another name, has an `unknown` one.
 *
 * @param object - what the object with the field says of itself
 * @public
 */
export function kindOfManager(
  manager: string,
  object: OwnedObject = {},
): ManagerKind {
  if (CLIENT_SIDE.test(manager) && sourceOf(object)?.kind === 'argocd') {
    return 'argocd';
  }
  return NAMES.find(([name]) => name.test(manager))?.[1] ?? 'unknown';
}

/**
 * Who manages a field, and whether they put it back.
 *
 * @public
 */
export function managerOf(
  { manager, operation }: Pick<FieldOwner, 'manager' | 'operation'>,
  object: OwnedObject,
): ObjectManager {
  const kind = kindOfManager(manager, object);
  const tracked = sourceOf(object, kind);
  return {
    kind,
    reverts: revertsOf(kind, { manager, operation }, object),
    ...(tracked?.kind === kind && { source: tracked.source }),
  };
}

/**
 * Where an object comes from, as its labels and annotations say; undefined when they
 * say nothing. Whether a field of it comes from there, its owners tell.
 *
 * @param kind - of a manager that owns something of it, where one is known
 * @public
 */
export function sourceOf(
  { labels = {}, annotations = {} }: OwnedObject,
  kind?: ManagerKind,
): { kind: 'argocd' | 'flux' | 'helm'; source: string } | undefined {
  for (const prefix of [KUSTOMIZATION, HELM_RELEASE]) {
    const name = labels[`${prefix}/name`];
    if (name) {
      const namespace = labels[`${prefix}/namespace`] ?? 'flux-system';
      return { kind: 'flux', source: `${namespace}/${name}` };
    }
  }
  // <application>:<group>/<kind>:<namespace>/<name>
  const application =
    annotations[ARGO_TRACKING]?.split(':')[0] ??
    labels[ARGO_INSTANCE] ??
    (kind === 'argocd' ? labels[INSTANCE] : undefined);
  if (application) {
    return { kind: 'argocd', source: application };
  }
  const release = annotations[`${HELM}/release-name`];
  if (release) {
    const namespace = annotations[`${HELM}/release-namespace`];
    return {
      kind: 'helm',
      source: namespace ? `${namespace}/${release}` : release,
    };
  }
  return undefined;
}

function revertsOf(
  kind: ManagerKind,
  { manager, operation }: Pick<FieldOwner, 'manager' | 'operation'>,
  { annotations = {} }: OwnedObject,
): Reverts {
  switch (kind) {
    case 'flux':
      return manager === 'helm-controller'
        ? // Whether drift is put back, the HelmRelease says.
          'unknown'
        : fluxReverts(annotations);
    case 'controller':
      return 'yes';
    case 'helm':
    case 'infrastructure':
      return 'nextRelease';
    case 'person':
      // Manifests that are applied are applied again; what is edited is not.
      return operation === 'Apply' || CLIENT_SIDE.test(manager)
        ? 'nextRelease'
        : 'no';
    case 'headroom':
      return 'no';
    default:
      // Self-heal of Argo CD is said on its Application alone.
      return 'unknown';
  }
}

/** Flux leaves alone what it is told to on the object; `ssa: Merge` is not that. */
function fluxReverts(annotations: Readonly<Record<string, string>>): Reverts {
  const left =
    annotations[`${KUSTOMIZATION}/reconcile`]?.toLocaleLowerCase('en-US') ===
      'disabled' ||
    /^(IfNotPresent|Ignore)$/i.test(annotations[`${KUSTOMIZATION}/ssa`] ?? '');
  return left ? 'no' : 'yes';
}
