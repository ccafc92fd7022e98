/** Who put an object where it is: the field manager, and how it writes. */
export interface Owner {
  manager: string;
  operation: 'Apply' | 'Update';
}

const ARGO: Owner = { manager: 'argocd-controller', operation: 'Apply' };
const FLUX: Owner = { manager: 'kustomize-controller', operation: 'Apply' };
const HELM: Owner = { manager: 'helm', operation: 'Update' };
const BY_HAND: Owner = {
  manager: 'kubectl-client-side-apply',
  operation: 'Update',
};
const KEDA: Owner = { manager: 'keda', operation: 'Update' };

/** By namespace: each team has its way. */
const NAMESPACES: Record<string, Owner> = {
  storefront: ARGO,
  reporting: ARGO,
  edge: ARGO,
  payments: FLUX,
  'kube-system': HELM,
  monitoring: HELM,
  observability: HELM,
};

/** Objects that came another way than the rest of their namespace. */
const OTHERS: Record<string, Owner> = {
  // Git has the Deployments of these, and somebody else tunes how they scale.
  'HorizontalPodAutoscaler/edge/api-gateway': BY_HAND,
  'HorizontalPodAutoscaler/storefront/recommendation-api': HELM,
  'Deployment/storefront/session-service': HELM,
};

/** Who owns the fields of an object that nobody else has changed. */
export function ownerOf(kind: string, namespace: string, name: string): Owner {
  if (kind === 'HorizontalPodAutoscaler' && name.startsWith('keda-hpa-')) {
    return KEDA;
  }
  if (namespace.startsWith('preview-')) {
    return ARGO;
  }
  return (
    OTHERS[`${kind}/${namespace}/${name}`] ?? NAMESPACES[namespace] ?? BY_HAND
  );
}

/** The annotation by which Argo CD knows what is its own; undefined for what isn't. */
export function trackingId(
  group: string,
  kind: string,
  namespace: string,
  name: string,
): string | undefined {
  return ownerOf(kind, namespace, name) === ARGO
    ? `${namespace}:${group}/${kind}:${namespace}/${name}`
    : undefined;
}

export const TRACKING_ANNOTATION = 'argocd.argoproj.io/tracking-id';
