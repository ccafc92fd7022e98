import { DEFAULT_LEVEL_TOLERANCE } from '../serviceLevels/judgeLevels';
import { completionHeader, served, steady } from './__testUtils__/facts';
import { completionMarkdown } from './completionMarkdown';
import { foldCompletion } from './foldCompletion';

const print = (report: ReturnType<typeof foldCompletion>, savings?: string) =>
  completionMarkdown(report, {
    amount: (micros, currency) => `${Number(micros) / 1e6} ${currency}`,
    nameOf: ref => ref,
    ...(savings && {
      savings: { saved: savings, low: '0', high: savings, currency: 'USD' },
    }),
  });

describe('a completion report as Markdown', () => {
  const report = foldCompletion(
    completionHeader(),
    [
      steady('web', 1e6, {
        title: 'Web | shop <b>',
        levels: { before: served(744), after: served(672, 60) },
      }),
    ],
    {
      metrics: [],
      tolerance: DEFAULT_LEVEL_TOLERANCE,
      restricted: true,
    },
  );

  it('has the figures, the split and the verdicts, and says what was measured apart', () => {
    const text = print(report, '5000000');
    expect(text).toContain(
      '# Completion report: 2026-06-08 to 2026-07-05 against 2026-05',
    );
    expect(text).toContain('- A day costs **24 USD**; 24 USD in the baseline');
    expect(text).toContain('no part of the change above: 5 USD saved so far');
    expect(text).toContain('**0 held, 1 broken, 0 unknown**');
    expect(text).toContain('what the reader may see');
    expect(text).toMatch(
      /\| broken \| broken: 200 ms → 292 ms \| held: 0.10 %/,
    );
  });

  it('prints long latencies in whole milliseconds', () => {
    const { levels } = report;
    const services = levels.services.map(service => ({
      ...service,
      checks: {
        ...service.checks,
        p95: { verdict: 'broken' as const, before: 0.9354, after: 1.0704 },
        throughput: { verdict: 'held' as const, before: 12345.6, after: 4.0 },
      },
    }));
    const text = print({ ...report, levels: { ...levels, services } });
    expect(text).toContain('broken: 935 ms → 1,070 ms');
    expect(text).toContain('held: 12,346 → 4 |');
  });

  it('takes what people named for text', () => {
    expect(print(report)).not.toContain('Web | shop <b>');
    expect(print(report)).not.toContain('saved so far');
  });
});
