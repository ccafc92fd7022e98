import { part } from '../../__testUtils__/fakeAnswers';
import { HourWindow } from '../../reading/HourWindow';
import { readMeasuredHours } from './measuredHours';

it('knows the hours of CPU apart from those of memory', () => {
  const start = new Date('2026-03-02T10:00:00Z');
  const window = HourWindow.create(
    start,
    new Date(start.getTime() + 3 * 3_600_000),
  );
  const at = (minutes: number) => start.getTime() / 1000 + minutes * 60;
  const { cpu, memory } = readMeasuredHours(window, [
    part('cpu', {}, [at(0), at(65)]),
    part('cpu-rate', {}, [at(130)]),
    part('memory', {}, [at(5)]),
    part('memory', {}, [at(60), at(180)]),
  ]);
  expect([...cpu]).toEqual([1]);
  expect([...memory].sort()).toEqual([0, 2]);
});
