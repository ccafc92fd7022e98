import fc from 'fast-check';
import { chargedInSlots } from './chargedInSlots';

const whole = Array(12).fill(300);

describe('chargedInSlots', () => {
  it('charges a burst that the mean of the hour hides', () => {
    const used = [4 * 300, ...Array(11).fill(0.1 * 300)];
    expect(
      chargedInSlots({
        requested: 3600,
        requestedSeconds: 3600,
        seconds: whole,
        used,
      }),
    ).toBeCloseTo(4 * 300 + 11 * 300, 9);
  });

  it('charges what is requested while the container is not seen', () => {
    expect(
      chargedInSlots({
        requested: 2 * 3600,
        requestedSeconds: 3600,
        seconds: [300, ...Array(11).fill(0)],
        used: [3 * 300, ...Array(11).fill(0)],
      }),
    ).toBeCloseTo(3 * 300 + 2 * 3300, 9);
  });

  it('charges what is used without a request', () => {
    expect(
      chargedInSlots({
        requested: 0,
        requestedSeconds: 0,
        seconds: whole,
        used: Array(12).fill(30),
      }),
    ).toBeCloseTo(360, 9);
  });

  const quantity = fc.double({ min: 0, max: 1e6, noNaN: true });
  const slot = fc.record({
    seconds: fc.double({ min: 0, max: 300, noNaN: true }),
    used: quantity,
  });

  it('is between the larger of request and usage, and their sum', () => {
    fc.assert(
      fc.property(
        fc.array(slot, { minLength: 12, maxLength: 12 }),
        quantity,
        fc.double({ min: 1, max: 3600, noNaN: true }),
        (slots, requested, requestedSeconds) => {
          const used = slots.map(each => each.used);
          const total = used.reduce((sum, each) => sum + each, 0);
          const charged = chargedInSlots({
            requested,
            requestedSeconds,
            seconds: slots.map(each => each.seconds),
            used,
          });
          expect(charged).toBeGreaterThanOrEqual(Math.max(requested, total));
          expect(charged).toBeLessThanOrEqual(
            (requested + total) * (1 + 1e-9) + 1e-9,
          );
        },
      ),
    );
  });

  it('does not depend on how evenly spread usage above the request is', () => {
    const even = chargedInSlots({
      requested: 1800,
      requestedSeconds: 3600,
      seconds: whole,
      used: Array(12).fill(600),
    });
    const uneven = chargedInSlots({
      requested: 1800,
      requestedSeconds: 3600,
      seconds: whole,
      used: [...Array(6).fill(900), ...Array(6).fill(300)],
    });
    expect(even).toBeCloseTo(uneven, 9);
  });
});
