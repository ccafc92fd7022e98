import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { addDays, calendarDayOf } from '@headroom/common';
import {
  AnomalyReport,
  AnomalyRow,
  AnomalyRule,
  anomalySentence,
} from '@headroom/plugin-cost-common';
import { Asked, CostScopes } from '../../core/CostScopes';
import { amountOf } from './amountOf';
import { hourOf } from './hourOf';

/** How far back a page goes. */
const PAST_DAYS = 90;

/** @internal */
export interface AnomalyReportsOptions {
  scopes: CostScopes;
  rule: Required<AnomalyRule>;
  currency: string;
  timezone: string;
  now: () => Date;
}

/** Incidents for a caller. */
export class AnomalyReports {
  readonly #options: AnomalyReportsOptions;

  static create(options: AnomalyReportsOptions) {
    return new AnomalyReports(options);
  }

  private constructor(options: AnomalyReportsOptions) {
    this.#options = options;
  }

  /** @throws as {@link CostScopes.read} */
  async report(
    asked: Asked,
    credentials: BackstageCredentials,
  ): Promise<AnomalyReport> {
    const { scopes, rule, currency, timezone, now } = this.#options;
    const since = addDays(calendarDayOf(now(), timezone), -PAST_DAYS);
    const rows = await scopes.read(asked, credentials, async at => {
      if (asked === 'fleet' || !('team' in asked)) {
        return at.anomalies.list(since);
      }
      const { seen, hidden } = await at.catalog.services();
      const seesAll = seen.length > 0 && !hidden;
      const all = await at.anomalies.list(
        since,
        seesAll ? asked.team : undefined,
      );
      if (at.scope.seesEverything) {
        return all;
      }
      // A team's cost was that of the services it had then, which may be others' by now.
      const visible = new Set(seen.map(service => service.entityRef));
      return all.filter(
        ({ kind, causes }) =>
          kind !== 'team' ||
          causes.every(
            cause =>
              cause.entityRef === undefined || visible.has(cause.entityRef),
          ),
      );
    });
    return {
      currency,
      rule: {
        floor: rule.floorMicros.toString(),
        percent: rule.percent,
        newFloor: rule.newFloorMicros.toString(),
      },
      anomalies: rows.map(row => this.said(row)),
    };
  }

  /** With its sentence. */
  said(row: Omit<AnomalyRow, 'sentence'>): AnomalyRow {
    const { currency, timezone } = this.#options;
    return {
      ...row,
      sentence: anomalySentence(row, amountOf(currency), hourOf(timezone)),
    };
  }
}
