import { Said } from '@headroom/common';
import { Fence, toIso } from '@headroom/node';
import { Knex } from 'knex';

/** What was measured of one policy on one workload; money in micros. */
export interface StoredSaving {
  controller: string;
  policyId: string;
  policyTitle: string;
  cluster: string;
  subject: string;
  entityRef?: string;
  actions: number;
  /** ISO 8601 UTC. */
  since: string;
  inEffect: boolean;
  /** Absent = not yet. */
  measured?: {
    currency: string;
    saved: number;
    low: number;
    high: number;
    hours: number;
    baselinePerHour: number;
  };
  expectedPerHour?: number;
  remark: Said;
  /** When that was, milliseconds since 1970; 0 = not yet. */
  measuredAt: number;
}

interface SavingRow {
  controller: string;
  policy_id: string;
  policy_title: string;
  cluster: string;
  subject: string;
  entity_ref: string | null;
  actions: number;
  since: Date;
  in_effect: boolean;
  currency: string | null;
  saved: string | null;
  low: string | null;
  high: string | null;
  hours: number | null;
  baseline_per_hour: string | null;
  expected_per_hour: string | null;
  remark: Said;
  measured_at: Date;
}

/** What was saved, as it was measured last. */
export class SavingStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): SavingStore {
    return new SavingStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** In the order of their names; of all that is measured, or of one entity. */
  async list({ entityRef }: { entityRef?: string } = {}): Promise<
    StoredSaving[]
  > {
    const query = this.#knex<SavingRow>('scaling_savings').orderBy([
      'cluster',
      'subject',
      'policy_id',
      'controller',
    ]);
    const rows: SavingRow[] = await (entityRef === undefined
      ? query
      : query.where({ entity_ref: entityRef }));
    return rows.map(toStored);
  }

  /** Takes over a complete measure, all or nothing. @throws OvertakenError */
  async replaceAll(
    savings: readonly StoredSaving[],
    fence: Fence,
  ): Promise<void> {
    await fence.write(this.#knex, async tx => {
      await tx('scaling_savings').delete();
      await tx.batchInsert('scaling_savings', savings.map(toRow), 500);
    });
  }
}

function toRow(saving: StoredSaving) {
  const { measured, expectedPerHour } = saving;
  const whole = (value: number | undefined) =>
    value === undefined ? null : String(Math.round(value));
  return {
    controller: saving.controller,
    policy_id: saving.policyId,
    policy_title: saving.policyTitle,
    cluster: saving.cluster,
    subject: saving.subject,
    entity_ref: saving.entityRef ?? null,
    actions: saving.actions,
    since: saving.since,
    in_effect: saving.inEffect,
    currency: measured?.currency ?? null,
    saved: whole(measured?.saved),
    low: whole(measured?.low),
    high: whole(measured?.high),
    hours: measured?.hours ?? null,
    baseline_per_hour: whole(measured?.baselinePerHour),
    expected_per_hour: whole(expectedPerHour),
    remark: JSON.stringify(saving.remark),
    measured_at: new Date(saving.measuredAt),
  };
}

function toStored(row: SavingRow): StoredSaving {
  return {
    controller: row.controller,
    policyId: row.policy_id,
    policyTitle: row.policy_title,
    cluster: row.cluster,
    subject: row.subject,
    ...(row.entity_ref !== null && { entityRef: row.entity_ref }),
    actions: row.actions,
    since: toIso(row.since)!,
    inEffect: row.in_effect,
    ...(row.currency !== null && {
      measured: {
        currency: row.currency,
        saved: Number(row.saved),
        low: Number(row.low),
        high: Number(row.high),
        hours: Number(row.hours),
        baselinePerHour: Number(row.baseline_per_hour),
      },
    }),
    ...(row.expected_per_hour !== null && {
      expectedPerHour: Number(row.expected_per_hour),
    }),
    remark: row.remark,
    measuredAt: row.measured_at.getTime(),
  };
}
