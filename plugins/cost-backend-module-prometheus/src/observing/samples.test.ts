import { HourWindow } from '../reading/HourWindow';
import { end, START, START_SECONDS } from '../__testUtils__/fakePrometheus';
import { SampleTable } from './samples';

const web = { namespace: 'shop', pod: 'web-1', container: 'web' };

/** A series with these values at the ends of slots of five minutes. */
function bySlot(
  part: string,
  values: Record<number, number>,
  labels: Record<string, string> = web,
) {
  return {
    labels: { headroom_part: part, ...labels },
    samples: Object.entries(values).map(([slot, value]): [number, number] => [
      START_SECONDS + (Number(slot) + 1) * 300,
      value,
    ]),
  };
}

describe('SampleTable', () => {
  const window = HourWindow.create(START, end(2));

  it('puts each value into its slot and leaves the others unknown', () => {
    const table = SampleTable.read(window, [
      bySlot('cpu', { 0: 0.5, 11: 0, 12: 2 }),
      bySlot('memory', { 3: 1024 }),
    ]);
    const nulls = Array(10).fill(null);
    expect(table.samples(web, 0)).toEqual({
      cpuCores: [0.5, ...nulls, 0],
      memoryBytes: [null, null, null, 1024, ...Array(8).fill(null)],
    });
    expect(table.samples(web, 1)).toEqual({
      cpuCores: [2, ...nulls, null],
    });
  });

  it('takes the higher of two series of a container', () => {
    const exported = {
      namespace: 'monitoring',
      pod: 'agent',
      exported_namespace: 'shop',
      exported_pod: 'web-1',
      exported_container: 'web',
    };
    const table = SampleTable.read(window, [
      bySlot('cpu', { 0: 1, 1: 2 }),
      bySlot('cpu', { 0: 2, 1: 1 }, exported),
    ]);
    expect(table.samples(web, 0)?.cpuCores?.slice(0, 2)).toEqual([2, 2]);
  });

  it('says nothing of containers it did not see', () => {
    const table = SampleTable.read(window, [bySlot('cpu', { 0: 1 })]);
    expect(table.samples({ ...web, container: 'proxy' }, 0)).toBeUndefined();
    expect(table.samples(web, 1)).toBeUndefined();
  });
});
