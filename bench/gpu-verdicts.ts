/**
 * Whether the verdict on a GPU is true: what a board reported under a known load
 * is fed as a week of steady readings, once by each counter alone, through what
 * reads exporters, ingest, PostgreSQL, daily rollups and the report.
 *
 *     yarn bench gpu-verdicts [--file F …]
 *
 * Files are named after the board (docs/benchmarks.md, "GPU verdicts"). Prints one
 * JSON line a load and counter; fails when a verdict on a load of known name is
 * wrong. Without files it runs on the recorded means that unit tests use.
 */
import { parseArgs } from 'node:util';
import { ConfigReader } from '@backstage/config';
import { readClusters } from '@headroom/plugin-clusters-node';
import { eachDay } from '@headroom/common';
import { GpuDeviceRow } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import {
  CostSources,
  GpuReportFold,
  GpuStore,
  IngestService,
  INTERNAL,
  readCostConfig,
} from '@headroom/plugin-cost-backend/testUtils';
import {
  COUNTERS,
  GpuCounter,
  MEASURED_LOADS,
  TRUE_VERDICTS,
} from '@headroom/plugin-cost-common/testUtils';
import { InputError } from './lib/adviceQuality/InputError';
import { createBenchDatabase } from './lib/database';
import { BoardSource } from './lib/gpuVerdicts/BoardSource';
import { BenchBoard } from './lib/gpuVerdicts/exporterAnswer';
import { readLoads } from './lib/gpuVerdicts/readLoads';
import { stderrLogger } from './lib/logger';

/** A week, Monday to Sunday. */
const START = '2026-03-02';
const END = '2026-03-09';
const HOURS = 7 * 24;

async function main() {
  const boards = boardsOf(filesGiven());
  const database = await createBenchDatabase();
  const { knex } = database;
  try {
    await ingest(knex, boards);
    const rows = await judged(knex);
    for (const board of boards) {
      report(board, rows.get(`GPU-${board.name}`));
    }
  } finally {
    await database.drop();
  }
}

function filesGiven(): string[] {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { file: { type: 'string', multiple: true } },
    });
    if (positionals.length > 0 && !values.file) {
      throw new InputError(
        `"${positionals[0]}" is no option; say --file first`,
      );
    }
    return [...(values.file ?? []), ...positionals];
  } catch (error) {
    throw error instanceof InputError
      ? error
      : new InputError(error instanceof Error ? error.message : `${error}`);
  }
}

function boardsOf(files: string[]): BenchBoard[] {
  const models = files.length > 0 ? files.map(readLoads) : MEASURED_LOADS;
  return models.flatMap(({ model, loads }, file) =>
    loads.flatMap((load, index) =>
      COUNTERS.map((counter: GpuCounter) => ({
        name: `${file}-${index}-${counter.toLowerCase()}`,
        node: `node-${file}`,
        model,
        load,
        counter,
      })),
    ),
  );
}

async function ingest(knex: Knex, boards: BenchBoard[]): Promise<void> {
  const config = new ConfigReader({
    headroom: {
      clusters: [
        { name: 'bench', prometheus: { url: 'http://127.0.0.1:9090' } },
      ],
      cost: { ingest: { backfill: { hours: HOURS }, share: 1 } },
    },
  });
  const sources = CostSources.create();
  sources.addUsageSource(BoardSource.create(boards));
  await IngestService.create({
    knex,
    clusters: readClusters(config),
    sources,
    config: readCostConfig(config),
    logger: stderrLogger(),
    now: () => new Date(`${END}T00:30:00Z`),
  }).runOnce(new AbortController().signal);
}

/** Rows of the report's table of devices, by board. */
async function judged(knex: Knex): Promise<Map<string, GpuDeviceRow>> {
  const days = eachDay(START, END);
  const fold = GpuReportFold.create({ days, zone: 'UTC' });
  const stored = await GpuStore.create({ knex, scope: INTERNAL }).readDays({
    start: START,
    end: END,
  });
  await fold.addDays(days, stored, []);
  return new Map(
    [...fold.devices.values()].map(device => [
      device.device.board,
      device.row(days),
    ]),
  );
}

function report(board: BenchBoard, row: GpuDeviceRow | undefined): void {
  const { model, load, counter } = board;
  const { scenario } = load;
  const verdict = row?.verdict ?? 'not stored';
  process.stdout.write(
    `${JSON.stringify({
      board: model,
      scenario,
      counter,
      verdict: asLoadsSay(verdict),
      code: row?.verdictCode,
    })}\n`,
  );
  const expected = TRUE_VERDICTS[scenario]?.[counter];
  if (expected !== undefined && expected !== verdict) {
    process.stderr.write(
      `gpu-verdicts: ${model} under ${scenario} by ${counter} is "${verdict}" and should be "${expected}": ${
        row?.verdictReason ?? 'nothing was stored of it'
      }\n`,
    );
    process.exitCode = 1;
  }
}

/** Whoever measured the loads calls a board that computes nothing idle, whether or not somebody holds it. */
function asLoadsSay(verdict: string): string {
  return verdict.replace(/^unused-/, 'idle-');
}

main().catch(error => {
  const text = error instanceof InputError ? error.message : error?.stack;
  process.stderr.write(`gpu-verdicts: ${text ?? error}\n`);
  process.exitCode = 1;
});
