import { bookOf, policyOf, web } from './__testUtils__/guard';
import { compareManifestCosts } from './compareManifestCosts';
import { GuardReport } from './GuardReport';
import { guardMarkdown, guardMarker } from './guardMarkdown';
import { guardOutage, guardReportOf } from './guardReportOf';
import { guardText } from './guardText';

function reportOf(name: string, more: object = {}): GuardReport {
  const part = web(
    { min: 2, max: 4, scaler: { kind: 'HorizontalPodAutoscaler', name } },
    { name },
  );
  return guardReportOf(
    compareManifestCosts({ before: [web()], after: [part], prices: bookOf() }),
    {
      policy: policyOf({ deny: { increase: '10' }, ask: 'the platform team' }),
      budget: { unknown: { message: 'no portal was asked.' } },
      now: '2026-12-01T00:00:00Z',
      ...more,
    },
  );
}

describe('guardMarkdown', () => {
  it('has a marker, the verdict, the figures, and whom to ask', () => {
    const text = guardMarkdown(reportOf('api'), { key: 'shop/web' });
    expect(text.split('\n')[0]).toBe('<!-- headroom-guard: shop/web -->');
    expect(text).toContain('⛔ This change costs too much');
    expect(text).toContain('Ask the platform team about it.');
    expect(text).toContain(
      '| Deployment shop/api | — | USD 36.50 to USD 73.00 |',
    );
    expect(text).toContain('| **All** | USD 36.50 | USD 36.50 to USD 73.00 |');
    expect(text).toContain('It runs 2 to 4 replicas');
  });

  it('lets nothing that somebody named be markup', () => {
    const name =
      '<img src=x onerror=alert(1)> [a](https://evil.example) @everyone #1 | `x` --> \n# h';
    const text = guardMarkdown(reportOf(name), { key: 'a' });
    expect(text).not.toContain('<img');
    expect(text).not.toContain('](https://');
    expect(text).not.toMatch(/@e/);
    expect(text).not.toMatch(/https:\/\//);
    expect(text).not.toMatch(/^# h/m);
    expect(text.match(/-->/g)).toHaveLength(1);
    const row = text.split('\n').find(line => line.includes('onerror')) ?? '';
    expect(row.match(/(?<!\\)\|/g)).toHaveLength(5);
  });

  it('escapes the reason of an override and the person', () => {
    const text = guardMarkdown(
      reportOf('api', {
        override: {
          person: '@ada',
          reason: '**now** <b>',
          until: '2027-01-01T00:00:00Z',
        },
      }),
    );
    expect(text).toContain('\\*\\*now\\*\\* &lt;b&gt;');
    expect(text).not.toContain('@ada');
  });

  it('fits into a comment, however much changed', () => {
    const parts = Array.from({ length: 3000 }, (_, i) =>
      web({}, { name: `${'n'.repeat(200)}${i}` }),
    );
    const report = guardReportOf(
      compareManifestCosts({ before: [], after: parts, prices: bookOf() }),
      {
        policy: policyOf(),
        budget: { none: 'x' },
        now: '2026-12-01T00:00:00Z',
      },
    );
    const text = guardMarkdown(report);
    expect(text.length).toBeLessThan(65_000);
    expect(text).toContain('2960 more changed');
  });

  it('says an outage', () => {
    const report = guardOutage('manifests', policyOf(), 'the portal is down.');
    expect(guardMarkdown(report)).toContain('the portal is down.');
    expect(guardText(report)).toMatch(/^warn: .*not known/);
  });

  it.each(['a b', '-->', 'a--b', '', '../x', 'x'.repeat(101)])(
    'refuses the key %j',
    key => {
      expect(() => guardMarker(key)).toThrow(/must be of letters/);
    },
  );
});

describe('guardText', () => {
  it('says the same in lines', () => {
    const lines = guardText(reportOf('api\u001b[2J')).split('\n');
    expect(lines[0]).toMatch(/^deny: This change costs /);
    expect(lines.join('\n')).not.toContain('\u001b');
    expect(lines).toContain('  Ask the platform team about it.');
  });

  it('names a tier alone only where its rule is broken', () => {
    const policy = policyOf({
      warn: { increase: '1', percent: 5, budget: true },
      deny: { increase: '500' },
    });
    const report = reportOf('api', { policy });
    const rules = [
      '  holds (deny): The increase of USD 36.50 a month is at most USD 500.00.',
      '  warn: The increase of USD 36.50 a month is above USD 1.00.',
      '  warn: The increase of 100 % is above 5 %.',
      '  not known (warn): The budget left is not known: no portal was asked.',
    ];
    expect(guardText(report).split('\n').slice(1, 5)).toEqual(rules);
    expect(
      guardText(reportOf('api', { policy, budget: { none: 'x' } })),
    ).toContain(
      '  skipped (warn): The rule of the budget was skipped: x has no budget.',
    );
    const markdown = guardMarkdown(report);
    expect(markdown).toContain('- holds \\(deny\\): The increase of USD 36');
    expect(markdown).toContain('- not known \\(warn\\): The budget left');
    expect(markdown).not.toContain('- deny:');
  });
});
