import { dayOfNumber } from '@headroom/common';
import { integerArray, textArray, toBigint } from '@headroom/node';
import { BilledThrough } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
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
import { MOVED, OWN, sumParts } from './sumParts';

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
   * or have the tag, and of machines of clusters the part that was allocated of what
   * their kind of machine cost that day. Sums are rounded to micros at the end.
   */
  async billedDays(scopes: readonly BillQuestion[]): Promise<BilledDay[][]> {
    const parts = partsSql(scopes, this.#timezone);
    const asked = askParts(scopes, await this.#parts(scopes));
    const amounts = ['billed', 'effective'] as const;
    const fixed = "i.frequency IN ('One-Time', 'Recurring')";
    const { rows } = await this.#knex.raw(
      `${parts.sql}, asked AS (
         SELECT * FROM unnest(?::integer[], ?::boolean[], ?::boolean[], ?::date[]) AS a (no, tax, credits, read_from)
       ), charges AS MATERIALIZED (
         SELECT d.day, i.id, i.currency, i.category, i.tags, i.entity_ref, m.cluster_id, m.region, m.capacity_type,
           ${fixed} AS fixed, ${amounts
        .map(each => `sum(d.${each}) AS ${each}`)
        .join(', ')}
         FROM cost_bill_days d JOIN cost_bill_items i ON i.id = d.item_id
         LEFT JOIN cost_machines m ON i.machine <> '' AND m.machine = i.machine
         WHERE d.day >= (SELECT min(read_from) FROM asked)
         GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
       ), kinds AS MATERIALIZED (
         SELECT day, currency, category, cluster_id, region, capacity_type, fixed, sum(billed) AS billed, sum(effective) AS effective
         FROM charges WHERE cluster_id IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6, 7
       ), whole AS MATERIALIZED (
         SELECT cluster_id, region, capacity_type, day, sum(cpu_micros + memory_micros + gpu_micros)::numeric AS micros
         FROM cost_days WHERE day >= (SELECT min(read_from) FROM asked) GROUP BY 1, 2, 3, 4
       ), had AS (
         SELECT p.no, d.cluster_id, d.region, d.capacity_type, d.day, sum(d.cpu_micros + d.memory_micros + d.gpu_micros)::numeric AS micros
         FROM ${PARTS} JOIN cost_days d ON d.container_id = p.container_id AND d.day >= p.from_day AND d.day < p.to_day
         GROUP BY 1, 2, 3, 4, 5
       ), found AS (
         SELECT h.no, k.day, k.currency, k.category, k.fixed, k.billed * h.micros / w.micros AS billed, k.effective * h.micros / w.micros AS effective
         FROM had h JOIN whole w USING (cluster_id, region, capacity_type, day) JOIN kinds k USING (cluster_id, region, capacity_type, day)
         WHERE w.micros > 0
         UNION ALL
         SELECT p.no, c.day, c.currency, c.category, c.fixed, c.billed, c.effective
         FROM charges c JOIN cost_entities e ON lower(e.entity_ref) = c.entity_ref
         JOIN spans p ON p.entity_id = e.id AND c.day >= greatest(p.from_day, p.read_from) AND c.day < p.to_day
         WHERE c.cluster_id IS NULL
         UNION ALL
         SELECT s.no, c.day, c.currency, c.category, c.fixed, c.billed, c.effective
         FROM s JOIN charges c ON c.tags ->> s.a = s.b AND c.day >= s.read_from WHERE s.kind = 'tag'
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
        textArray(scopes.map(({ readFrom }) => readFrom)),
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
      `WITH spent AS (
         SELECT d.container_id, (d.day >= ?::date AND d.day < ?::date) AS current,
           coalesce(sum(${OWN}) FILTER (WHERE NOT p.is_idle), 0) AS own, sum(${OWN} + ${MOVED}) AS shared
         FROM ${PARTS} JOIN cost_days d ON d.container_id = p.container_id AND d.day >= p.from_day AND d.day < p.to_day
         WHERE (d.day >= ?::date AND d.day < ?::date) OR (d.day >= ?::date AND d.day < ?::date)
         GROUP BY 1, 2
       )
       SELECT e.entity_ref AS ref, max(coalesce(e.title, e.name)) AS title, s.current, sum(s.own)::text AS own, sum(s.shared)::text AS shared
       FROM spent s LEFT JOIN cost_links l ON l.container_id = s.container_id LEFT JOIN cost_entities e ON e.id = l.entity_id
       GROUP BY 1, 3`,
      [
        current.start,
        current.end,
        ...(await partBindings(asked)),
        current.start,
        current.end,
        before.start,
        before.end,
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
    const of = (isCurrent: boolean) =>
      rows
        .filter((row: { current: boolean }) => row.current === isCurrent)
        .map(toDriver);
    return { current: of(true), before: of(false) };
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
  'days' | 'edges' | 'clusters' | 'billedThrough' | 'billedDays'
>;
