import { podFacts } from './podFacts';
import { WorkloadBook } from './WorkloadBook';

const GIB = 2 ** 30;
const own = {
  containers: [{ name: 'app' }],
  resources: {
    requests: { cpu: '2', memory: '4Gi' },
    limits: { memory: '8Gi', 'nvidia.com/gpu': '1' },
  },
  priorityClassName: 'high',
  activeDeadlineSeconds: 600,
};

describe('podFacts', () => {
  it('are what the pod asks for itself, and what quotas tell it by', () => {
    expect(podFacts(own)).toEqual({
      podSpec: {
        cpuRequestCores: 2,
        memoryRequestBytes: 4 * GIB,
        memoryLimitBytes: 8 * GIB,
      },
      priorityClass: 'high',
      terminating: true,
    });
  });

  it.each([[undefined], [{}], [{ resources: {} }]])('are none of %j', spec => {
    expect(podFacts(spec)).toEqual({});
  });

  it('are of the newest template of a workload', () => {
    const book = WorkloadBook.create();
    const owner = {
      apiVersion: 'acme.io/v1',
      kind: 'Fleet',
      name: 'web',
      uid: 'fleet',
      controller: true,
    };
    const replicaSet = (name: string, created: string, spec: object) =>
      book.addIntermediate('ReplicaSet', {
        metadata: {
          namespace: 'shop',
          name,
          uid: name,
          creationTimestamp: created,
          ownerReferences: [owner],
        },
        spec: { replicas: 1, template: { spec: spec as typeof own } },
      });
    replicaSet('a', '2026-01-01T00:00:00Z', own);
    replicaSet('b', '2026-01-02T00:00:00Z', { containers: [{ name: 'app' }] });
    const [facts] = book.workloads();
    expect(facts.podSpec).toBeUndefined();
    expect(facts.priorityClass).toBeUndefined();
    expect(facts.replicas).toBe(2);
  });
});
