import { PodStay } from './podStays';
import { heldOn, requestsOn } from './requestSlots';

const slots = (value: (slot: number) => number) =>
  Array.from({ length: 12 }, (_, slot) => value(slot));
const all = slots(() => 300);

const stayOf = (more: Partial<PodStay> = {}): PodStay => ({
  node: 'a',
  seconds: 3600,
  held: all,
  listed: all,
  listedAnywhere: all,
  share: slots(() => 1),
  isMain: Array(12).fill(true),
  ...more,
});

const requests = (node: string, amounts: number[]) =>
  new Map([[node, new Map([['cpu', Float64Array.from(amounts)]])]]);

describe('requestsOn', () => {
  it('is what was requested in each slot', () => {
    const grown = slots(slot => (slot < 6 ? 300 : 1200));
    expect(requestsOn(requests('a', grown), 0, stayOf())?.get('cpu')).toEqual(
      grown,
    );
    expect(requestsOn(requests('b', grown), 0, stayOf())).toBeUndefined();
  });

  it('divides what an exporter without nodes says by where the pod was', () => {
    const half = slots(() => 150);
    expect(
      requestsOn(
        requests('', all),
        0,
        stayOf({ held: half, listed: half }),
      )?.get('cpu'),
    ).toEqual(half);
  });

  it('is nothing in the slots after a node has left', () => {
    const held = slots(slot => (slot < 3 ? 300 : 0));
    expect(
      requestsOn(requests('a', all), 0, stayOf({ held }))?.get('cpu'),
    ).toEqual(held);
  });
});

describe('heldOn', () => {
  it('is the lower of before and after where what was said is no number', () => {
    const said = slots(slot => (slot === 4 || slot === 5 ? NaN : 300));
    expect(heldOn(said, all, stayOf())).toEqual(all);
    const grown = slots(slot => (slot < 4 ? 300 : 1200)).map((each, slot) =>
      slot === 4 ? NaN : each,
    );
    expect(heldOn(grown, all, stayOf())[4]).toBe(300);
    expect(
      heldOn(
        slots(() => NaN),
        all,
        stayOf(),
      ),
    ).toEqual(slots(() => 0));
  });

  it('is the lower of before and after where nothing was listed', () => {
    const listed = slots(slot => (slot === 4 || slot === 5 ? 0 : 300));
    const amounts = slots(slot => {
      if (listed[slot] === 0) {
        return 0;
      }
      return slot < 4 ? 1200 : 300;
    });
    expect(heldOn(amounts, listed, stayOf())).toEqual(
      slots(slot => (slot < 4 ? 1200 : 300)),
    );
    const atEnd = slots(slot => (slot < 4 ? 1200 : 0));
    expect(
      heldOn(
        atEnd,
        slots(slot => (slot < 4 ? 300 : 0)),
        stayOf(),
      ),
    ).toEqual(slots(() => 1200));
  });
});
