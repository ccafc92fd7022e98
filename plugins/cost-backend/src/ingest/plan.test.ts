import fc from 'fast-check';
import { IngestState } from '../database/IngestStore';
import {
  addHours,
  backfillTarget,
  closedUntil,
  HOUR_MS,
  hoursBetween,
  initialState,
  nextSteps,
} from './plan';

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
});
