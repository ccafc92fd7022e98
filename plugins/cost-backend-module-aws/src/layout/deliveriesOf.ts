import { createHash } from 'node:crypto';
import { BillFile } from '../files/BillFiles';
import { dataFormatOf } from '../read/dataFormat';
import { groupBy } from './groupBy';

/** Files that are one delivery: together they are all charges of it. */
export interface FileDelivery {
  name: string;
  version: string;
  /** In the order they are read. */
  files: string[];
}

/** The manifests of deliveries, by their path, as text. */
export type Manifests = ReadonlyMap<string, string>;

/**
 * A folder of one billing period:
 * - AWS Data Exports: `<export>/data/BILLING_PERIOD=2026-11/…` and beside it
 *   `<export>/metadata/BILLING_PERIOD=2026-11/<export>-Manifest.json`;
 * - Azure Cost Management exports: `<export>/20261101-20261130/<run>/…`, with
 *   `manifest.json` among the files.
 *
 * @see https://docs.aws.amazon.com/cur/latest/userguide/dataexports-export-delivery.html
 */
const PERIOD_FOLDER = /^(billing_period=\d{4}-\d\d|\d{8}-\d{8})$/i;
const MANIFEST = /manifest\.json$/i;

/** Whether a file lists the files of a delivery. */
export function isManifest({ path }: BillFile): boolean {
  return MANIFEST.test(path) && periodOf(path) !== undefined;
}

/**
 * What the files of a place are deliveries of. In a folder of a billing period they
 * are one delivery: those that its newest manifest lists, or, where there is none,
 * those of the newest run below it. Any other file is a delivery of its own, and
 * another name is another delivery.
 */
export function deliveriesOf(
  files: readonly BillFile[],
  manifests: Manifests,
): FileDelivery[] {
  const data = files.filter(({ path }) => dataFormatOf(path) !== undefined);
  const periods = groupBy(data, ({ path }) => periodOf(path));
  const listings = groupBy(files.filter(isManifest), ({ path }) =>
    periodOf(path),
  );
  return [...periods]
    .flatMap(([period, inPeriod]) => {
      if (period === undefined) {
        return inPeriod.map(file => toDelivery(file.path, [file]));
      }
      const current = currentFiles(
        inPeriod,
        listings.get(period) ?? [],
        manifests,
      );
      return current.length > 0 ? [toDelivery(period, current)] : [];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The folder of the billing period that a file is in; `metadata` beside `data` is of the same. */
function periodOf(path: string): string | undefined {
  const parts = path.split('/');
  const at = parts.findIndex(part => PERIOD_FOLDER.test(part));
  if (at < 0 || at === parts.length - 1) {
    return undefined;
  }
  const above = parts.slice(0, at);
  if (above.at(-1) === 'metadata') {
    above[above.length - 1] = 'data';
  }
  return [...above, parts[at]].join('/');
}

/**
 * The files that count. A manifest is written after the files it lists, so the
 * newest one whose files are all there tells; until it comes, the one before.
 */
function currentFiles(
  inPeriod: readonly BillFile[],
  listings: readonly BillFile[],
  manifests: Manifests,
): BillFile[] {
  const newestFirst = [...listings].sort(
    (a, b) => b.changedAt - a.changedAt || (a.path < b.path ? 1 : -1),
  );
  for (const { path } of newestFirst) {
    const listed = listedFiles(manifests.get(path) ?? '');
    const found = listed.map(name =>
      inPeriod.find(
        file => name === file.path || name.endsWith(`/${file.path}`),
      ),
    );
    if (listed.length > 0 && found.every(file => file !== undefined)) {
      return found;
    }
  }
  return listings.length > 0 ? [] : newestRun(inPeriod);
}

/**
 * The data files a manifest names, wherever it names them: AWS Data Exports, the
 * older Cost and Usage Reports and Azure each have a key and a form of their own.
 */
function listedFiles(manifest: string): string[] {
  const names = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      if (dataFormatOf(value) !== undefined) {
        names.add(value);
      }
    } else if (typeof value === 'object' && value !== null) {
      Object.values(value).forEach(visit);
    }
  };
  try {
    visit(JSON.parse(manifest));
  } catch {
    return [];
  }
  return [...names];
}

function newestRun(files: readonly BillFile[]): BillFile[] {
  const runs = [
    ...groupBy(files, ({ path }) =>
      path.slice(0, path.lastIndexOf('/')),
    ).values(),
  ];
  const newest = (run: BillFile[]) =>
    Math.max(...run.map(({ changedAt }) => changedAt));
  return runs.reduce((best, run) => (newest(run) > newest(best) ? run : best));
}

function toDelivery(name: string, files: readonly BillFile[]): FileDelivery {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  // Of the content alone: what is copied or moved is the same charges.
  const hash = createHash('sha256');
  for (const digest of sorted.map(file => file.digest).sort()) {
    hash.update(`${digest}\n`);
  }
  return {
    name,
    version: hash.digest('hex'),
    files: sorted.map(({ path }) => path),
  };
}
