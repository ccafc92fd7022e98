import { Place } from './places';
import { unheardNodes } from './unheardNodes';
import { SeenInHour } from './usage/SeenInHour';

const place: Place = {
  pod: { namespace: 'ops', pod: 'agent-x', places: new Map(), labels: [] },
  seconds: new Map([['n1', 3600]]),
  listed: new Map([['n1', 3600]]),
};

function unheard(silence: number, { there = 3600, measured = false } = {}) {
  const seen = SeenInHour.create();
  if (measured) {
    seen.add('ops', 'agent-x', new Float64Array(12).fill(300));
  }
  return unheardNodes(
    {
      nodes: [['n1', { seconds: [there], unheard: [silence] }]],
      usages: { seenIn: () => seen },
      stepSeconds: 30,
    },
    0,
    [place],
  );
}

describe('unheardNodes', () => {
  it('are those that were silent whenever they were there', () => {
    expect(unheard(3600)).toEqual(['n1']);
    expect(unheard(1770, { there: 1800 })).toEqual(['n1']);
  });

  it('are not those that were ready for some of the time, or silent for minutes', () => {
    expect(unheard(3000)).toEqual([]);
    expect(unheard(300, { there: 300 })).toEqual([]);
  });

  it('are not those of which anything is measured', () => {
    expect(unheard(3600, { measured: true })).toEqual([]);
  });
});
