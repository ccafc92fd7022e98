import fc from 'fast-check';
import { amount } from '../review/__testUtils__/facts';
import { REVIEW_PARTS } from '../review/review';
import { DEFAULT_LEVEL_TOLERANCE } from '../serviceLevels/judgeLevels';
import { completionHeader, served, steady } from './__testUtils__/facts';
import { CompletionHeader, CompletionRowFacts } from './completion';
import { foldCompletion } from './foldCompletion';

const fold = (
  rows: CompletionRowFacts[],
  change: Partial<CompletionHeader> = {},
) =>
  foldCompletion(completionHeader(change), rows, {
    metrics: ['requests'],
    tolerance: DEFAULT_LEVEL_TOLERANCE,
    restricted: false,
  });
const sum = (amounts: Array<string | undefined>) =>
  amounts.reduce((total, each = '0') => total + BigInt(each), 0n).toString();

const IDLE = steady('idle', 7, {
  kind: 'idle',
  entityRef: undefined,
  title: undefined,
  ownerRefs: [],
});

describe('a completion report', () => {
  it('finds no change where everything costs the same an hour, however long the months are', () => {
    const { spend, rows } = fold([steady('web', 1000), IDLE]);
    expect(spend).toMatchObject({
      before: String(672 * 1007),
      after: String(672 * 1007),
      change: '0',
      changeRatio: 0,
      beforePerDay: String(24 * 1007),
      afterPerDay: String(24 * 1007),
    });
    expect(rows.services.map(({ change }) => change)).toEqual(['0', '0']);
  });

  it('splits what changed, by hand', () => {
    // 744 core-hours at 10 with half of them used; then 504 of which 420 are used, at 9.
    const web = steady('web', 0, {
      resources: {
        cpu: {
          before: amount(7440, 744, 372),
          after: amount(4536, 504, 420),
        },
      },
      levels: { before: served(744), after: served(672) },
    });
    const { spend, rows, levels } = fold([web]);
    // Stated for 672 hours: 6720 for 672 core-hours with 336 used, so a quarter more is used.
    expect(spend).toMatchObject({ before: '6720', after: '4536' });
    expect(spend.parts).toEqual({
      volume: '1680',
      efficiency: '-3360',
      price: '-504',
      oneOff: '0',
      unsplit: '0',
    });
    expect(rows.services[0]).toMatchObject({
      change: '-2184',
      verdict: 'held',
    });
    expect(levels.counts).toEqual({ held: 1, broken: 0, unknown: 0 });
  });

  it('names what is new and what is gone, and judges neither', () => {
    const none = amount(0, 0);
    const { rows, levels } = fold([
      steady('new', 0, {
        resources: { cpu: { before: none, after: amount(500, 5, 5) } },
      }),
      steady('gone', 0, {
        resources: { cpu: { before: amount(744, 5, 5), after: none } },
      }),
      steady('never', 0, { resources: {} }),
    ]);
    expect(rows.services.slice(0, 2)).toEqual([
      expect.objectContaining({
        title: 'gone',
        change: '-672',
        parts: expect.objectContaining({ volume: '-672' }),
        verdict: 'unknown',
      }),
      expect.objectContaining({
        title: 'new',
        change: '500',
        parts: expect.objectContaining({ volume: '500' }),
        verdict: 'unknown',
      }),
    ]);
    expect(
      levels.services.map(({ title, checks }) => [title, checks.p95.reason]),
    ).toEqual([
      ['gone', 'gone'],
      ['new', 'new'],
    ]);
  });

  it('has no ratio to an empty baseline', () => {
    const { spend } = fold([
      steady('web', 0, {
        resources: { cpu: { before: amount(0, 0), after: amount(9, 1, 1) } },
      }),
    ]);
    expect(spend).toMatchObject({ before: '0', change: '9' });
    expect(spend.changeRatio).toBeUndefined();
  });

  it('has broken services first, and never leaves one out', () => {
    const broken = Array.from({ length: 250 }, (_, i) =>
      steady(`b${i}`, 1, {
        levels: { before: served(744), after: served(672, 60) },
      }),
    );
    const held = steady('fine', 1, {
      levels: { before: served(744), after: served(672) },
    });
    const { levels } = fold([held, steady('blind', 1), ...broken]);
    expect(levels.counts).toEqual({ held: 1, broken: 250, unknown: 1 });
    expect(levels.services).toHaveLength(250);
    expect(levels.others).toBe(2);
    const few = fold([held, steady('blind', 1), broken[0]]).levels;
    expect(few.services.map(({ verdict }) => verdict)).toEqual([
      'broken',
      'unknown',
      'held',
    ]);
  });

  it('divides units as it divides money', () => {
    const { spend } = fold([
      steady('web', 10, {
        units: [{ metric: 'requests', before: 744, after: 1344 }],
      }),
    ]);
    // Twice as many requests an hour at the same cost: all of it is efficiency.
    expect(spend.parts).toMatchObject({ volume: '6720', efficiency: '-6720' });
  });

  const side = fc.record({
    micros: fc.integer({ min: 0, max: 1e9 }),
    quantity: fc.integer({ min: 0, max: 1e9 }),
    used: fc.option(fc.integer({ min: 0, max: 1e9 }), { nil: undefined }),
  });
  const anyRows = fc.array(
    fc
      .record({
        name: fc.integer({ min: 0, max: 500 }),
        before: side,
        after: side,
        once: fc.tuple(fc.bigInt(0n, 1000n), fc.bigInt(0n, 1000n)),
        owner: fc.option(fc.constantFrom('a', 'b')),
        kind: fc.constantFrom('service' as const, 'idle' as const),
      })
      .map(({ name, before, after, once, owner, kind }) =>
        steady(`s${name}`, 0, {
          kind,
          ownerRefs: owner ? [`group:default/${owner}`] : [],
          oneOff: { before: once[0], after: once[1] },
          resources: {
            cpu: {
              before: amount(before.micros, before.quantity, before.used),
              after: amount(after.micros, after.quantity, after.used),
            },
          },
        }),
      ),
    { maxLength: 120 },
  );
  const anyHours = fc.integer({ min: 24, max: 744 });

  it('has rows and parts that sum to the change to the micro, of windows of any length', () => {
    fc.assert(
      fc.property(anyRows, anyHours, anyHours, (rows, from, to) => {
        const window = completionHeader();
        const { spend, rows: tables } = fold(rows, {
          baseline: { ...window.baseline, hours: from },
          now: { ...window.now, hours: to },
        });
        expect(sum(Object.values(spend.parts))).toBe(spend.change);
        for (const table of [tables.services, tables.teams]) {
          expect(sum(table.map(({ change }) => change))).toBe(spend.change);
          expect(sum(table.map(({ after }) => after))).toBe(spend.after);
          expect(sum(table.map(({ before }) => before))).toBe(spend.before);
          for (const { change, parts } of table) {
            expect(sum(REVIEW_PARTS.map(part => parts?.[part]))).toBe(change);
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});
