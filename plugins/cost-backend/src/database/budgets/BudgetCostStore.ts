import { dayOfNumber } from '@headroom/common';
import { integerArray, textArray, toBigint } from '@headroom/node';
import { BilledThrough } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { MOVED, ON_MACHINES, OWN } from '../amounts';
import { IS_FIXED } from '../billItems';
import { IS_SPLIT } from '../isBillSplit';
import { billedMarks } from './billedMarks';
import { partsSql, ScopeQuestion } from './budgetParts';
import { readDays } from './keptDays';
import { ScopeDay } from './scopeDays';
import {
  askParts,
  clustersOf,
  partBindings,
  PARTS,
  PartText,
  readClusterNames,
  readParts,
} from './scopeParts';
import { sumParts } from './sumParts';
import { SPENT } from './sumSpans';

/** What a day was charged, in micros of the bill's currency. */
export interface BilledDay {
  day: string;
  currency: string;
  billed: bigint;
  effective: bigint;
  /** The part of either that is charged once, or for longer at once. */
  fixedBilled: bigint;
  fixedEffective: bigint;
}

/** Hours of a day that belong to the day before it, or after, in the zone of a budget. */
export interface Edge {
  /** Place of the scope. */
  no: number;
  /** Day of the reports' zone that the hours are counted on. */
  day: string;
  start: Date;
  end: Date;
}

/** Which charges of a bill count. */
export interface BillQuestion extends ScopeQuestion {
  tax: boolean;
  credits: boolean;
}

/** Who spends within a scope. */
export interface DriverRow extends ScopeDay {
  entityRef?: string;
  title?: string;
}

/**
 * What scopes of budgets cost, for scheduled work and for who has been asked whether
 * they may see all of a scope. Each method takes a handful of queries at most, however many
 * scopes there are: what they are made of, and what that cost, of which a snapshot reads
 * what the last evaluation kept.
 */
export class BudgetCostStore {
  readonly #knex: Knex;
  readonly #timezone: string;
  readonly #known = new WeakMap<
    readonly ScopeQuestion[],
    Promise<PartText[][]>
  >();
  readonly #one: Map<string, Promise<PartText[][]>> | undefined;

  /** @param options - `inSnapshot`: what a scope is made of does not change while this store is used */
  static create(options: {
    knex: Knex;
    timezone: string;
    inSnapshot?: boolean;
  }) {
    return new BudgetCostStore(options);
  }

  private constructor(options: {
    knex: Knex;
    timezone: string;
    inSnapshot?: boolean;
  }) {
    this.#knex = options.knex;
    this.#timezone = options.timezone;
    this.#one = options.inSnapshot ? new Map() : undefined;
  }

  /** Asked once for the same list, and in a snapshot once for a list of the same scope. */
  #parts(scopes: readonly ScopeQuestion[]): Promise<PartText[][]> {
    const key =
      this.#one && scopes.length === 1
        ? JSON.stringify([scopes[0].scope, scopes[0].systems])
        : undefined;
    const known =
      this.#known.get(scopes) ??
      (key === undefined ? undefined : this.#one?.get(key));
    if (known) {
      return known;
    }
    const parts = readParts(this.#knex, scopes, this.#timezone);
    this.#known.set(scopes, parts);
    if (key !== undefined) {
      this.#one?.set(key, parts);
    }
    return parts;
  }

  /** Notes who owns what by now, where it is not known yet. */
  async noteOwners(): Promise<void> {
    await this.#knex.raw(
      `INSERT INTO cost_owner_history (entity_id, since, owner_refs)
       SELECT e.id, e.owners_since, e.owner_refs FROM cost_entities e
       LEFT JOIN LATERAL (
         SELECT h.owner_refs FROM cost_owner_history h WHERE h.entity_id = e.id ORDER BY h.since DESC LIMIT 1) h ON true
       WHERE e.kind <> 'group' AND h.owner_refs IS DISTINCT FROM e.owner_refs
       ON CONFLICT (entity_id, since) DO UPDATE SET owner_refs = excluded.owner_refs`,
    );
  }

  /** By day, in the order of scopes; a day that cost nothing is absent. */
  async days(scopes: readonly ScopeQuestion[]): Promise<ScopeDay[][]> {
    const parts = await this.#parts(scopes);
    if (this.#one) {
      // Nothing is kept from here: earlier days than those that are asked for are not read.
      const asked = scopes.map(each => ({ ...each, keepFrom: undefined }));
      const clusters = clustersOf(parts.flat());
      return (await readDays(this.#knex, asked, parts, clusters)).days;
    }
    const sums = await sumParts(this.#knex, askParts(scopes, parts));
    return scopes.map((_, index) => sums.get(index + 1) ?? []);
  }

  /**
   * What the hours at the edges of periods cost, in the order of edges.
   *
   * @param known - what scopes are made of, where that was read
   */
  async edges(
    scopes: readonly ScopeQuestion[],
    edges: readonly Edge[],
    known?: readonly PartText[][],
  ): Promise<ScopeDay[]> {
    const places = [...new Set(edges.map(({ no }) => no))];
    const some = places.map(no => scopes[no - 1]);
    const parts = known
      ? places.map(no => known[no - 1])
      : await this.#parts(some);
    const asked = askParts(some, parts).map(each => ({
      ...each,
      no: places[each.no - 1],
    }));
    const hourly = OWN.replaceAll('d.', 'h.');
    const { rows } = await this.#knex.raw(
      `WITH edges AS (
         SELECT row_number() OVER () AS at, * FROM unnest(?::integer[], ?::date[], ?::timestamptz[], ?::timestamptz[]) AS e (no, day, start, stop)
       )
       SELECT e.at::integer, coalesce(sum(${hourly}) FILTER (WHERE NOT p.is_idle), 0)::text AS own,
         sum(${hourly} + coalesce(round((${MOVED})::numeric / greatest(d.hours_present, 1)), 0))::bigint::text AS shared
       FROM edges e JOIN ${PARTS} ON p.no = e.no AND e.day >= p.from_day AND e.day < p.to_day
       JOIN cost_hours h ON h.cluster_id = p.cluster_id AND h.hour >= e.start AND h.hour < e.stop AND h.container_id = p.container_id
       LEFT JOIN cost_days d ON d.container_id = h.container_id AND d.day = e.day AND d.capacity_type = h.capacity_type AND d.region = h.region
       GROUP BY e.at`,
      [
        integerArray(edges.map(({ no }) => no)),
        textArray(edges.map(({ day }) => day)),
        textArray(edges.map(({ start }) => start.toISOString())),
        textArray(edges.map(({ end }) => end.toISOString())),
        ...(await partBindings(asked)),
      ],
    );
    const sums = edges.map(
      ({ day }): ScopeDay => ({ day, own: 0n, shared: 0n }),
    );
    for (const { at, own, shared } of rows) {
      sums[at - 1] = {
        ...sums[at - 1],
        own: toBigint(own),
        shared: toBigint(shared),
      };
    }
    return sums;
  }

  /** Names of the clusters that scopes have containers in, in the order of scopes. */
  async clusters(scopes: readonly ScopeQuestion[]): Promise<string[][]> {
    return readClusterNames(this.#knex, await this.#parts(scopes));
  }

  /**
   * What providers charge for scopes, by day of UTC: charges that are a service's own,
   * or have the tag, and of machines of clusters the part that was had of each that day, as
   * it was found out when the bill was split. Sums are rounded to micros at the end.
   */
  async billedDays(scopes: readonly BillQuestion[]): Promise<BilledDay[][]> {
    const parts = partsSql(scopes, this.#timezone);
    const asked = askParts(scopes, await this.#parts(scopes));
    const amounts = ['billed', 'effective'] as const;
    const rate = amounts
      .map(each => `r.${each} * (${ON_MACHINES}) AS ${each}`)
      .join(', ');
    const charge = `d.day, i.currency, i.category, ${IS_FIXED} AS fixed, d.billed, d.effective`;
    const { rows } = await this.#knex.raw(
      `${parts.sql}, asked AS (
         SELECT * FROM unnest(?::integer[], ?::boolean[], ?::boolean[]) AS a (no, tax, credits)
       ), parts_asked AS MATERIALIZED (
         SELECT * FROM ${PARTS}
       ), found AS (
         SELECT p.no, r.day, r.currency, r.category, r.is_fixed AS fixed, ${rate}
         FROM parts_asked p JOIN cost_machine_days d ON d.container_id = p.container_id AND d.day >= p.from_day AND d.day < p.to_day
         JOIN cost_bill_machine_days r ON r.machine_id = d.machine_id AND r.day = d.day
         UNION ALL
         SELECT p.no, r.day, r.currency, r.category, r.is_fixed AS fixed, ${rate}
         FROM parts_asked p JOIN cost_bill_kind_days r ON r.cluster_id = p.cluster_id AND r.day >= p.from_day AND r.day < p.to_day
         JOIN cost_days d ON d.container_id = p.container_id AND d.day = r.day AND d.capacity_type = r.capacity_type AND d.region = r.region
         UNION ALL
         SELECT p.no, ${charge}
         FROM spans p JOIN cost_entities e ON e.id = p.entity_id JOIN cost_bill_items i ON i.entity_ref = lower(e.entity_ref)
         JOIN cost_bill_days d ON d.item_id = i.id AND d.day >= greatest(p.from_day, p.read_from) AND d.day < p.to_day
         WHERE NOT EXISTS (SELECT 1 FROM cost_machines m WHERE i.machine <> '' AND m.machine = i.machine)
         UNION ALL
         SELECT s.no, ${charge}
         FROM s JOIN cost_bill_items i ON i.tags ->> s.a = s.b AND i.last_day >= s.read_from JOIN cost_bill_days d ON d.item_id = i.id AND d.day >= s.read_from
         WHERE s.kind = 'tag'
       )
       SELECT f.no, (f.day - '1970-01-01'::date) AS day, f.currency, ${amounts
         .flatMap(each => [
           `round(sum(f.${each}) * 1000000)::text AS ${each}`,
           `coalesce(round(sum(f.${each}) FILTER (WHERE f.fixed) * 1000000), 0)::text AS "fixed_${each}"`,
         ])
         .join(', ')}
       FROM found f JOIN asked a ON a.no = f.no
       WHERE (a.tax OR f.category <> 'Tax') AND (a.credits OR f.category <> 'Credit')
       GROUP BY 1, 2, 3`,
      [
        ...parts.bindings,
        integerArray(scopes.map((_, index) => index + 1)),
        textArray(scopes.map(({ tax }) => String(tax))),
        textArray(scopes.map(({ credits }) => String(credits))),
        ...(await partBindings(asked)),
      ],
    );
    const days = scopes.map((): BilledDay[] => []);
    for (const row of rows) {
      days[row.no - 1].push({
        day: dayOfNumber(row.day),
        currency: row.currency,
        billed: toBigint(row.billed),
        effective: toBigint(row.effective),
        fixedBilled: toBigint(row.fixed_billed),
        fixedEffective: toBigint(row.fixed_effective),
      });
    }
    return days;
  }

  /** @see {@link billedMarks} */
  async billedMarks(
    scopes: readonly BillQuestion[],
  ): Promise<string[] | undefined> {
    return billedMarks(this.#knex, scopes, this.#timezone);
  }

  /** Whether all that was imported of machines was split over who had them; before that a part of a bill is missing. */
  async isSplit(): Promise<boolean> {
    const { rows } = await this.#knex.raw(`SELECT ${IS_SPLIT} AS "isSplit"`);
    return rows[0].isSplit;
  }

  /** How far each source has come with usage, by the billing accounts of its deliveries. */
  async billedThrough(): Promise<BilledThrough[]> {
    const { rows } = await this.#knex.raw(
      `SELECT v.source, a AS account, min(v.first_usage_day)::text AS first, max(v.last_usage_day)::text AS last
       FROM cost_bill_deliveries v, unnest(v.billing_accounts) a
       WHERE v.last_usage_day IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2`,
    );
    return rows;
  }

  /** Who spends in the only scope of a list, in two spans of days; ends are exclusive. */
  async drivers(
    scopes: readonly [ScopeQuestion],
    spans: Record<'current' | 'before', { start: string; end: string }>,
  ): Promise<{ current: DriverRow[]; before: DriverRow[] }> {
    const asked = askParts(scopes, await this.#parts(scopes));
    const { current, before } = spans;
    const { rows } = await this.#knex.raw(
      `${SPENT}
       SELECT e.entity_ref AS ref, max(coalesce(e.title, e.name)) AS title, s.span,
         coalesce(sum(s.own), 0)::text AS own, sum(s.shared)::text AS shared
       FROM spent s LEFT JOIN cost_links l ON l.container_id = s.container_id LEFT JOIN cost_entities e ON e.id = l.entity_id
       GROUP BY 1, 3`,
      [
        textArray(['current', 'before']),
        textArray([current.start, before.start]),
        textArray([current.end, before.end]),
        ...(await partBindings(asked)),
      ],
    );
    const toDriver = (row: {
      ref: string | null;
      title: string | null;
      own: string;
      shared: string;
    }): DriverRow => ({
      day: '',
      ...(row.ref !== null && { entityRef: row.ref }),
      ...(row.title !== null && { title: row.title }),
      own: toBigint(row.own),
      shared: toBigint(row.shared),
    });
    const of = (span: string) =>
      rows.filter((row: { span: string }) => row.span === span).map(toDriver);
    return { current: of('current'), before: of('before') };
  }

  /** What advice nobody decided against would save a month in the only scope of a list, by service, in micros. */
  async advice(
    scopes: readonly [ScopeQuestion],
    now: Date,
  ): Promise<Array<{ entityRef?: string; micros: bigint }>> {
    const asked = askParts(scopes, await this.#parts(scopes));
    const { rows } = await this.#knex.raw(
      `SELECT e.entity_ref AS ref, sum(a.list_micros)::text AS micros
       FROM (SELECT DISTINCT p.container_id FROM ${PARTS} WHERE p.to_day = 'infinity') p
       JOIN cost_advice a ON a.container_id = p.container_id AND a.list_micros > 0
       LEFT JOIN cost_advice_decisions x ON x.container_id = a.container_id AND x.fingerprint = a.fingerprint
         AND (x.until IS NULL OR x.until > ?::timestamptz)
       LEFT JOIN cost_links l ON l.container_id = p.container_id LEFT JOIN cost_entities e ON e.id = l.entity_id
       WHERE x.state IS NULL GROUP BY 1`,
      [...(await partBindings(asked)), now.toISOString()],
    );
    return rows.map(
      ({ ref, micros }: { ref: string | null; micros: string }) => ({
        ...(ref !== null && { entityRef: ref }),
        micros: toBigint(micros),
      }),
    );
  }
}

/** What an evaluation asks. */
export type BudgetCosts = Pick<
  BudgetCostStore,
  'days' | 'edges' | 'clusters' | 'billedThrough' | 'billedDays' | 'isSplit'
>;
