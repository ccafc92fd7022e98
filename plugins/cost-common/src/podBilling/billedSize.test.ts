import { billedSize, BilledPod } from './billedSize';

const GIB = 2 ** 30;
const MIB = 2 ** 20;

function pod(
  containers: Array<[cpuCores?: number, memoryBytes?: number]>,
  more: Partial<BilledPod> = {},
): BilledPod {
  return {
    namespace: 'shop',
    labels: {},
    containers: containers.map(([cpuCores, memoryBytes]) => ({
      cpuCores,
      memoryBytes,
    })),
    ...more,
  };
}

describe('Fargate', () => {
  const size = (...containers: Parameters<typeof pod>[0]) =>
    billedSize('eks-fargate', pod(containers));

  it.each([
    // Without requests the smallest there is.
    [undefined, undefined, 0.25, 0.5],
    // aws/containers-roadmap#1248: 150m and 150 MiB on a node of 2 cores.
    [0.15, 150 * MIB, 0.25, 0.5],
    [0.25, 256 * MIB, 0.25, 0.5],
    // 256 MiB for the kubelet make the next size of memory.
    [0.25, 0.5 * GIB, 0.25, 1],
    [0.25, GIB, 0.25, 2],
    [0.25, 2 * GIB, 0.5, 3],
    // The EKS user guide's example: 1 vCPU and 8 GB become 2 vCPU and 9 GB.
    [1, 8 * GIB, 2, 9],
    [3, 4 * GIB, 4, 8],
    [5, 17 * GIB, 8, 20],
    [9, 33 * GIB, 16, 40],
  ])('gives %s cores and %s bytes %s vCPU and %s GB', (cpu, memory, c, m) => {
    expect(size([cpu, memory])).toEqual({ cpuCores: c, memoryGib: m });
  });

  it('adds the containers of a pod up', () => {
    expect(size([0.2, 128 * MIB], [0.1, 64 * MIB])).toEqual({
      cpuCores: 0.5,
      memoryGib: 1,
    });
  });

  it('takes a mean of the hour that is a little off for the size it is of', () => {
    expect(size([0.2500001, 256.01 * MIB])).toEqual({
      cpuCores: 0.25,
      memoryGib: 0.5,
    });
    expect(size([0.26, 0])?.cpuCores).toBe(0.5);
  });

  it('takes what no size has as it is', () => {
    expect(size([20, 10 * GIB])).toEqual({ cpuCores: 20, memoryGib: 10.25 });
  });

  it.each([
    'CapacityProvisioned',
    'capacity_provisioned',
    'annotation_capacity_provisioned',
    'annotation_CapacityProvisioned',
  ])('believes %s before requests', key => {
    expect(
      billedSize(
        'eks-fargate',
        pod([[0.1, MIB]], { labels: { app: 'x', [key]: '0.5vCPU 2GB' } }),
      ),
    ).toEqual({ cpuCores: 0.5, memoryGib: 2 });
    expect(
      billedSize('eks-fargate', pod([[1]], { labels: { [key]: 'much' } })),
    ).toEqual({ cpuCores: 1, memoryGib: 2 });
  });
});

describe('Azure Container Instances', () => {
  const size = (...containers: Parameters<typeof pod>[0]) =>
    billedSize('azure-container-instances', pod(containers));

  it('bills whole vCPUs of the group: 1 + 0.1 + 0.1 are 2 (azure-docs#66379)', () => {
    expect(size([1, 1e9], [0.1, 1e9], [0.1, 1e9])).toEqual({
      cpuCores: 2,
      memoryGib: 3,
    });
  });

  it('bills memory in tenths of a GB, as the virtual-kubelet asks for it', () => {
    expect(size([1, 2 * GIB])).toEqual({ cpuCores: 1, memoryGib: 2.1 });
    expect(size([0.4999999, 1e9])).toEqual({ cpuCores: 1, memoryGib: 1 });
    expect(size([2.0000001, 10 * MIB])).toEqual({
      cpuCores: 2,
      memoryGib: 0.1,
    });
  });

  it('gives a container without requests one core and 1.5 GB', () => {
    expect(size([])).toEqual({ cpuCores: 1, memoryGib: 1.5 });
  });
});

describe('other platforms', () => {
  it('bill what is requested', () => {
    const requested = pod([[0.25, 0.5 * GIB], [0.1]]);
    const billed = { cpuCores: 0.35, memoryGib: 0.5 };
    expect(billedSize('gke-autopilot', requested)).toEqual(billed);
    expect(billedSize('virtual-kubelet', requested)).toEqual(billed);
  });

  it("don't know what a pod without requests is billed for", () => {
    expect(billedSize('gke-autopilot', pod([[]]))).toBeUndefined();
  });

  it('Google does not bill its own pods', () => {
    const none = { cpuCores: 0, memoryGib: 0 };
    for (const namespace of ['kube-system', 'gke-managed-cim']) {
      const own = pod([[0.25, GIB]], { namespace });
      expect(billedSize('gke-autopilot', own)).toEqual(none);
      expect(billedSize('gke-autopilot-balanced', own)).toEqual(none);
    }
    expect(
      billedSize('gke-autopilot', pod([[0.25]], { namespace: 'gke-apps' })),
    ).toEqual({ cpuCores: 0.25, memoryGib: 0 });
  });
});
