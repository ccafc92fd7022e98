import { BillFile } from '../files/BillFiles';
import { deliveriesOf } from './deliveriesOf';

function file(path: string, changedAt = 0, digest = path): BillFile {
  return { path, digest, changedAt };
}

const names = (files: BillFile[], manifests: Record<string, string> = {}) =>
  deliveriesOf(files, new Map(Object.entries(manifests))).map(
    ({ name, files: of }) => [name, ...of],
  );

const DATA = 'org/focus/data/BILLING_PERIOD=2026-10';
const META = 'org/focus/metadata/BILLING_PERIOD=2026-10';
const manifest = (...files: string[]) =>
  JSON.stringify({
    columns: [{ name: 'BilledCost' }],
    dataFiles: files.map(each => `s3://bucket/exports/${each}`),
  });

describe('AWS Data Exports', () => {
  it('are one delivery a billing period, of the files the manifest lists', () => {
    const listed = [`${DATA}/focus-00001.csv.gz`, `${DATA}/focus-00002.csv.gz`];
    expect(
      names(
        [
          file(`${DATA}/focus-00002.csv.gz`),
          file(`${DATA}/focus-00001.csv.gz`),
          // Left over from a time when the month took more files.
          file(`${DATA}/focus-00003.csv.gz`),
          file(`${META}/focus-Manifest.json`, 1),
          file('org/focus/data/BILLING_PERIOD=2026-11/focus-00001.csv.gz'),
        ],
        { [`${META}/focus-Manifest.json`]: manifest(...listed) },
      ),
    ).toEqual([
      [DATA, ...listed],
      [
        'org/focus/data/BILLING_PERIOD=2026-11',
        'org/focus/data/BILLING_PERIOD=2026-11/focus-00001.csv.gz',
      ],
    ]);
  });

  it('that keep what was before count as their newest manifest says', () => {
    const old = `${DATA}/2026-10-02-aaa/focus-00001.snappy.parquet`;
    const current = `${DATA}/2026-10-03-bbb/focus-00001.snappy.parquet`;
    const files = [
      file(old),
      file(current),
      file(`${META}/2026-10-02-aaa/focus-Manifest.json`, 10),
      file(`${META}/focus-Manifest.json`, 20),
    ];
    const manifests = {
      [`${META}/2026-10-02-aaa/focus-Manifest.json`]: manifest(old),
      [`${META}/focus-Manifest.json`]: manifest(current),
    };
    expect(names(files, manifests)).toEqual([[DATA, current]]);
    // The files of the newest are not all there yet.
    expect(names([files[0], ...files.slice(2)], manifests)).toEqual([
      [DATA, old],
    ]);
  });

  it('wait for a manifest that can be read', () => {
    const files = [
      file(`${DATA}/focus-00001.csv.gz`),
      file(`${META}/focus-Manifest.json`),
    ];
    expect(
      names(files, { [`${META}/focus-Manifest.json`]: '{"dataF' }),
    ).toEqual([]);
  });

  it('without a manifest are those of the newest run', () => {
    expect(
      names([
        file(`${DATA}/run-1/focus-00001.csv.gz`, 1),
        file(`${DATA}/run-2/focus-00001.csv.gz`, 3),
        file(`${DATA}/run-2/focus-00002.csv.gz`, 2),
      ]),
    ).toEqual([
      [
        DATA,
        `${DATA}/run-2/focus-00001.csv.gz`,
        `${DATA}/run-2/focus-00002.csv.gz`,
      ],
    ]);
  });
});

it("takes the newest run of Azure's exports", () => {
  const folder = 'exports/focus/20261001-20261031';
  const run = (id: string) => `${folder}/${id}/part_0_0001.csv`;
  expect(
    names(
      [
        file(run('aaa'), 1),
        file(run('bbb'), 2),
        file(`${folder}/aaa/manifest.json`, 1),
        file(`${folder}/bbb/manifest.json`, 2),
      ],
      {
        [`${folder}/aaa/manifest.json`]: JSON.stringify({
          blobs: [{ blobName: run('aaa'), byteCount: 1 }],
        }),
        [`${folder}/bbb/manifest.json`]: JSON.stringify({
          blobs: [{ blobName: run('bbb'), byteCount: 1 }],
        }),
      },
    ),
  ).toEqual([[folder, run('bbb')]]);
});

it('takes any other file of charges for a delivery of its own', () => {
  expect(
    names([
      file('2026-10.csv'),
      file('2026/11.PARQUET'),
      file('README.md'),
      file('manifest.json'),
      file('2026-09.csv.zip'),
    ]),
  ).toEqual([
    ['2026-10.csv', '2026-10.csv'],
    ['2026/11.PARQUET', '2026/11.PARQUET'],
  ]);
});

it('knows the same content under another name', () => {
  const [a, b, c] = deliveriesOf(
    [file('a.csv', 1, 'same'), file('b.csv', 2, 'same'), file('c.csv', 1, 'x')],
    new Map(),
  );
  expect(a.version).toBe(b.version);
  expect(a.version).not.toBe(c.version);
});
