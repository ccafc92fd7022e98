import { createWorder } from '../wording';
import { ProblemLog } from './ProblemLog';

const word = createWorder('test', { met: '{{of}} {{times}} times.' });

describe('ProblemLog', () => {
  it('says once, with the count, what is met often', () => {
    const log = ProblemLog.create({ hour: '2026-03-02T10:00:00.000Z' });
    const say = (of: string) => (count: number) =>
      word('met', { of, times: count });
    log.add('warning', 'late', 'web', say('First'));
    log.add('error', 'late', 'api', say('Other'));
    log.add('error', 'late', 'web', say('Second'));
    expect(log.toArray()).toEqual([
      {
        code: 'late',
        subject: 'web',
        severity: 'warning',
        hour: '2026-03-02T10:00:00.000Z',
        message: 'First 2 times.',
        wording: { key: 'test.met', params: { of: 'First', times: 2 } },
      },
      {
        code: 'late',
        subject: 'api',
        severity: 'error',
        hour: '2026-03-02T10:00:00.000Z',
        message: 'Other 1 times.',
        wording: { key: 'test.met', params: { of: 'Other', times: 1 } },
      },
    ]);
  });
});
