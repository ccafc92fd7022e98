import { useApiHolder } from '@backstage/core-plugin-api';
import { SavingsReport } from '@headroom/plugin-scaling-common';
import { toMicros, useReport } from '@headroom/react';
import { useCallback } from 'react';
import { scalingApiRef } from '../../api/scalingApiRef';

/** As many rows as its back end answers at once. */
const PAGE_ROWS = 200;
/** Rows of beyond are those that saved least. */
const MOST_PAGES = 10;

/** What was measured of services, in micros, by currency and service. */
export type SavedByService = ReadonlyMap<
  string,
  { currency: string; micros: bigint }
>;

/** What the ledger has measured, and of which service; undefined where nobody measures, or says no. */
export function useSavingRows():
  | { summary: SavingsReport['summary']; byService: SavedByService }
  | undefined {
  const scaling = useApiHolder().get(scalingApiRef);
  const load = useCallback(
    async (signal: AbortSignal) => {
      if (!scaling) {
        return undefined;
      }
      let page = await scaling.getSavings({ limit: PAGE_ROWS }, { signal });
      const { summary } = page;
      const rows = [...page.rows];
      for (let i = 1; page.cursor !== undefined && i < MOST_PAGES; i += 1) {
        const { cursor } = page;
        page = await scaling.getSavings(
          { limit: PAGE_ROWS, cursor },
          { signal },
        );
        rows.push(...page.rows);
      }
      return { summary, rows };
    },
    [scaling],
  );
  const { state } = useReport(load, 'savings by service');
  if (state.status !== 'ok' || !state.value) {
    return undefined;
  }
  const { summary, rows } = state.value;
  return { summary, byService: byServiceOf(rows) };
}

/** Rows of another currency than the first of a service are not added to it. */
export function byServiceOf(rows: SavingsReport['rows']): SavedByService {
  const saved = new Map<string, { currency: string; micros: bigint }>();
  for (const { entityRef, measured } of rows) {
    if (entityRef !== undefined && measured) {
      const before = saved.get(entityRef);
      const { currency } = before ?? measured;
      if (currency === measured.currency) {
        saved.set(entityRef, {
          currency,
          micros: (before?.micros ?? 0n) + toMicros(measured.saved),
        });
      }
    }
  }
  return saved;
}
