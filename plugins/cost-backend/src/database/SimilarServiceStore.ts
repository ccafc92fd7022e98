import { integerArray } from '@headroom/node';
import { Knex } from 'knex';
import { OWN } from './amounts';
import { MICRO } from './measures';
import { containersSql, Scope } from './scope';

/** Between which amounts, both inclusive. */
interface Bounds {
  from: number;
  to: number;
}

/** Which services are looked for: what they held on average, all replicas together. */
export interface SimilarQuery {
  /** Calendar days, `YYYY-MM-DD`, and the hours that each has. */
  days: ReadonlyArray<{ day: string; hours: number }>;
  cpuCores: Bounds;
  memoryBytes: Bounds;
  /** Boards; absent = they have no GPU. */
  gpus?: Bounds;
}

/** What a service cost on average of the days that are wholly known. */
export interface SimilarService {
  entityRef: string;
  title: string;
  /** Micros of 24 hours, in the stored currency. */
  dailyMicros: bigint;
}

/** More services than this tell no more of the median. */
const MOST = 2000;

/** Services by what they held, as far as a caller may see them. */
export class SimilarServiceStore {
  readonly #knex: Knex;
  readonly #scope: Scope;

  static create(options: { knex: Knex; scope: Scope }) {
    return new SimilarServiceStore(options.knex, options.scope);
  }

  private constructor(knex: Knex, scope: Scope) {
    this.#knex = knex;
    this.#scope = scope;
  }

  /** The dearest first. Days of which hours are missing don't count. */
  async find(query: SimilarQuery): Promise<SimilarService[]> {
    const containers = containersSql(this.#scope);
    const { cpuCores, days, memoryBytes, gpus } = query;
    const { rows } = await this.#knex.raw(
      `WITH days AS (
         SELECT * FROM unnest(?::date[], ?::integer[]) AS t (day, hours)
       ), per_container AS MATERIALIZED (
         SELECT d.container_id, d.day, t.hours,
           sum(${OWN}) AS micros,
           sum(d.cpu_core_microhours) AS cpu, sum(d.memory_byte_hours) AS memory, sum(d.gpu_device_microhours) AS gpu
         FROM cost_days d JOIN days t ON t.day = d.day
         JOIN cost_cluster_days k ON k.cluster_id = d.cluster_id AND k.day = d.day
         WHERE ${
           containers.sql
         } AND d.day >= ?::date AND d.day <= ?::date AND k.hours_complete >= t.hours
         GROUP BY d.container_id, d.day, t.hours
       ), per_day AS (
         SELECT l.entity_id, p.hours, sum(p.micros) AS micros, sum(p.cpu) AS cpu, sum(p.memory) AS memory, sum(p.gpu) AS gpu
         FROM per_container p JOIN cost_links l ON l.container_id = p.container_id GROUP BY l.entity_id, p.day, p.hours
       ), services AS (
         SELECT entity_id, sum(hours) AS hours, sum(micros) AS micros, sum(cpu) AS cpu, sum(memory) AS memory, sum(gpu) AS gpu
         FROM per_day GROUP BY entity_id
       )
       SELECT e.entity_ref, coalesce(e.title, e.name) AS title, round(s.micros * 24 / s.hours)::text AS micros
       FROM services s JOIN cost_entities e ON e.id = s.entity_id
       WHERE e.kind = 'component' AND s.cpu / s.hours BETWEEN ? AND ? AND s.memory / s.hours BETWEEN ? AND ?
         AND s.gpu / s.hours ${gpus ? 'BETWEEN ? AND ?' : '= 0'}
       ORDER BY s.micros / s.hours DESC, e.entity_ref LIMIT ?`,
      [
        `{${days.map(({ day }) => day).join(',')}}`,
        integerArray(days.map(({ hours }) => hours)),
        ...containers.bindings,
        days[0].day,
        days[days.length - 1].day,
        cpuCores.from * MICRO,
        cpuCores.to * MICRO,
        memoryBytes.from,
        memoryBytes.to,
        ...(gpus ? [gpus.from * MICRO, gpus.to * MICRO] : []),
        MOST,
      ],
    );
    return rows.map((row: Record<string, string>) => ({
      entityRef: row.entity_ref,
      title: row.title,
      dailyMicros: BigInt(row.micros),
    }));
  }
}
