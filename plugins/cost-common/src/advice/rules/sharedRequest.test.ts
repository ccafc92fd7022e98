import { digestsOf, factsOf, inputOf } from '../__testUtils__/builders';
import { PodLevel, podLevelOf } from '../pod/podLevel';
import { Draft } from './draft';
import { setShare, unknownPodLevel } from './sharedRequest';

const draft = (): Draft => ({
  resource: 'cpu',
  vetoes: [],
  lowerVetoes: [],
  notes: [],
});

/** A pod that requests two cores, with another container that needs 0.6. */
const podOf = (noLower: boolean) =>
  podLevelOf('cpu', {
    facts: factsOf({
      containersInPod: 2,
      podSpec: { cpuRequestCores: 2 },
      otherContainers: [{ name: 'proxy', role: 'sidecar' }],
    }),
    others: [
      {
        container: 'proxy',
        role: 'sidecar',
        cpu: {
          current: {},
          request: 0.6,
          ...(noLower && { noLower: true as const }),
        },
        memory: { current: {} },
      },
    ],
  }) as PodLevel;

describe('a request that the containers of a pod share', () => {
  it('is shared by need, now and as it is proposed', () => {
    const mine = draft();
    setShare(mine, podOf(false), 0.2, { request: 0.8, limit: null });
    expect(mine.current).toEqual({ request: 0.5 });
    expect(mine.setting).toEqual({ request: 0.2, limit: null });
    expect(mine.pod?.proposed).toEqual({ request: 0.8, limit: null });
    expect(mine.lowerVetoes).toEqual([]);
    expect(mine.notes[0].message).toBe(
      'The request of 2 cores is set on the pod (spec.resources), for 2 containers; by what each needs, the part of this one is 500m. For what all of them need, the pod asks for 800m.',
    );
  });

  it('is not lowered where another container may not be', () => {
    const mine = draft();
    setShare(mine, podOf(true), 0.2, { request: 0.8, limit: null });
    expect(mine.lowerVetoes).toMatchObject([
      {
        code: 'pod-level',
        message:
          'The request is set on the pod (spec.resources), and container proxy in it may not be lowered now.',
      },
    ]);
  });

  it('says what is set where the needs of the others are not known', () => {
    const facts = factsOf({ podSpec: { cpuLimitCores: 1.5 } });
    const input = inputOf({ digests: digestsOf(14), facts });
    expect(unknownPodLevel('cpu', input)).toMatchObject({
      code: 'pod-level',
      message:
        'The request of 1.5 cores is set on the pod (spec.resources), and what all of its containers need is not known.',
    });
  });
});
