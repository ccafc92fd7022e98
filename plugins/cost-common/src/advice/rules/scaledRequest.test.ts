import { Steering } from '@headroom/common';
import {
  digestsOf,
  inputOf,
  POLICY,
  workloadOf,
} from '../__testUtils__/builders';
import { adviseContainer } from '../adviseContainer';

/** Advice on a container that uses so much and is scaled at a share of its request. */
function advise(cores: number, request: number, target: number) {
  const spec = { cpuRequestCores: request };
  const hpa: Steering = {
    kind: 'HorizontalPodAutoscaler',
    name: 'cart',
    target: workloadOf('Deployment'),
    minReplicas: 2,
    maxReplicas: 10,
    metrics: [{ resource: 'cpu', targetUtilization: target }],
    otherMetrics: 0,
  };
  return adviseContainer(
    inputOf({
      digests: digestsOf(28, { spec, cpu: () => cores }),
      spec,
      facts: { name: 'app', role: 'main', spec, containersInPod: 1 },
      steering: [hpa],
      policy: { ...POLICY, floors: { cpuCores: 0.001, memoryBytes: 1 } },
    }),
  );
}
const said = (advice: ReturnType<typeof advise>, code: string) =>
  advice.cpu.reasons.find(reason => reason.code === code);

describe('a request that an autoscaler follows', () => {
  it('moves with its target, and says where it goes on scaling', () => {
    const advice = advise(0.2, 0.6, 50);
    const [move] = advice.hpa;
    expect(said(advice, 'hpa-moved')?.message).toBe(
      `HorizontalPodAutoscaler cart goes on adding a pod when usage is 300m a pod: its target moves from 50 % to ${move.proposedTarget} %, together with the request.`,
    );
    expect(advice.cpu.rule).toMatchObject({ kind: 'hpa' });
  });

  it('of a few millicores says by how much rounding moves the point', () => {
    // 6.2m of 20m: 56 % of 11m are 6.16m, and no whole percent is nearer.
    const advice = advise(0.0106, 0.02, 31);
    expect(advice.cpu.proposed?.request).toBe(0.011);
    expect(advice.hpa).toMatchObject([{ proposedTarget: 56 }]);
    expect(said(advice, 'hpa-moved')).toMatchObject({
      message: expect.stringMatching(
        /together with the request\. Targets are whole percents, so this is 0\.6 % earlier than now\.$/,
      ),
      wording: { key: 'parts.then' },
    });
  });

  it('is held where its target would leave the bounds', () => {
    const advice = advise(0.2, 0.1, 60);
    expect(advice.cpu.status).toBe('withheld');
    expect(said(advice, 'hpa-custom-target')?.message).toMatch(
      /adds a pod when usage is 60m a pod\. A request of 20\dm would need a target below 50 %/,
    );
  });
});
