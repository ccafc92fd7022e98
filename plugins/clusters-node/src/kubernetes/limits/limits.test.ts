import { KubernetesApiError } from '../client/KubernetesApiError';
import { readLimitRange } from './limitRange';
import { LimitRange, ResourceQuota } from './objects';
import { readLimits } from './readLimits';
import { readResourceQuota } from './resourceQuota';

const GIB = 2 ** 30;
const metadata = { namespace: 'shop', name: 'limits', uid: 'u' };

describe('readLimitRange', () => {
  it('reads what it says of CPU and memory, of containers and pods', () => {
    const range: LimitRange = {
      metadata,
      spec: {
        limits: [
          {
            type: 'Container',
            min: { cpu: '50m', memory: '64Mi' },
            max: { cpu: '2', memory: '2Gi' },
            default: { cpu: '500m' },
            defaultRequest: { cpu: '100m' },
            maxLimitRequestRatio: { cpu: '4', 'ephemeral-storage': '2' },
          },
          { type: 'Pod', max: { memory: '4Gi' } },
          { type: 'PersistentVolumeClaim', min: { storage: '1Gi' } },
        ],
      },
    };
    expect(readLimitRange(range)).toEqual({
      kind: 'LimitRange',
      namespace: 'shop',
      name: 'limits',
      lines: [
        {
          type: 'Container',
          resource: 'cpu',
          min: 0.05,
          max: 2,
          default: 0.5,
          defaultRequest: 0.1,
          maxLimitRequestRatio: 4,
        },
        {
          type: 'Container',
          resource: 'memory',
          min: GIB / 16,
          max: 2 * GIB,
        },
        { type: 'Pod', resource: 'memory', max: 4 * GIB },
      ],
    });
  });

  it('is none of ours when it is about storage, and when it is empty', () => {
    const storage = [
      { type: 'PersistentVolumeClaim', max: { storage: '1Gi' } },
    ];
    expect(readLimitRange({ metadata, spec: { limits: storage } })).toBe(
      undefined,
    );
    expect(readLimitRange({ metadata })).toBe(undefined);
  });
});

describe('readResourceQuota', () => {
  const quota: ResourceQuota = {
    metadata,
    spec: {
      hard: { 'requests.cpu': '20' },
      scopes: ['NotTerminating'],
      scopeSelector: {
        matchExpressions: [
          {
            scopeName: 'PriorityClass',
            operator: 'In',
            values: ['high', 'a\0b', 'x'.repeat(300)],
          },
        ],
      },
    },
    status: {
      hard: {
        cpu: '12',
        'requests.cpu': '10',
        'limits.memory': '32Gi',
        pods: '50',
      },
      used: { cpu: '7500m', 'requests.cpu': '7500m', 'limits.memory': '8Gi' },
    },
  };

  it('reads what is enforced and used, by either name, and whom it counts', () => {
    expect(readResourceQuota(quota)).toEqual({
      kind: 'ResourceQuota',
      namespace: 'shop',
      name: 'limits',
      hard: { cpuRequestCores: 10, memoryLimitBytes: 32 * GIB },
      used: { cpuRequestCores: 7.5, memoryLimitBytes: 8 * GIB },
      scopes: [
        { scope: 'NotTerminating', operator: 'Exists', values: [] },
        { scope: 'PriorityClass', operator: 'In', values: ['high'] },
      ],
    });
  });

  it('is none of ours when it counts objects only', () => {
    const pods = { spec: { hard: { pods: '5' } }, status: {} };
    expect(readResourceQuota({ metadata, ...pods })).toBe(undefined);
  });
});

describe('readLimits', () => {
  const range = {
    metadata,
    spec: { limits: [{ type: 'Pod', max: { cpu: 1 } }] },
  };

  it('keeps apart what may not be read', async () => {
    const { limits, unreadable } = await readLimits(
      async (path, kind, take) => {
        if (path === '/api/v1/resourcequotas') {
          return new KubernetesApiError(`may not list ${kind}`, {
            failure: 'Forbidden',
            status: 403,
          });
        }
        take(range as never);
        return undefined;
      },
    );
    expect(limits).toHaveLength(1);
    expect(unreadable).toEqual([
      { kind: 'ResourceQuota', reason: 'may not list resourcequotas' },
    ]);
  });

  it('takes more objects than are kept for unknown, not for fewer', async () => {
    const { limits, unreadable } = await readLimits(async (path, _, take) => {
      for (let i = 0; i < (path.endsWith('limitranges') ? 10_001 : 0); i++) {
        const namespace = `n${i}`;
        take({ ...range, metadata: { ...metadata, namespace } } as never);
      }
      return undefined;
    });
    expect(limits).toEqual([]);
    expect(unreadable).toMatchObject([{ kind: 'LimitRange' }]);
    expect(unreadable[0].reason).toMatch(/10001 limitranges .* 10000/);
  });

  it('does not know of a namespace with too many, and knows the others', async () => {
    const { limits, unreadable } = await readLimits(async (path, _, take) => {
      for (let i = 0; i < (path.endsWith('limitranges') ? 40 : 0); i++) {
        const namespace = i === 0 ? 'calm' : 'flooded';
        take({ ...range, metadata: { ...metadata, namespace } } as never);
      }
      return undefined;
    });
    expect(limits).toMatchObject([{ namespace: 'calm' }]);
    expect(unreadable).toMatchObject([
      { kind: 'LimitRange', object: 'flooded' },
    ]);
  });
});
