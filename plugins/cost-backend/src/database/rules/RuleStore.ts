import { Fence, slices, toIso } from '@headroom/node';
import {
  BudgetScope,
  budgetScopeKey,
  RuleOccurrence,
  RuleState,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { takeOldest } from '../alerts/takeOldest';

/** Where a rule stands with a subject. */
export interface StoredRuleState {
  ruleId: string;
  subject: BudgetScope;
  title: string;
  /** Of the rule that it was judged by. */
  fingerprint: string;
  state: RuleState;
  /** People were told that it is over, and not that it isn't any more. */
  told: boolean;
  /** The last hours are not known. */
  isUnknown: boolean;
  /** Of the last known hour, as the threshold is; absent = there was nothing to measure. */
  value?: number;
  /** Whole micros. */
  perDay?: number;
  /** What its budget left of a day by then, whole micros; absent = of no budget. */
  dayShare?: { micros: string; withIdle: boolean };
  /** When people were told that it is not over any more; for a day, in which it isn't news again. */
  endedAt?: string;
  /** The first turn in which there was no such subject; absent = it is there. */
  unseenSince?: string;
}

/** What a turn found of a rule. */
export interface RuleTurn {
  ruleId: string;
  /** Beginning of the last hour that was looked at. */
  through?: string;
  /** Of which nothing is known by then; some of them. */
  unknown: BudgetScope[];
  unknownCount: number;
}

/** What a turn changes. */
export interface RuleTurnResult {
  /** They take the place of what is stored of the same rule and subject. */
  changed: StoredRuleState[];
  /** Keys of what is not kept any more, by {@link ruleStateKey}. */
  dropped: string[];
  events: RuleOccurrence[];
  turns: RuleTurn[];
}

/** Events that were taken are kept this long. */
const KEPT_DAYS = 90;

const COLUMNS = [
  'rule_id',
  'subject_key',
  'subject',
  'title',
  'fingerprint',
  'is_over',
  'since',
  'eased_since',
  'told',
  'is_unknown',
  'value',
  'per_day_micros',
  'ended_at',
  'unseen_since',
  'day_share',
] as const;

const UPSERT = `
  INSERT INTO cost_rule_states (${COLUMNS.join(', ')})
  SELECT ${COLUMNS.map(column => `r.${column}`).join(', ')}
  FROM jsonb_to_recordset(?::jsonb) AS r (rule_id text, subject_key text, subject jsonb, title text, fingerprint text,
    is_over boolean, since timestamptz, eased_since timestamptz, told boolean, is_unknown boolean,
    value double precision, per_day_micros bigint, ended_at timestamptz, unseen_since timestamptz, day_share jsonb)
  ON CONFLICT (rule_id, subject_key) DO UPDATE SET ${COLUMNS.slice(2)
    .map(column => `${column} = excluded.${column}`)
    .join(', ')}`;

/** Tells rules and their subjects apart. */
export function ruleStateKey({
  ruleId,
  subject,
}: Pick<StoredRuleState, 'ruleId' | 'subject'>): string {
  return `${ruleId} ${budgetScopeKey(subject)}`;
}

/** What is over the thresholds of rules; of everybody: who asks sees to whom it is shown. */
export class RuleStore {
  readonly #knex: Knex;

  static create({ knex }: { knex: Knex }) {
    return new RuleStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** All that is kept. */
  async states(): Promise<StoredRuleState[]> {
    const { rows } = await this.#knex.raw(
      'SELECT * FROM cost_rule_states ORDER BY rule_id, subject_key',
    );
    return rows.map(toState);
  }

  /** Only what is over by now, the dearest first. */
  async over(): Promise<StoredRuleState[]> {
    const { rows } = await this.#knex.raw(
      `SELECT * FROM cost_rule_states WHERE is_over
       ORDER BY per_day_micros DESC NULLS LAST, rule_id, subject_key`,
    );
    return rows.map(toState);
  }

  async turns(): Promise<RuleTurn[]> {
    const { rows } = await this.#knex.raw('SELECT * FROM cost_rule_turns');
    return rows.map(
      (row: {
        rule_id: string;
        through: Date | null;
        unknown: BudgetScope[];
        unknown_count: number;
      }) => {
        const through = toIso(row.through);
        return {
          ruleId: row.rule_id,
          ...(through && { through }),
          unknown: row.unknown,
          unknownCount: row.unknown_count,
        };
      },
    );
  }

  /** Keeps what a turn found, and what there is to tell, in one transaction. */
  async keep(
    { changed, dropped, events, turns }: RuleTurnResult,
    fence: Fence,
    at: Date,
  ): Promise<void> {
    await fence.write(this.#knex, async tx => {
      for await (const part of slices(dropped.map(splitKey))) {
        await tx.raw(
          `DELETE FROM cost_rule_states s USING jsonb_to_recordset(?::jsonb) AS d (rule_id text, subject_key text)
           WHERE s.rule_id = d.rule_id AND s.subject_key = d.subject_key`,
          [JSON.stringify(part)],
        );
      }
      for await (const part of slices(changed.map(toRow))) {
        await tx.raw(UPSERT, [JSON.stringify(part)]);
      }
      for await (const part of slices(events)) {
        await tx.raw(
          `INSERT INTO cost_rule_events (event, at)
           SELECT e.event, (e.event ->> 'at')::timestamptz FROM jsonb_array_elements(?::jsonb) WITH ORDINALITY AS e (event, place)
           ORDER BY e.place`,
          [JSON.stringify(part)],
        );
      }
      await tx.raw('DELETE FROM cost_rule_turns');
      await tx.raw(
        `INSERT INTO cost_rule_turns (rule_id, through, unknown, unknown_count)
         SELECT r.* FROM jsonb_to_recordset(?::jsonb) AS r (rule_id text, through timestamptz, unknown jsonb, unknown_count integer)`,
        [
          JSON.stringify(
            turns.map(({ ruleId, through, unknown, unknownCount }) => ({
              rule_id: ruleId,
              through,
              unknown,
              unknown_count: unknownCount,
            })),
          ),
        ],
      );
      await tx.raw(
        `DELETE FROM cost_rule_events WHERE at < ?::timestamptz - interval '${KEPT_DAYS} days'`,
        [at.toISOString()],
      );
    });
  }
}

/** Takes events as {@link takeOldest} does. */
export async function takeRuleEvents(
  tx: Knex,
  limit: number,
  now: Date,
): Promise<RuleOccurrence[]> {
  const rows = await takeOldest<{ event: RuleOccurrence }>(tx, {
    table: 'cost_rule_events',
    columns: 'e.event',
    limit,
    now,
  });
  return rows.map(({ event }) => event);
}

function toRow(each: StoredRuleState): Record<string, unknown> {
  const { ruleId, subject, title, fingerprint, state, told, value } = each;
  return {
    rule_id: ruleId,
    subject_key: budgetScopeKey(subject),
    subject,
    title,
    fingerprint,
    is_over: state.over,
    since: state.since,
    eased_since: state.easedSince,
    told,
    is_unknown: each.isUnknown,
    value,
    per_day_micros:
      each.perDay === undefined ? undefined : Math.round(each.perDay),
    ended_at: each.endedAt,
    unseen_since: each.unseenSince,
    day_share: each.dayShare,
  };
}

function toState(row: {
  rule_id: string;
  subject: BudgetScope;
  title: string;
  fingerprint: string;
  is_over: boolean;
  since: Date | null;
  eased_since: Date | null;
  told: boolean;
  is_unknown: boolean;
  value: number | null;
  per_day_micros: string | null;
  ended_at: Date | null;
  unseen_since: Date | null;
  day_share: { micros: string; withIdle: boolean } | null;
}): StoredRuleState {
  const since = toIso(row.since);
  const easedSince = toIso(row.eased_since);
  const endedAt = toIso(row.ended_at);
  const unseenSince = toIso(row.unseen_since);
  return {
    ruleId: row.rule_id,
    subject: row.subject,
    title: row.title,
    fingerprint: row.fingerprint,
    state: {
      over: row.is_over,
      ...(since && { since }),
      ...(easedSince && { easedSince }),
    },
    told: row.told,
    isUnknown: row.is_unknown,
    ...(row.value !== null && { value: row.value }),
    ...(row.per_day_micros !== null && { perDay: Number(row.per_day_micros) }),
    ...(row.day_share && { dayShare: row.day_share }),
    ...(endedAt && { endedAt }),
    ...(unseenSince && { unseenSince }),
  };
}

/** A rule's id has no space. */
function splitKey(key: string): { rule_id: string; subject_key: string } {
  const space = key.indexOf(' ');
  return { rule_id: key.slice(0, space), subject_key: key.slice(space + 1) };
}
