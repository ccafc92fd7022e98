import {
  answer,
  container,
  hoursFromNoon,
  idle,
  node,
  soundAnswers,
} from './__testUtils__/answers';
import { readWindow, WindowAnswers } from './readWindow';

const HOURS = hoursFromNoon(3);
const WINDOW = { start: HOURS[0].start, end: HOURS[2].end };
const CONTEXT = { spans: HOURS, cluster: 'eu', region: '', currency: 'EUR' };

function read(answers: Partial<WindowAnswers>) {
  return readWindow({ ...soundAnswers(HOURS), ...answers }, CONTEXT);
}

const codesOf = ({ problems }: { problems: Array<{ code: string }> }) =>
  problems.map(({ code }) => code);

describe('readWindow', () => {
  it('has nothing to say against a server that adds up', () => {
    const window = read({});
    expect(window.problems).toEqual([]);
    expect(window.missingHours).toEqual([]);
    expect(window.currency).toBe('EUR');
    expect(window.rows.map(row => `${row.hour} ${row.bucket}`)).toEqual(
      HOURS.flatMap(({ start }) => {
        const hour = new Date(start).toISOString();
        return [`${hour} workload`, `${hour} idle`];
      }),
    );
    expect(window.nodes).toHaveLength(3);
    expect(window.workloads).toHaveLength(1);
  });

  it('leaves hours without items as gaps', () => {
    const window = read({
      allocation: answer([
        { a: container(HOURS[0]), i: idle(HOURS[0]) },
        null,
        {},
      ]),
    });
    expect(window.missingHours).toEqual([
      '2026-03-02T13:00:00.000Z',
      '2026-03-02T14:00:00.000Z',
    ]);
    expect(new Set(window.rows.map(row => row.hour)).size).toBe(1);
    // Sums are compared over the hours that are in.
    expect(window.problems).toEqual([]);
  });

  it('keeps the newest labels of a workload', () => {
    const team = (span: (typeof HOURS)[0], name: string) =>
      container(span, { properties: { labels: { team: name } } });
    const window = read({
      allocation: answer([
        { a: team(HOURS[0], 'old'), i: idle(HOURS[0]) },
        { a: team(HOURS[1], 'old'), i: idle(HOURS[1]) },
        { a: team(HOURS[2], 'new'), i: idle(HOURS[2]) },
      ]),
    });
    expect(window.workloads.map(({ labels }) => labels)).toEqual([
      { team: 'new' },
    ]);
  });

  it('says when items and nodes contradict each other', () => {
    const window = read({
      assets: answer({
        n: node(WINDOW, { cpuCost: 0.5, ramCost: 0.1, totalCost: 0.6 }),
      }),
    });
    expect(codesOf(window)).toEqual(['opencost-sum-mismatch']);
    expect(window.problems[0].message).toContain(
      'nodes cost 0.600000 EUR, allocations with idle sum to 0.480000 EUR, 20 % apart',
    );
  });

  it('says when the server gave no idle', () => {
    const window = read({
      allocation: answer(HOURS.map(span => ({ a: container(span) }))),
      coarse: answer(HOURS.map(span => ({ eu: container(span) }))),
    });
    expect(codesOf(window)).toEqual(['opencost-idle-missing']);
  });

  it('shows what rounding does, and tells it from a contradiction', () => {
    const coarse = (cpuCost: number) =>
      answer(
        HOURS.map(span => ({
          eu: container(span, { cpuCost }),
          __idle__: idle(span),
        })),
      );
    const rounded = read({ coarse: coarse(0.06002) });
    expect(rounded.problems).toMatchObject([
      { code: 'opencost-rounding', severity: 'info' },
    ]);
    expect(rounded.problems[0].message).toContain(
      'by container 0.480000 EUR, by cluster 0.480060 EUR',
    );
    expect(read({ coarse: coarse(0.09) }).problems).toMatchObject([
      { code: 'opencost-sum-mismatch', severity: 'warning' },
    ]);
  });

  it('allows for figures that were rounded to 0', () => {
    const tiny = { cpuCost: 0, ramCost: 0, totalCost: 0 };
    const window = read({
      allocation: answer(
        HOURS.map(span => ({
          a: container(span),
          b: idle(span),
          c: container(span, tiny),
        })),
      ),
      coarse: answer(
        HOURS.map(span => ({
          // 10 figures an hour, each off by up to half of the last decimal.
          eu: container(span, { cpuCost: 0.06005, totalCost: 0.08005 }),
          __idle__: idle(span),
        })),
      ),
    });
    expect(codesOf(window)).toEqual(['opencost-rounding']);
  });

  it('does not compare with a coarse total of other hours', () => {
    const window = read({ coarse: answer([{ eu: container(HOURS[0]) }]) });
    expect(window.problems).toEqual([]);
  });

  it('books only the cluster that is meant when a Kubecost answers for several', () => {
    const properties = { cluster: 'us' };
    const answers = soundAnswers(HOURS);
    const allocation = answer(
      HOURS.map(span => ({
        a: container(span),
        b: idle(span),
        c: container(span, { properties }),
      })),
    );
    const window = readWindow({ ...answers, allocation }, CONTEXT);
    expect(window.rows).toHaveLength(6);
    expect(window.problems).toEqual([]);
    expect(() =>
      readWindow({ ...answers, allocation }, { ...CONTEXT, cluster: 'asia' }),
    ).toThrow('2 clusters and none of them is called asia: eu, us');
  });

  it('takes the only cluster of an OpenCost whatever it calls itself', () => {
    const window = readWindow(soundAnswers(HOURS), {
      ...CONTEXT,
      cluster: 'asia',
    });
    expect(window.rows).toHaveLength(6);
  });

  it('takes GPU use that is nowhere above 0 for not measured', () => {
    const gpu = (span: (typeof HOURS)[0], gpuUsageAverage: number) => ({
      a: container(span, {
        gpuHours: 1,
        gpuCost: 0,
        gpuUsageAverage,
      }),
      i: idle(span),
    });
    const zeros = read({ allocation: answer(HOURS.map(span => gpu(span, 0))) });
    expect(codesOf(zeros)).toEqual(['opencost-gpu-usage-unmeasured']);
    expect(zeros.rows[0].gpuBusyHours).toBeUndefined();

    const used = read({
      allocation: answer(
        HOURS.map((span, index) => gpu(span, index === 2 ? 0.5 : 0)),
      ),
    });
    expect(used.problems).toEqual([]);
    expect(used.rows[0].gpuBusyHours).toBe(0);
  });

  it('says when a node contradicts itself', () => {
    const window = read({
      assets: answer({ n: node(WINDOW, { cpuCoreHours: 10 }) }),
    });
    expect(codesOf(window)).toEqual(['opencost-hours-mismatch']);
    expect(window.problems[0].message).toContain(
      'node-1 had 4 cores for 180 minutes and also 10 core-hours',
    );
  });
});
