import {
  Review,
  ReviewList,
  reviewWeekEnd,
} from '@headroom/plugin-cost-common';
import { anomalyReport } from './anomalyReports';

/** Two weeks that have a review. */
export function reviewList(change: Partial<ReviewList> = {}): ReviewList {
  return {
    weeks: [
      { week: '2026-10-05', madeAt: '2026-10-14T00:10:00.000Z' },
      { week: '2026-09-28', madeAt: '2026-10-07T00:10:00.000Z' },
    ],
    next: { week: '2026-10-12', from: '2026-10-21' },
    timezone: 'UTC',
    ...change,
  };
}

/** A week that cost 70 more than the one before, and has something of everything. */
export function review(change: Partial<Review> = {}): Review {
  const { week = '2026-10-05' } = change;
  return {
    end: reviewWeekEnd(week),
    timezone: 'UTC',
    currency: 'USD',
    madeAt: '2026-10-14T00:10:00.000Z',
    simulated: false,
    restricted: false,
    comparison: 'ok',
    hours: {
      before: { complete: 168, wanted: 168 },
      after: { complete: 168, wanted: 168 },
    },
    pace: {
      spend: '210000000',
      before: '140000000',
      change: '70000000',
      changeRatio: 0.5,
      month: {
        start: '2026-10-01',
        end: '2026-11-01',
        toDate: '300000000',
        incompleteDays: 0,
        projection: {
          status: 'ok',
          total: '900000000',
          low: '850000000',
          high: '950000000',
          confidence: 0.8,
          completeDays: 40,
        },
      },
    },
    movers: {
      services: [
        {
          key: 'component:default/akidb-rest',
          kind: 'service',
          entityRef: 'component:default/akidb-rest',
          title: 'akidb-rest',
          before: '70000000',
          after: '150000000',
          change: '80000000',
          parts: {
            volume: '30000000',
            efficiency: '-20000000',
            price: '65000000',
            oneOff: '5000000',
            unsplit: '0',
          },
        },
        {
          key: 'idle',
          kind: 'idle',
          before: '70000000',
          after: '60000000',
          change: '-10000000',
          parts: {
            volume: '0',
            efficiency: '-10000000',
            price: '0',
            oneOff: '0',
            unsplit: '0',
          },
        },
      ],
      teams: [
        {
          key: 'group:default/ml',
          kind: 'team',
          entityRef: 'group:default/ml',
          before: '140000000',
          after: '210000000',
          change: '70000000',
          parts: {
            volume: '0',
            efficiency: '0',
            price: '0',
            oneOff: '0',
            unsplit: '70000000',
          },
        },
      ],
    },
    anomalies: anomalyReport().anomalies.slice(0, 1),
    advice: {
      perMonth: '12000000',
      services: 1,
      top: [
        {
          entityRef: 'component:default/akidb-rest',
          title: 'akidb-rest',
          perMonth: '12000000',
        },
      ],
    },
    budgetRisks: [
      {
        id: 'ml',
        title: 'Machine learning',
        scope: { type: 'group', entityRef: 'group:default/ml' },
        currency: 'EUR',
        start: '2026-10-01',
        end: '2026-11-01',
        limit: '500000000',
        spent: '300000000',
        forecast: { total: '900000000', low: '850000000', high: '950000000' },
        ownerRef: 'group:default/ml',
      },
    ],
    unitCosts: [
      {
        entityRef: 'component:default/akidb-rest',
        title: 'akidb-rest',
        metric: 'tokens',
        metricTitle: 'Tokens',
        per: 1_000_000,
        cost: '150000000',
        quantity: 5_000_000,
        unitCost: '30.000000000',
        previousUnitCost: '28.000000000',
      },
      {
        entityRef: 'component:default/web',
        title: 'web',
        metric: 'requests',
        metricTitle: 'Requests',
        per: 1,
        cost: '160000000',
        reason: 'no-data',
      },
    ],
    actions: [
      {
        key: 'budget:ml',
        kind: 'budget',
        entityRef: 'group:default/ml',
        title: 'Machine learning',
        budgetId: 'ml',
        amount: '400000000',
        over: { spent: '400000000', lastDay: '2026-10-31' },
        currency: 'EUR',
        ownerRef: 'group:default/ml',
        due: '2026-10-19',
        again: true,
      },
      {
        key: 'advice:component:default/akidb-rest',
        kind: 'advice',
        entityRef: 'component:default/akidb-rest',
        title: 'akidb-rest',
        amount: '12000000',
        currency: 'USD',
        due: '2026-10-19',
        again: false,
      },
    ],
    restatement: { spend: '210000000', difference: '0' },
    ...change,
    week,
  };
}
