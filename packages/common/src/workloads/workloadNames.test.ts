import { staticPodName } from './workloadNames';

describe('staticPodName', () => {
  it.each([
    ['etcd-master-1', 'master-1', 'etcd'],
    ['kube-proxy-gke-prod-pool-1-abc', 'gke-prod-pool-1-abc', 'kube-proxy'],
    [
      'kube-apiserver-ip-10-0-1-2.ec2.internal',
      'ip-10-0-1-2.ec2.internal',
      'kube-apiserver',
    ],
    // Windows and some on-premises nodes have capitals; pods can't.
    ['agent-win2022a', 'WIN2022A', 'agent'],
    ['etcd-master-1', 'master-2', 'etcd-master-1'],
    ['-master-1', 'master-1', '-master-1'],
  ])('%s on %s is %s', (pod, node, name) => {
    expect(staticPodName(pod, node)).toBe(name);
  });
});
