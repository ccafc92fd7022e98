import { Demand } from './demands';
import { podLevelHour } from './podLevel';

const ofPod = {
  hour: '2026-03-02T10:00:00.000Z',
  namespace: 'shop',
  pod: 'web-1',
  node: 'node-1',
  workloadKind: 'Deployment',
  workload: 'web',
  labels: {},
  runSeconds: 3600,
};

/** The same in each of the twelve slots. */
const even = (ofSlot: number) => Array<number>(12).fill(ofSlot);

const container = (cpu: number, memory: number): Demand => ({
  requested: undefined,
  used: { cpu: even(cpu), memory: even(memory) },
});

const asked = (cpu: number, memory: number) =>
  new Map([
    ['cpu', even(cpu)],
    ['memory', even(memory)],
  ]);

const nothing = { reserved: undefined, spec: undefined, overhead: undefined };

describe('podLevelHour', () => {
  it('is nothing when the containers fill what the pod asks for', () => {
    expect(podLevelHour(nothing, ofPod, [container(1, 1)])).toBeUndefined();
    expect(
      podLevelHour({ ...nothing, reserved: asked(100, 100) }, ofPod, [
        container(100, 100),
      ]),
    ).toBeUndefined();
  });

  it('is what the containers do not fill of what the pod asks for', () => {
    expect(
      podLevelHour({ ...nothing, spec: asked(300, 600) }, ofPod, [
        container(100, 700),
      ]),
    ).toMatchObject({
      container: '',
      cpuRequestCoreSeconds: 12 * 200,
      memoryRequestByteSeconds: 0,
    });
  });

  it('has the overhead of the sandbox on top of what containers are charged', () => {
    const overhead = asked(25, 50);
    const containers = [container(900, 900)];
    const row = {
      cpuRequestCoreSeconds: 12 * 25,
      memoryRequestByteSeconds: 12 * 50,
    };
    expect(
      podLevelHour({ ...nothing, overhead }, ofPod, containers),
    ).toMatchObject(row);
    // The scheduler's figure has it already.
    expect(
      podLevelHour(
        { ...nothing, overhead, reserved: asked(925, 950) },
        ofPod,
        containers,
      ),
    ).toMatchObject(row);
    // A burst above what is reserved does not use it up.
    expect(
      podLevelHour(
        { ...nothing, overhead, reserved: asked(125, 150) },
        ofPod,
        containers,
      ),
    ).toMatchObject(row);
  });

  it('adds the overhead to what the pod itself asks for', () => {
    expect(
      podLevelHour(
        { ...nothing, spec: asked(300, 300), overhead: asked(50, 50) },
        ofPod,
        [container(100, 100)],
      ),
    ).toMatchObject({
      cpuRequestCoreSeconds: 12 * 250,
      memoryRequestByteSeconds: 12 * 250,
    });
  });

  it('does not set what is used at one time against what is reserved at another', () => {
    const burst: Demand = {
      requested: undefined,
      used: { cpu: [1200, ...Array<number>(11).fill(0)] },
    };
    expect(
      podLevelHour({ ...nothing, spec: asked(100, 0) }, ofPod, [burst]),
    ).toMatchObject({ cpuRequestCoreSeconds: 1100 });
  });
});
