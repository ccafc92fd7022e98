import { refusalOf } from './status';

const forbidden = (message: string) =>
  refusalOf(403, { kind: 'Status', reason: 'Forbidden', message });

describe('refusalOf', () => {
  it.each([
    [
      `admission webhook "vscaledobject.kb.io" denied the request: the workload 'web' of type 'apps/v1.Deployment' is already managed by the ScaledObject 'web'`,
      'the admission webhook vscaledobject.kb.io',
    ],
    [
      `deployments.apps "web" is forbidden: ValidatingAdmissionPolicy 'replicas.example.com' with binding 'all' denied request: hunter2`,
      'the admission policy replicas.example.com',
    ],
    [
      'pods "web-1" is forbidden: exceeded quota: compute, requested: requests.cpu=2, used: requests.cpu=1, limited: requests.cpu=2',
      'a ResourceQuota',
    ],
    [
      'pods "web-1" is forbidden: violates PodSecurity "restricted:latest": hunter2',
      'its PodSecurity level',
    ],
    [
      'pods "web-1" is forbidden: maximum cpu usage per Container is 2, but limit is 3',
      'a LimitRange',
    ],
    [
      `pods "web-1" is forbidden: node didn't have enough allocatable resources: cpu, requested: 900000, allocatable: 64000`,
      'the size of the node',
    ],
    ['pods "web-1" is forbidden: no PriorityClass with name x', 'admission'],
  ])(
    'does not take a rule of admission for a missing right: %s',
    (message, admission) => {
      expect(forbidden(message)).toMatchObject({
        failure: 'Rejected',
        admission,
      });
    },
  );

  it('knows an admission policy that says no as Kubernetes has it say, with 422', () => {
    const invalid = (message: string) =>
      refusalOf(422, { kind: 'Status', reason: 'Invalid', message });
    expect(
      invalid(
        `deployments.apps "web" is forbidden: ValidatingAdmissionPolicy 'headroom-actor' with binding 'headroom-actor' denied request: hunter2`,
      ),
    ).toMatchObject({
      failure: 'Rejected',
      admission: 'the admission policy headroom-actor',
    });
    expect(
      invalid(
        'Deployment.apps "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
      ),
    ).toEqual({ failure: 'Invalid', conflicts: [], fields: [] });
    expect(
      invalid(
        'Deployment.apps "web" is invalid: spec.template.spec.containers[0].securityContext.privileged: Forbidden: disallowed by cluster policy',
      ).failure,
    ).toBe('Invalid');
  });

  it('takes the answer of an authorizer for a missing right', () => {
    expect(
      forbidden(
        'deployments.apps "web" is forbidden: User "headroom" cannot patch resource "deployments" in API group "apps" in the namespace "shop"',
      ),
    ).toEqual({ failure: 'Forbidden', conflicts: [], fields: [] });
    expect(forbidden('Forbidden').failure).toBe('Forbidden');
  });
});
