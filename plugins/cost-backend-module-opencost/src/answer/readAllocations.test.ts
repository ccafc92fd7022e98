import {
  answer,
  container,
  hoursFromNoon,
  NOON,
} from '../__testUtils__/answers';
import { readAllocations } from './readAllocations';

const HOURS = hoursFromNoon(2);
const [FIRST, SECOND] = HOURS;

describe('readAllocations', () => {
  it('sorts items by the window they state, not by their position', () => {
    const { items, problems } = readAllocations(
      answer([{ b: container(SECOND) }, { a: container(FIRST) }]),
      HOURS,
      'OpenCost',
    );
    expect(items.get(FIRST.start)).toMatchObject([{ name: 'a' }]);
    expect(items.get(SECOND.start)).toMatchObject([{ name: 'b' }]);
    expect(problems).toEqual([]);
  });

  it.each([
    ['a list of maps', [{ a: container(FIRST) }]],
    ['a bare map', { a: container(FIRST) }],
  ])('reads %s', (_, data) => {
    const { items } = readAllocations(answer(data), [FIRST], 'OpenCost');
    expect(items.get(FIRST.start)).toHaveLength(1);
  });

  it.each([
    ['null', null],
    ['an empty list', []],
    ['null steps', [null, null]],
    ['empty steps', [{}, {}]],
  ])('has no hours in %s', (_, data) => {
    expect(readAllocations(answer(data), HOURS, 'OpenCost').items.size).toBe(0);
  });

  it('goes by position only when items state no window and the steps are as many as the hours', () => {
    const a = container(FIRST, { window: null });
    const { items } = readAllocations(answer([null, { a }]), HOURS, 'OpenCost');
    expect([...items.keys()]).toEqual([SECOND.start]);
    expect(() => readAllocations(answer([{ a }]), HOURS, 'OpenCost')).toThrow(
      'items without a window in 1 steps where 2 were asked for',
    );
  });

  it('refuses a server that ignored step', () => {
    const whole = { start: FIRST.start, end: SECOND.end };
    expect(() =>
      readAllocations(answer([{ a: container(whole) }]), HOURS, 'OpenCost'),
    ).toThrow(
      'OpenCost answered one step of 2 h where steps of 1 h were asked for: it ignores "step"',
    );
  });

  it('does not book an hour that is none', () => {
    const late = { start: NOON + 60_000, end: NOON + 3_660_000 };
    const { items, problems } = readAllocations(
      answer([{ a: container(late) }, { b: container(SECOND) }]),
      HOURS,
      'OpenCost',
    );
    expect([...items.keys()]).toEqual([SECOND.start]);
    expect(problems).toMatchObject([
      {
        code: 'opencost-window-unaligned',
        severity: 'error',
        hour: '2026-03-02T12:00:00.000Z',
      },
    ]);
  });

  it('does not book hours nobody asked for', () => {
    const before = { start: NOON - 3_600_000, end: NOON };
    const { items, problems } = readAllocations(
      answer([{ a: container(before) }, { b: container(FIRST) }]),
      [FIRST],
      'OpenCost',
    );
    expect([...items.keys()]).toEqual([FIRST.start]);
    expect(problems[0].message).toContain('outside the window');
    expect(problems[0].hour).toBeUndefined();
  });

  it('leaves out the whole hour of an item that is something else', () => {
    const { items, problems } = readAllocations(
      answer([
        { a: container(FIRST), b: container(FIRST, { cpuCost: 'much' }) },
        { c: container(SECOND) },
      ]),
      HOURS,
      'OpenCost',
    );
    expect([...items.keys()]).toEqual([SECOND.start]);
    expect(problems).toMatchObject([
      { code: 'opencost-item-unreadable', severity: 'error' },
    ]);
    expect(problems[0].message).toContain('cpuCost');
  });

  it.each([
    ['no envelope', [1, 2]],
    ['a string', 'hello'],
    ['a list of numbers', answer([1])],
    ['no data', { code: 200 }],
  ])('refuses %s', (_, body) => {
    expect(() => readAllocations(body, HOURS, 'OpenCost')).toThrow(
      'answered JSON that is not {code, data: [{name: item}]}',
    );
  });

  it('refuses an error in a 200 without passing on what it says', () => {
    const body = { code: 500, data: null, message: 'secret-host' };
    expect(() => readAllocations(body, HOURS, 'OpenCost')).toThrow(
      /^OpenCost answered with code 500: it could not compute it, and its log says why\.$/,
    );
  });
});
