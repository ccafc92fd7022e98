import { eachDay } from '@headroom/common';
import { buildGpuReport, GpuReportInput } from './buildGpuReport';
import { GpuReportFold } from './GpuReportFold';

const days = eachDay('2026-03-01', '2026-03-02');

it('says of readings that were replaced that they were, not that nothing is known', () => {
  const fold = GpuReportFold.create({ days, zone: 'UTC' });
  fold.readings = 80;
  fold.setAside['profiling-silent'] = 12;
  fold.setAside.impossible = 8;
  const { problems } = buildGpuReport({
    status: 'ok',
    restricted: false,
    simulated: new Set(),
    request: {
      window: { start: days[0], end: '2026-03-02', timezone: 'UTC' },
      conversion: { currency: 'USD' },
    } as GpuReportInput['request'],
    days,
    fold,
    prices: [],
    problems: [],
  });
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^12 of 100 readings .* utilisation is taken/),
    '8 of 100 readings are out of range and count as not known',
  ]);
});
