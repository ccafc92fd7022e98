import { reportFileName } from './fileName';

describe('reportFileName', () => {
  it('ends in the last day of the window, not the day after it', () => {
    expect(
      reportFileName('akidb rest', { start: '2026-10-01', end: '2026-11-01' }),
    ).toBe('cost-akidb-rest-2026-10-01-2026-10-31');
  });
});
