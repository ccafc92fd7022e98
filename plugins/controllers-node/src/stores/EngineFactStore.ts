import { FieldChange, FieldPath } from '@headroom/common';
import { textArray, toIso } from '@headroom/node';
import { Knex } from 'knex';
import { EngineFacts, InEffect } from '../guards/facts';
import { groupBy } from './groupBy';
import { ContestRow, KillSwitchRow, toContest, toKillSwitch } from './rows';

interface EffectRow {
  id: string;
  target_key: string;
  controller: string;
  policy_id: string;
  policy_title: string;
  state: string;
  changes: FieldChange[];
}

interface CountRow {
  key: string;
  count: string;
}

/** What guards are told of what the engine did. */
export class EngineFactStore {
  readonly #prefix: string;

  static create(options: { prefix: string }) {
    return new EngineFactStore(options);
  }

  private constructor({
    prefix,
  }: Parameters<typeof EngineFactStore.create>[0]) {
    this.#prefix = prefix;
  }

  /** A constant number of queries, whatever the number of targets. */
  async read(tx: Knex, targetKeys: readonly string[]): Promise<EngineFacts> {
    const p = this.#prefix;
    const keys = textArray([...new Set(targetKeys)]);
    const clock = await tx.raw<{ rows: Array<{ now: Date }> }>(
      'SELECT clock_timestamp() AS now',
    );
    const switches: KillSwitchRow[] = await tx(`${p}_kill_switches`).where({
      is_on: true,
    });
    const contests = await tx.raw<{ rows: ContestRow[] }>(
      `SELECT * FROM ${p}_contests WHERE contested_at IS NOT NULL AND target_key = ANY (?::text[])`,
      [keys],
    );
    const taken = await tx.raw<{
      rows: Array<{ cluster: string; subjects: string[] }>;
    }>(
      `SELECT cluster, array_agg(DISTINCT subject) AS subjects FROM ${p}_actions
       WHERE intent_at > clock_timestamp() - interval '24 hours' AND undo_of IS NULL
         AND direction IN ('down', 'neutral') AND cluster IS NOT NULL
         AND (applied_at IS NOT NULL OR state IN ('intended', 'unresolved'))
       GROUP BY cluster`,
    );
    const writes = await tx.raw<{ rows: CountRow[] }>(
      `SELECT target_key AS key, count(*) FROM ${p}_actions
       WHERE target_key = ANY (?::text[]) AND undo_of IS NULL
         AND intent_at > clock_timestamp() - interval '1 hour' GROUP BY target_key`,
      [keys],
    );
    const effects = await tx.raw<{ rows: EffectRow[] }>(
      `SELECT a.id, a.target_key, a.state, a.changes, p.controller, p.policy_id, p.policy_title
       FROM ${p}_actions a JOIN ${p}_plans p ON p.id = a.plan_id
       WHERE a.target_key = ANY (?::text[]) AND a.state IN ('intended', 'unresolved', 'done')`,
      [keys],
    );
    return {
      now: toIso(clock.rows[0].now)!,
      killSwitches: switches.map(toKillSwitch),
      contests: contests.rows.map(toContest),
      takenToday: new Map(
        taken.rows.map(({ cluster, subjects }) => [cluster, new Set(subjects)]),
      ),
      writesLastHour: counts(writes.rows),
      inEffect: new Map(
        [...groupBy(effects.rows, row => row.target_key)].map(([key, rows]) => [
          key,
          rows.map(toEffect),
        ]),
      ),
    };
  }
}

function counts(rows: readonly CountRow[]): Map<string, number> {
  return new Map(rows.map(({ key, count }) => [key, Number(count)]));
}

function toEffect(row: EffectRow): InEffect {
  return {
    actionId: row.id,
    controller: row.controller,
    policyId: row.policy_id,
    policyTitle: row.policy_title,
    open: row.state !== 'done',
    paths: row.changes.map(({ path }): FieldPath => path),
  };
}
