import fc from 'fast-check';
import { HOUR_MS } from '@headroom/common';
import { IngestState } from '../../database/IngestStore';
import { backfillTarget, initialState, nextSteps } from './plan';
import { addHours, closedUntil, hoursBetween } from '../../core/hours';

const EPOCH = Date.parse('2026-01-10T00:00:00Z');

describe('the plan', () => {
  it('reads every closed hour once the clock has stopped, never one that is not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 72 * 60 }),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 0, max: 100 }),
        (
          minutes,
          backfillHours,
          chunkHours,
          lateHorizonHours,
          offlineHours,
        ) => {
          const options = {
            now: new Date(EPOCH + minutes * 60_000),
            settleMs: 300_000,
            lateHorizonHours,
            backfillHours,
            chunkHours,
          };
          const read = new Set<number>();
          let state: IngestState = initialState('fake', options);
          state.backfillFrom = backfillTarget(
            state.backfillStart!,
            backfillHours,
          );
          // Run to the end, be away for a while, and run to the end again.
          for (const away of [0, offlineHours]) {
            options.now = addHours(options.now, away);
            const closed = closedUntil(options.now, options.settleMs);
            for (
              let steps = nextSteps(state, options);
              steps;
              steps = nextSteps(state, options)
            ) {
              for (const step of steps) {
                expect(step.start < step.end && step.end <= closed).toBe(true);
                const length =
                  (step.end.getTime() - step.start.getTime()) / HOUR_MS;
                expect(length).toBeLessThanOrEqual(chunkHours);
                hoursBetween(step.start, step.end).forEach(hour =>
                  read.add(hour.getTime()),
                );
                state =
                  step.kind === 'live'
                    ? {
                        ...state,
                        watermark:
                          step.end > state.watermark!
                            ? step.end
                            : state.watermark,
                      }
                    : { ...state, backfillCursor: step.start };
              }
            }
          }
          const closed = closedUntil(options.now, options.settleMs);
          const first = state.backfillFrom!;
          expect([...read].sort((a, b) => a - b)).toEqual(
            hoursBetween(first, closed).map(hour => hour.getTime()),
          );
          expect(read.size).toBe(backfillHours + offlineHours);
        },
      ),
    );
  });

  it('reads again what may have changed since the last run, not what this run has read', () => {
    const closed = new Date(EPOCH);
    const options = {
      now: addHours(closed, 0.5),
      settleMs: 300_000,
      lateHorizonHours: 6,
      backfillHours: 48,
      chunkHours: 2,
    };
    const hoursOf = (readFrom?: Date) =>
      nextSteps(
        {
          source: 'fake',
          watermark: addHours(closed, -1),
          backfillCursor: addHours(closed, -48),
        },
        { ...options, readFrom },
      )!
        .flatMap(({ start, end }) => hoursBetween(start, end))
        .map(hour => (hour.getTime() - EPOCH) / HOUR_MS);
    expect(hoursOf()).toEqual([-7, -6, -5, -4, -3, -2, -1]);
    expect(hoursOf(addHours(closed, -1))).toEqual(hoursOf());
    expect(hoursOf(addHours(closed, -4))).toEqual([-7, -6, -5, -1]);
    expect(hoursOf(addHours(closed, -24))).toEqual([-1]);
  });
});
