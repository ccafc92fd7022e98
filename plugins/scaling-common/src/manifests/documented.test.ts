import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JUDGE_WAIVERS, MANIFEST_RULES, MANIFEST_WAIVERS } from '.';
import { JUDGE_DEFAULTS } from './__testUtils__/judgeDefaults';

const page = readFileSync(
  join(__dirname, '../../../../docs/concepts/manifests.md'),
  'utf8',
);
const rows = page.split('\n').filter(line => line.startsWith('|'));
const cellsOf = (row: string) =>
  row
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map(cell => cell.trim());

describe('docs/concepts/manifests.md', () => {
  it.each(MANIFEST_RULES.map(rule => [rule.id, rule] as const))(
    'has %s with its reason and who else looks for it',
    (id, { why, judges }) => {
      const found = rows
        .map(cellsOf)
        .filter(
          ([number]) => number === `<a id="${id.toLowerCase()}"></a>${id}`,
        );
      expect(found).toHaveLength(1);
      const [[, dont, right, reason, others]] = found;
      expect(dont).not.toBe('');
      expect(right).not.toBe('');
      expect(reason).toBe(why.message);
      for (const judge of judges) {
        expect(others).toContain(judge);
      }
    },
  );

  it('has no rule that is not there', () => {
    const known = MANIFEST_RULES.map(({ id }) => id.toLowerCase());
    for (const [, id] of page.matchAll(/<a id="(\w+)">/g)) {
      expect(known).toContain(id);
    }
  });

  it.each(
    Object.entries(JUDGE_DEFAULTS).flatMap(([judge, checks]) =>
      checks.map(check => `${judge}/${check}`),
    ),
  )('says which rule covers %s, or why none does', check => {
    const covering = MANIFEST_RULES.filter(({ judges }) =>
      judges.includes(check),
    ).map(({ id }) => `[${id}](#${id.toLowerCase()})`);
    const waiver = JUDGE_WAIVERS.find(each => each.check === check);
    expect(covering.length > 0 || waiver !== undefined).toBe(true);
    const cells = rows
      .map(cellsOf)
      .filter(([name]) => name === `\`${check}\``)
      .map(([, second]) => second);
    for (const rule of covering) {
      expect(cells[0]).toContain(rule);
    }
    expect(cells).toEqual(
      expect.arrayContaining(waiver ? [waiver.reason] : []),
    );
  });

  it('knows the checks that rules say they cover', () => {
    const named = MANIFEST_RULES.flatMap(({ judges }) => judges);
    const known = Object.entries(JUDGE_DEFAULTS).flatMap(([judge, checks]) =>
      checks.map(check => `${judge}/${check}`),
    );
    const others = named.filter(
      judge => judge.includes('/') && !known.includes(judge),
    );
    // The one that kube-score leaves off.
    expect(others).toEqual(['kube-score/container-seccomp-profile']);
  });

  it('has a reason for each waiver', () => {
    for (const { reason } of [...MANIFEST_WAIVERS, ...JUDGE_WAIVERS]) {
      expect(reason).toMatch(/^[A-Z].*\.$/);
    }
  });
});
