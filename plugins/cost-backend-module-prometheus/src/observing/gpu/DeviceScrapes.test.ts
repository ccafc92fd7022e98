import { DeviceScrapes } from './DeviceScrapes';

const SLOTS = 24;
const INTERVALS = [5, 10, 15, 20, 30, 45, 60, 120, 150, 300];

/** What a job counts in each slot that scrapes every so many seconds. */
function counted(times: number[], from = 0, until = SLOTS * 300): Float64Array {
  const counts = new Float64Array(SLOTS);
  for (const time of times) {
    if (time > from && time <= until) {
      counts[Math.ceil(time / 300) - 1] += 1;
    }
  }
  return counts;
}

function every(seconds: number, offset: number): number[] {
  const times = [];
  for (let time = offset; time <= SLOTS * 300; time += seconds) {
    times.push(time);
  }
  return times.filter(time => time > 0);
}

function add(
  scrapes: DeviceScrapes,
  container: string,
  counts: Float64Array,
  replica = '',
): void {
  counts.forEach((count, slot) => {
    if (count > 0) {
      scrapes.add({ container, replica, exporter: '' }, slot, count);
    }
  });
}

function held(scrapes: DeviceScrapes, container: string): number {
  let seconds = 0;
  for (let slot = 0; slot < SLOTS; slot += 1) {
    seconds += scrapes.heldSeconds(container, slot);
  }
  return seconds;
}

describe('DeviceScrapes', () => {
  describe.each(INTERVALS)('scraped every %s s', interval => {
    it('says a device was held all the time', () => {
      for (let phase = 0.05; phase <= 1; phase += 0.05) {
        const scrapes = DeviceScrapes.create(SLOTS);
        add(scrapes, 'a', counted(every(interval, phase * interval)));
        expect(held(scrapes, 'a')).toBe(SLOTS * 300);
      }
    });

    it('splits the time of those who had it one after another', () => {
      const times = every(interval, interval / 2);
      for (let handedOver = 7; handedOver < SLOTS * 300; handedOver += 97) {
        const scrapes = DeviceScrapes.create(SLOTS);
        add(scrapes, 'a', counted(times, 0, handedOver));
        add(scrapes, 'b', counted(times, handedOver));
        const first = held(scrapes, 'a');
        expect(Math.abs(first - handedOver)).toBeLessThanOrEqual(interval);
        expect(first + held(scrapes, 'b')).toBeCloseTo(SLOTS * 300, 6);
      }
    });
  });

  it('goes on when the interval changes from 60 to 30 s', () => {
    const counts = new Float64Array(SLOTS).fill(5, 0, 13).fill(10, 13);
    const scrapes = DeviceScrapes.create(SLOTS);
    add(scrapes, 'a', counts);
    expect(held(scrapes, 'a')).toBe(SLOTS * 300);
    expect(scrapes.scrapes(0)).toBe(5);
    expect(scrapes.scrapes(SLOTS - 1)).toBe(10);
  });

  it('stands for no more than was scraped when scrapes fail for minutes', () => {
    const counts = new Float64Array(SLOTS).fill(10);
    counts.set([4, 0, 0, 6], 8);
    const scrapes = DeviceScrapes.create(SLOTS);
    add(scrapes, 'a', counts);
    expect(held(scrapes, 'a')).toBe(SLOTS * 300 - 180 - 600 - 120);
  });

  it('lets clients of a shared device have it at the same time', () => {
    const whole = new Float64Array(SLOTS).fill(20);
    const scrapes = DeviceScrapes.create(SLOTS);
    add(scrapes, 'a', whole, '0');
    add(scrapes, 'b', whole, '1');
    expect(held(scrapes, 'a')).toBe(SLOTS * 300);
    expect(held(scrapes, 'b')).toBe(SLOTS * 300);
    expect(scrapes.scrapes(3)).toBe(20);
    expect(scrapes.sequential(3)).toBe(false);
  });
});
