import {
  BudgetDefinition,
  BudgetDrivers,
  BudgetList,
  BudgetReport,
  BudgetRow,
  budgetState,
  BudgetStatus,
} from '@headroom/plugin-cost-common';

/** A month of a team. */
export function budgetDefinition(
  change: Partial<BudgetDefinition> = {},
): BudgetDefinition {
  return {
    title: 'Machine learning',
    scope: { type: 'group', entityRef: 'group:default/ml' },
    period: { type: 'month', day: 1 },
    amount: '100',
    currency: 'USD',
    cost: { basis: 'allocated', idle: 'separate' },
    carryOver: 'none',
    thresholds: [
      { on: 'spent', percent: 80 },
      { on: 'forecast', percent: 100 },
    ],
    notify: [],
    ...change,
  };
}

/** Six days of October are over; 120 of 100 are spent. */
export function budgetStatus(change: Partial<BudgetStatus> = {}): BudgetStatus {
  return {
    evaluatedAt: '2026-10-07T08:00:00.000Z',
    start: '2026-10-01',
    end: '2026-11-01',
    today: '2026-10-07',
    amount: '100000000',
    carried: '0',
    limit: '100000000',
    spent: '120000000',
    completeThrough: '2026-10-06',
    incompleteDays: 0,
    projection: {
      status: 'ok',
      total: '620000000',
      low: '600000000',
      high: '650000000',
      confidence: 0.8,
      completeDays: 30,
      backtestError: 0.04,
    },
    thresholds: [
      {
        on: 'spent',
        percent: 80,
        at: '80000000',
        isReached: true,
        firedAt: '2026-10-05T09:00:00.000Z',
      },
      { on: 'forecast', percent: 100, at: '100000000' },
    ],
    breachedOn: '2026-10-06',
    ...change,
  };
}

export function budgetRow(change: Partial<BudgetRow> = {}): BudgetRow {
  return {
    id: '0f9f8d4e-1c39-4b5b-9a39-0d1c8cf0a001',
    version: 3,
    origin: 'page',
    budget: budgetDefinition(),
    status: budgetStatus(),
    notified: ['group:default/ml'],
    isEditable: true,
    ...change,
  };
}

export function budgetList(change: Partial<BudgetList> = {}): BudgetList {
  const { budgets = [budgetRow()] } = change;
  const states: BudgetList['states'] = {};
  for (const row of budgets) {
    const state = budgetState(row);
    states[state] = (states[state] ?? 0) + 1;
  }
  return {
    budgets,
    totalRows: budgets.length,
    states,
    own: budgets.find(({ budget: { scope } }) => scope.type === 'group'),
    restricted: false,
    mayCreate: true,
    currencies: ['USD', 'EUR'],
    timezone: 'UTC',
    simulated: false,
    ...change,
  };
}

export function budgetReport(change: Partial<BudgetReport> = {}): BudgetReport {
  return {
    ...budgetRow(),
    burnDown: [
      { day: '2026-10-06', even: '80645162', left: '0' },
      {
        day: '2026-10-07',
        even: '77419355',
        left: '-20000000',
        partial: true,
        forecast: {
          likely: '-20000000',
          least: '-21000000',
          most: '-19000000',
        },
      },
      {
        day: '2026-10-31',
        even: '0',
        forecast: {
          likely: '-520000000',
          least: '-550000000',
          most: '-500000000',
        },
      },
    ],
    advice: { perMonth: '48200000', forecast: '582000000' },
    happenings: [
      {
        id: '7',
        kind: 'fired',
        on: 'spent',
        percent: 80,
        at: '2026-10-05T09:00:00.000Z',
        start: '2026-10-01',
        end: '2026-11-01',
        reason: {
          message:
            '80.00 USD of 100.00 USD are spent in the period from 2026-10-01 to 2026-10-31, which is 80 % of the budget or more.',
        },
      },
    ],
    simulated: false,
    ...change,
  };
}

export function budgetDrivers(): BudgetDrivers {
  return {
    drivers: [
      {
        entityRef: 'component:default/akidb-rest',
        spent: '90000000',
        before: '60000000',
        savingPerMonth: '48200000',
      },
      { spent: '30000000', before: '40000000' },
    ],
  };
}
