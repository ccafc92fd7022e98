import { ManagerKind, Reverts } from './FieldOwner';
import { kindOfManager, managerOf, OwnedObject, sourceOf } from './managers';

const TRACKED: OwnedObject = {
  annotations: {
    'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:shop/web',
  },
};
const KUSTOMIZED: OwnedObject = {
  labels: {
    'kustomize.toolkit.fluxcd.io/name': 'apps',
    'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
  },
};
const RELEASED: OwnedObject = {
  labels: { 'app.kubernetes.io/instance': 'web' },
  annotations: {
    'meta.helm.sh/release-name': 'web',
    'meta.helm.sh/release-namespace': 'shop',
  },
};

describe('kindOfManager', () => {
  it.each<[string, ManagerKind]>([
    // argo-cd common.ArgoCDSSAManager; the name of the program without server-side apply
    ['argocd-controller', 'argocd'],
    ['argocd-application-controller', 'argocd'],
    // argo-cd#25474: what is edited in its pages
    ['argocd-server', 'person'],
    ['kustomize-controller', 'flux'],
    ['helm-controller', 'flux'],
    ['flux-client-side-apply', 'flux'],
    ['helm', 'helm'],
    ['Helm', 'helm'],
    // hashicorp/terraform-provider-kubernetes#1333, gavinbunney/terraform-provider-kubectl#139
    ['Terraform', 'infrastructure'],
    ['HashiCorp', 'infrastructure'],
    // pulumi-kubernetes#2271
    ['pulumi-kubernetes', 'infrastructure'],
    ['pulumi-kubernetes-31df3088', 'infrastructure'],
    ['kubectl', 'person'],
    ['kubectl-client-side-apply', 'person'],
    ['kubectl-edit', 'person'],
    ['kubectl-rollout', 'person'],
    ['before-first-apply', 'person'],
    // kustomize-controller#982: Lens; the console of OpenShift
    ['node-fetch', 'person'],
    ['Mozilla', 'person'],
    ['kube-controller-manager', 'controller'],
    ['keda', 'controller'],
    ['keda-operator', 'controller'],
    ['rollouts-controller', 'controller'],
    ['vpa-updater', 'controller'],
    ['manager', 'controller'],
    ['headroom', 'headroom'],
    ['headroom-copy', 'unknown'],
    ['Go-http-client', 'unknown'],
    ['my-tool', 'unknown'],
    ['', 'unknown'],
  ])('%s is %s', (name, kind) => {
    expect(kindOfManager(name)).toBe(kind);
  });

  it('takes what kubectl applied for Argo CD’s on an object that Argo CD tracks', () => {
    // Argo CD moves that name's fields to its own when it turns to server-side apply.
    expect(kindOfManager('kubectl-client-side-apply', TRACKED)).toBe('argocd');
    expect(kindOfManager('kubectl-edit', TRACKED)).toBe('person');
    expect(kindOfManager('kubectl-client-side-apply', KUSTOMIZED)).toBe(
      'person',
    );
    expect(kindOfManager('kubectl-client-side-apply', RELEASED)).toBe('person');
  });
});

describe('sourceOf', () => {
  it.each<[string, OwnedObject, ReturnType<typeof sourceOf>]>([
    ['Argo CD by annotation', TRACKED, { kind: 'argocd', source: 'shop' }],
    [
      'Argo CD by a label of its own',
      { labels: { 'argocd.argoproj.io/instance': 'shop' } },
      { kind: 'argocd', source: 'shop' },
    ],
    ['Flux', KUSTOMIZED, { kind: 'flux', source: 'flux-system/apps' }],
    [
      'a HelmRelease of Flux, which is Helm’s release as well',
      {
        ...RELEASED,
        labels: {
          'helm.toolkit.fluxcd.io/name': 'web',
          'helm.toolkit.fluxcd.io/namespace': 'shop',
        },
      },
      { kind: 'flux', source: 'shop/web' },
    ],
    ['Helm', RELEASED, { kind: 'helm', source: 'shop/web' }],
    ['nothing', { labels: { app: 'web' } }, undefined],
    // Every chart has this label, so it says nothing alone.
    [
      'a label of charts',
      { labels: { 'app.kubernetes.io/instance': 'web' } },
      undefined,
    ],
  ])('is by %s', (_, object, source) => {
    expect(sourceOf(object)).toEqual(source);
  });

  it('takes Argo CD’s label as it comes where Argo CD owns a field', () => {
    const object = { labels: { 'app.kubernetes.io/instance': 'shop' } };
    expect(sourceOf(object, 'argocd')).toEqual({
      kind: 'argocd',
      source: 'shop',
    });
  });
});

describe('managerOf', () => {
  const reconcile = (more: Record<string, string>): OwnedObject => ({
    ...KUSTOMIZED,
    annotations: more,
  });
  it.each<[string, 'Apply' | 'Update', OwnedObject, Reverts]>([
    // Whether an Application heals itself, no object of it says.
    ['argocd-controller', 'Apply', TRACKED, 'unknown'],
    ['kustomize-controller', 'Apply', KUSTOMIZED, 'yes'],
    [
      'kustomize-controller',
      'Apply',
      reconcile({ 'kustomize.toolkit.fluxcd.io/ssa': 'Merge' }),
      'yes',
    ],
    [
      'kustomize-controller',
      'Apply',
      reconcile({ 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' }),
      'no',
    ],
    [
      'kustomize-controller',
      'Apply',
      reconcile({ 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' }),
      'no',
    ],
    ['helm-controller', 'Update', RELEASED, 'unknown'],
    ['helm', 'Update', RELEASED, 'nextRelease'],
    ['Terraform', 'Apply', {}, 'nextRelease'],
    ['kubectl', 'Apply', {}, 'nextRelease'],
    ['kubectl-client-side-apply', 'Update', {}, 'nextRelease'],
    ['kubectl-edit', 'Update', {}, 'no'],
    ['kube-controller-manager', 'Update', {}, 'yes'],
    ['headroom', 'Update', {}, 'no'],
    ['my-tool', 'Apply', {}, 'unknown'],
  ])(
    'says whether %s (%s) puts back what others change',
    (manager, operation, object, reverts) => {
      expect(managerOf({ manager, operation }, object).reverts).toBe(reverts);
    },
  );

  it('names the source where the manager is the tool that the object names', () => {
    const by = (manager: string, object: OwnedObject) =>
      managerOf({ manager, operation: 'Update' }, object).source;
    expect(by('argocd-controller', TRACKED)).toBe('shop');
    expect(by('kubectl-edit', TRACKED)).toBeUndefined();
    expect(by('helm', RELEASED)).toBe('shop/web');
    expect(by('kustomize-controller', RELEASED)).toBeUndefined();
  });
});
