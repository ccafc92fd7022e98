import { Client } from 'pg';

const MACHINES = 500;

/** The portal's own bill, so that what is seeded is not forgotten as that of a source which is gone. */
const SOURCE = 'demo';

/**
 * Writes a bill of `days` days up to yesterday, with a charge a day for each of 500
 * machines, and who had which of them: each container is on one, and idle capacity on all.
 *
 * @returns how many rows tell who had which machine
 */
export async function seedBills(options: {
  /** The cost plugin's own database, with its services. */
  url: string;
  days: number;
}): Promise<{ rows: number }> {
  const { url, days } = options;
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO cost_machines (machine, cluster_id, region, capacity_type)
       SELECT 'i-' || n, (SELECT max(cluster_id) FROM cost_days), 'us-east-1', 'on-demand' FROM generate_series(0, $1::int - 1) n`,
      [MACHINES],
    );
    // Row by row they would take most of the time.
    await client.query('DROP INDEX cost_machine_days_cluster');
    await client.query(
      'ALTER TABLE cost_machine_days DROP CONSTRAINT cost_machine_days_pkey',
    );
    let rows = 0;
    for (let day = days; day >= 1; day--) {
      const inserted = await client.query(
        `INSERT INTO cost_machine_days (cluster_id, day, machine_id, container_id, cpu_micros, memory_micros, gpu_micros,
           cpu_core_microhours, memory_byte_hours, gpu_device_microhours)
         SELECT d.cluster_id, d.day, m.id, d.container_id, d.cpu_micros / m.of, d.memory_micros / m.of, d.gpu_micros / m.of,
           d.cpu_core_microhours / m.of, d.memory_byte_hours / m.of, d.gpu_device_microhours / m.of
         FROM cost_days d JOIN (
           SELECT c.id AS container_id, m.id, 1 AS of FROM cost_containers c JOIN cost_machines m ON m.machine = 'i-' || c.id % $2::int
           WHERE c.bucket <> 'idle'
           UNION ALL
           SELECT c.id, m.id, $2::int FROM cost_containers c CROSS JOIN cost_machines m WHERE c.bucket = 'idle'
         ) m USING (container_id)
         WHERE d.day = (now() AT TIME ZONE 'UTC')::date - $1::int`,
        [day, MACHINES],
      );
      rows += inserted.rowCount ?? 0;
    }
    await client.query(
      'ALTER TABLE cost_machine_days ADD PRIMARY KEY (container_id, day, machine_id)',
    );
    await client.query(
      'CREATE INDEX cost_machine_days_cluster ON cost_machine_days (cluster_id, day, machine_id)',
    );
    await client.query(
      `INSERT INTO cost_machine_sums (cluster_id, day, hours, is_known)
       SELECT cluster_id, day, 'all', true FROM cost_cluster_days`,
    );
    await client.query(
      `INSERT INTO cost_machine_totals (cluster_id, day, machine_id, micros)
       SELECT cluster_id, day, machine_id, sum(cpu_micros + memory_micros + gpu_micros) FROM cost_machine_days GROUP BY 1, 2, 3`,
    );
    await seedCharges(client);
    await client.query('VACUUM ANALYZE cost_machine_days');
    await client.query('ANALYZE');
    return { rows };
  } finally {
    await client.end();
  }
}

async function seedCharges(client: Client): Promise<void> {
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO cost_bill_deliveries (source, name, version, imported_at, charges, billing_accounts, first_usage_day, last_usage_day)
     SELECT $1, 'bench', '1', now(), count(*) * $2::int, '{1}', min(day), max(day) FROM (SELECT DISTINCT day FROM cost_machine_totals) d
     RETURNING id`,
    [SOURCE, MACHINES],
  );
  await client.query(
    `INSERT INTO cost_bill_items (key, period, currency, provider, billing_account, sub_account, service, service_category, region,
       resource_id, category, correction, frequency, pricing, commitment, commitment_id, tags, machine, billed, effective, list, charges,
       first_day, last_day)
     SELECT gen_random_uuid(), date_trunc('month', t.day)::date, 'USD', 'AWS', '1', '1', 'Amazon EC2', 'Compute', 'us-east-1',
       m.machine, 'Usage', false, 'Usage-Based', 'Standard', '', '', '{}', m.machine, count(*) * 3.1, count(*) * 2.9, count(*) * 4,
       count(*), min(t.day), max(t.day)
     FROM cost_machine_totals t JOIN cost_machines m ON m.id = t.machine_id GROUP BY 2, m.machine`,
  );
  await client.query(
    `INSERT INTO cost_bill_days (item_id, day, delivery_id, billed, effective, list, contracted, charges)
     SELECT i.id, d::date, $1, 3.1, 2.9, 4, 4, 1
     FROM cost_bill_items i, generate_series(i.first_day, i.last_day, interval '1 day') d`,
    [rows[0].id],
  );
}
