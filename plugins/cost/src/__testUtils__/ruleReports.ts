import { CostRuleRow, CostRulesReport } from '@headroom/plugin-cost-common';

/** A rule that was judged. */
export function costRule(change: Partial<CostRuleRow> = {}): CostRuleRow {
  return {
    id: 'utilisation',
    measure: 'utilisation',
    side: 'below',
    percent: 30,
    holdHours: 2,
    subjects: ['service'],
    onlySome: false,
    floor: '25000000',
    severity: 'normal',
    enabled: true,
    through: '2026-10-05T09:00:00.000Z',
    unknown: 0,
    unknownMore: false,
    ...change,
  };
}

/** A service and a cluster that are over rules. */
export function rulesReport(
  change: Partial<CostRulesReport> = {},
): CostRulesReport {
  return {
    currency: 'USD',
    rules: [
      costRule(),
      costRule({
        id: 'hourly-spend',
        measure: 'hourly-spend',
        side: 'above',
        percent: undefined,
        amount: '100000000',
        holdHours: 1,
        subjects: ['team', 'cluster'],
        floor: '0',
      }),
    ],
    over: [
      {
        ruleId: 'utilisation',
        subject: { type: 'service', entityRef: 'component:default/akidb-rest' },
        title: 'AkiDB REST',
        since: '2026-10-05T07:00:00.000Z',
        percent: 12.5,
        perDay: '81200000',
        unknown: false,
      },
      {
        ruleId: 'hourly-spend',
        subject: { type: 'cluster', cluster: 'us-west' },
        title: 'us-west',
        since: '2026-10-05T05:00:00.000Z',
        amount: '120000000',
        perDay: '2880000000',
        unknown: true,
      },
    ],
    restricted: false,
    ...change,
  };
}
