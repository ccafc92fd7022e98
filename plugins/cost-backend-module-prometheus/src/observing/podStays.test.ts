import fc from 'fast-check';
import { sum } from '../reading/collections';
import { podStays, PodTimes } from './podStays';

const slots = (value: (slot: number) => number) =>
  Array.from({ length: 12 }, (_, slot) => value(slot));
const all = slots(() => 300);
const none = slots(() => 0);
const until = (slot: number) => slots(each => (each < slot ? 300 : 0));
const since = (slot: number) => slots(each => (each < slot ? 0 : 300));

/** A pod that is listed on one node throughout the hour, unless it is another. */
function stays(
  listed: Record<string, number[]>,
  more: Partial<PodTimes> & { charged?: Record<string, number> } = {},
) {
  const seconds = new Map(
    Object.entries(listed).map(([node, each]) => [
      node,
      more.charged?.[node] ?? sum(each),
    ]),
  );
  return podStays({
    seconds,
    listed: node => listed[node],
    nodeThere: () => undefined,
    upSeconds: () => 3600,
    seen: all,
    ...more,
  });
}

describe('podStays', () => {
  it('holds its place in every slot of an hour it was listed throughout', () => {
    expect(stays({ a: all })).toEqual([
      {
        node: 'a',
        seconds: 3600,
        held: all,
        listed: all,
        listedAnywhere: all,
        share: slots(() => 1),
        isMain: Array(12).fill(true),
      },
    ]);
  });

  it('is on each of two nodes in its own slots', () => {
    const [a, b] = stays({ a: until(6), b: since(6) });
    expect([a.held, b.held]).toEqual([until(6), since(6)]);
    expect(a.share).toEqual(slots(slot => (slot < 6 ? 1 : 0)));
    expect(b.isMain).toEqual(slots(slot => slot).map(slot => slot >= 6));
  });

  it('gives what was not listed to the slots in which it was seen', () => {
    const gap = slots(slot => (slot === 3 || slot === 4 ? 0 : 300));
    const [silent] = stays({ a: gap }, { charged: { a: 3600 } });
    expect(silent.held).toEqual(all);
    const [half] = stays(
      { a: gap },
      { charged: { a: 3300 }, seen: slots(slot => (slot === 4 ? 0 : 300)) },
    );
    expect(half.held).toEqual(slots(slot => (slot === 4 ? 0 : 300)));
    const [unseen] = stays({ a: gap }, { charged: { a: 3300 }, seen: none });
    expect(unseen.held[3]).toBe(150);
    expect(unseen.held[4]).toBe(150);
  });

  it('is not where only cAdvisor saw it, but for as long', () => {
    const [only] = stays({ a: none }, { charged: { a: 900 }, seen: until(3) });
    expect(only.held).toEqual(until(3));
  });

  it('ends with its node', () => {
    const nodeThere = () => slots(slot => [300, 300, 300, 120][slot] ?? 0);
    const upSeconds = () => 1020;
    const [stay] = stays({ a: until(10) }, { nodeThere, upSeconds });
    expect(stay.seconds).toBe(1020);
    expect(stay.held).toEqual(nodeThere());
    const late = slots(slot => (slot >= 2 && slot < 10 ? 300 : 0));
    const [came] = stays({ a: late }, { nodeThere, upSeconds });
    expect(came.seconds).toBe(420);
  });

  it('is never longer than its slots, its node and what is charged', () => {
    const listed = fc.array(fc.integer({ min: 0, max: 300 }), {
      minLength: 12,
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        listed,
        listed,
        listed,
        fc.integer({ min: 1, max: 3600 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, b, seen, charged, part) => {
          const seconds = { a: charged * part, b: charged * (1 - part) };
          const found = stays(
            { a, b },
            { seen, charged: seconds, upSeconds: () => 1800 },
          );
          const near = (value: number) => value * (1 + 1e-9) + 1e-6;
          for (const stay of found) {
            expect(stay.seconds).toBeLessThanOrEqual(
              near(Math.min(1800, seconds[stay.node as 'a' | 'b'])),
            );
            expect(Math.abs(sum(stay.held) - stay.seconds)).toBeLessThan(1e-6);
          }
          for (let slot = 0; slot < 12; slot++) {
            expect(sum(found.map(each => each.held[slot]))).toBeLessThanOrEqual(
              near(300),
            );
            expect(sum(found.map(each => each.share[slot]))).toBeCloseTo(1, 9);
            expect(found.filter(each => each.isMain[slot])).toHaveLength(1);
          }
        },
      ),
    );
  });
});
