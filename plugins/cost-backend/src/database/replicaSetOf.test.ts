import { replicaSetOf } from './replicaSetOf';

const of = (workloadKind: string, workload: string, pod: string) =>
  replicaSetOf({ workloadKind, workload, pod });

describe('the ReplicaSet of a pod', () => {
  it('is the pod’s name without its suffix', () => {
    expect(of('Deployment', 'web', 'web-7d9f8c6b5d-x2x7k')).toBe(
      'web-7d9f8c6b5d',
    );
    expect(of('Rollout', 'web-api', 'web-api-5c-x2x7k')).toBe('web-api-5c');
  });

  it('is not told by pods that have none', () => {
    expect(of('StatefulSet', 'db', 'db-0')).toBeUndefined();
    expect(of('DaemonSet', 'logs', 'logs-x2x7k')).toBeUndefined();
    expect(of('Job', 'night', 'night-28391-x2x7k')).toBeUndefined();
    expect(of('Deployment', 'web', '')).toBeUndefined();
  });

  it('is not another workload’s whose name begins alike', () => {
    expect(of('Deployment', 'web', 'web-api-7d9f8c6b5d-x2x7k')).toBeUndefined();
  });

  it('is not told where Kubernetes has cut the hash off the name', () => {
    const workload = 'w'.repeat(54);
    // 58 characters of what the name is generated from, and five of the suffix.
    const pod = `${`${workload}-7d9f8c6b5d-`.slice(0, 58)}x2x7k`;
    expect(of('Deployment', workload, pod)).toBeUndefined();
  });
});
