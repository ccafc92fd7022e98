import { NodeDescription, NodeHour } from '@headroom/plugin-cost-common';
import { Machine, machinesOfNode } from './machinesOfNode';

const HOUR = '2026-01-10T11:00:00.000Z';

const node = (upSeconds = 3600): NodeHour => ({
  hour: HOUR,
  node: 'node-1',
  capacityType: 'on-demand',
  cpuCores: 8,
  memoryBytes: 2 ** 35,
  gpuDevices: 0,
  upSeconds,
});

/** A machine that got the name so many minutes after the hour began. */
const machine = (minutes: number, description: NodeDescription): Machine => ({
  since: Date.parse(HOUR) + minutes * 60_000,
  description,
});

const SPOT: NodeDescription = {
  instanceType: 'm5.2xlarge',
  capacityType: 'spot',
};
const ON_DEMAND: NodeDescription = { instanceType: 'm5.2xlarge' };

const said = (nodes: NodeHour[], machines: Machine[]) =>
  machinesOfNode(nodes, machines).map(({ node: of, machine: at }) => [
    of.upSeconds,
    at && (at.description.capacityType ?? 'on-demand'),
  ]);

describe('machinesOfNode', () => {
  it('is the machine that has the name', () => {
    expect(said([node()], [machine(-600, SPOT)])).toEqual([[3600, 'spot']]);
    expect(
      said([node()], [machine(-600, SPOT), machine(-60, ON_DEMAND)]),
    ).toEqual([[3600, 'on-demand']]);
    expect(said([node()], [])).toEqual([[3600, undefined]]);
  });

  it('is none that gets the name after the hour', () => {
    expect(
      said([node()], [machine(-60, SPOT), machine(60, ON_DEMAND)]),
    ).toEqual([[3600, 'spot']]);
  });

  it('parts the hour where another machine gets the name', () => {
    const machines = [machine(-60, SPOT), machine(20, ON_DEMAND)];
    expect(said([node()], machines)).toEqual([
      [1200, 'spot'],
      [2400, 'on-demand'],
    ]);
    // Ten minutes of it there was no machine.
    expect(said([node(3000)], machines)).toEqual([
      [600, 'spot'],
      [2400, 'on-demand'],
    ]);
    expect(said([node(1800)], machines)).toEqual([[1800, 'on-demand']]);
  });

  it('does not part it when both cost the same', () => {
    expect(said([node()], [machine(-60, SPOT), machine(20, SPOT)])).toEqual([
      [3600, 'spot'],
    ]);
  });

  it('knows which machine each entry of a source is', () => {
    expect(
      said(
        [node(1200), node(2400)],
        [machine(-60, ON_DEMAND), machine(20, SPOT)],
      ),
    ).toEqual([
      [1200, 'on-demand'],
      [2400, 'spot'],
    ]);
  });

  it('knows nothing of a machine that the API never saw', () => {
    expect(said([node(1200), node(2400)], [machine(20, SPOT)])).toEqual([
      [1200, undefined],
      [2400, 'spot'],
    ]);
  });

  it('is one machine that was there all along', () => {
    expect(said([node(1200), node(2400)], [machine(-60, SPOT)])).toEqual([
      [1200, 'spot'],
      [2400, 'spot'],
    ]);
  });
});
