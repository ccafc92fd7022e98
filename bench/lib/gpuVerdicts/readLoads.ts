import fs from 'node:fs';
import path from 'node:path';
import { GpuLoad } from '@headroom/plugin-cost-common/testUtils';
import { InputError } from '../adviceQuality/InputError';

/** The board did nothing: what is used then is the driver's own. */
const NOTHING = 'nothing';

const COLUMNS = [
  'scenario',
  'gpuUtilPct',
  'memoryUsedMiB',
  'powerW',
  'graphicsEngineActive',
  'smActive',
] as const;

type Reading = Record<Exclude<(typeof COLUMNS)[number], 'scenario'>, number>;

/**
 * Reads what a board reported under known loads. Every line is one reading, in
 * the columns
 * `scenario,gpuUtilPct,memoryUsedMiB,powerW,graphicsEngineActive,smActive` (shares
 * in percent); other columns are ignored. The file is named after the model.
 *
 * @throws InputError that names the file, and the line and the value where one is wrong
 */
export function readLoads(file: string): { model: string; loads: GpuLoad[] } {
  const byScenario = readings(file);
  const atRest = byScenario.get(NOTHING) ?? [...byScenario.values()].flat();
  const reserved = Math.min(
    ...atRest.map(({ memoryUsedMiB }) => memoryUsedMiB),
  );
  return {
    model: `NVIDIA ${path.basename(file).replace(/\..*$/, '').toUpperCase()}`,
    loads: [...byScenario].map(([scenario, rows]) => {
      const mean = (column: keyof Reading) =>
        rows.reduce((sum, row) => sum + row[column], 0) / rows.length;
      return {
        scenario,
        utilisation: mean('gpuUtilPct') / 100,
        graphicsEngineActive: mean('graphicsEngineActive') / 100,
        smActive: mean('smActive') / 100,
        memoryUsedMib: mean('memoryUsedMiB') - reserved,
        powerWatts: mean('powerW'),
      };
    }),
  };
}

function readings(file: string): Map<string, Reading[]> {
  const [header = '', ...lines] = textOf(file).split(/\r?\n/);
  const names = header.split(',').map(name => name.trim());
  const missing = COLUMNS.filter(column => !names.includes(column));
  if (missing.length > 0) {
    throw new InputError(
      `${file}, line 1: "${header}" has no column ${missing.join(', ')}`,
    );
  }
  const byScenario = new Map<string, Reading[]>();
  lines.forEach((line, index) => {
    if (line.trim() !== '') {
      const fields = line.split(',');
      const field = (column: string) => fields[names.indexOf(column)]?.trim();
      const number = (column: string) =>
        read(field(column), `${file}, line ${index + 2}: ${column}`);
      const scenario = field('scenario') ?? '';
      const rows = byScenario.get(scenario) ?? [];
      byScenario.set(scenario, rows);
      rows.push({
        gpuUtilPct: number('gpuUtilPct'),
        memoryUsedMiB: number('memoryUsedMiB'),
        powerW: number('powerW'),
        graphicsEngineActive: number('graphicsEngineActive'),
        smActive: number('smActive'),
      });
    }
  });
  if (byScenario.size === 0) {
    throw new InputError(`${file}: no readings`);
  }
  return byScenario;
}

function textOf(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(
      `${file}: ${error instanceof Error ? error.message : error}`,
    );
  }
}

function read(field: string | undefined, place: string): number {
  const number = field ? Number(field) : NaN;
  if (!Number.isFinite(number) || number < 0) {
    throw new InputError(
      `${place} is "${field ?? ''}"; it takes a number from 0`,
    );
  }
  return number;
}
