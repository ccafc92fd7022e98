import { TestBackend, TestDatabases } from '@backstage/backend-test-utils';
import { SchemaJudge } from '@headroom/plugin-scaling-node';
import fs from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import {
  DryRun,
  dryRun,
  readTemplates,
  startScaffolder,
} from './__testUtils__/dryRuns';
import { WITHOUT_MANIFESTS } from './__testUtils__/matrix';
import { judgeManifests } from './manifests';

jest.setTimeout(60_000);

/** What a dry run, a template that is not rendered or an empty answer leaves behind. */
const PLACEHOLDERS =
  /<example>|<unknown>|\$\{\{\s*(parameters|values|steps)\b|\[object Object\]|\bundefined\b|\bNaN\b/;

/** Where code has such words for reasons of its own. */
const CODE = /\.(ts|js|mjs|py|md)$|(^|\/)(package-lock|tsconfig)\.json$/;

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const templates = readTemplates();
const { HEADROOM_SCHEMAS, HEADROOM_RENDERED } = process.env;

let backend: TestBackend;
let schemas: SchemaJudge | undefined;

beforeAll(async () => {
  backend = await startScaffolder(databases);
  schemas = HEADROOM_SCHEMAS
    ? await SchemaJudge.read(HEADROOM_SCHEMAS)
    : undefined;
});

afterAll(async () => {
  await backend?.stop();
});

function placeholdersIn({ files }: DryRun): string[] {
  return [...files].flatMap(([file, text]) =>
    CODE.test(file)
      ? []
      : text
          .split('\n')
          .filter(line => PLACEHOLDERS.test(line))
          .map(line => `${file}: ${line.trim()}`),
  );
}

/** Documents that readers of YAML 1.1 and of YAML 1.2 do not take for the same. */
function surprisesIn({ files }: DryRun): string[] {
  return [...files]
    .filter(([file]) => /\.ya?ml$/.test(file) && !file.startsWith('.github/'))
    .flatMap(([file, text]) => {
      const [older, newer] = (['1.1', '1.2'] as const).map(version =>
        parseAllDocuments(text, { version, logLevel: 'silent' }).map(
          document => {
            if (document.errors.length > 0) {
              throw new Error(`${file}: ${document.errors[0].message}`);
            }
            return document.toJS();
          },
        ),
      );
      return JSON.stringify(older) === JSON.stringify(newer) ? [] : [file];
    });
}

/** Files of JSON that are none. */
function brokenIn({ files }: DryRun): string[] {
  return [...files]
    .filter(([file]) => file.endsWith('.json'))
    .flatMap(([file, text]) => {
      try {
        JSON.parse(text);
        return [];
      } catch (error) {
        return [`${file}: ${error}`];
      }
    });
}

/** For the peers: what is rendered here is what they get. */
function keep(name: string, set: string, { files }: DryRun): void {
  if (!HEADROOM_RENDERED) {
    return;
  }
  const folder = path.join(
    HEADROOM_RENDERED,
    name,
    set.replace(/[^A-Za-z0-9]+/g, '-'),
  );
  for (const [file, text] of files) {
    const target = path.join(folder, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
  }
}

describe.each(templates)('the template $name', template => {
  it.each(template.answers)('renders $title', async ({ title, values }) => {
    const run = await dryRun(backend, template, values);
    expect(placeholdersIn(run)).toEqual([]);
    expect(surprisesIn(run)).toEqual([]);
    expect(brokenIn(run)).toEqual([]);
    expect(run.files.has('catalog-info.yaml')).toBe(true);
    const { objects, findings, unread } = judgeManifests(
      new Map([...run.files].filter(([file]) => /^manifests\//.test(file))),
      { kustomize: true },
    );
    expect(unread).toEqual([]);
    expect(objects.length > 0).toBe(!WITHOUT_MANIFESTS.includes(template.name));
    expect(
      findings.map(
        ({ rule, file, said }) => `${rule} ${file}: ${said.message}`,
      ),
    ).toEqual([]);
    const verdicts = objects.map(({ object }) => schemas?.judge(object));
    expect(verdicts.flatMap(verdict => verdict?.problems ?? [])).toEqual([]);
    expect(verdicts.flatMap(verdict => verdict?.notJudged ?? [])).toEqual([]);
    keep(template.name, title, run);
  });
});

describe('what can not be is refused', () => {
  const web = templates.find(({ name }) => name === 'web-service')!;
  const [{ values }] = web.answers;
  const decision = values.decision as Record<string, unknown>;

  it.each([
    ['min above max', { replicas: { min: 5, max: 2 } }, 'replicas'],
    [
      'a quantity that is none',
      { requests: { cpu: '1', memory: '1GB', ephemeralStorage: '1Gi' } },
      'requests.memory',
    ],
  ])('%s', async (_title, change, field) => {
    await expect(
      dryRun(backend, web, { ...values, decision: { ...decision, ...change } }),
    ).rejects.toThrow(field);
  });

  it.each([
    ['object-storage-lifecycle', 'prefix', 'exports'],
    ['object-storage-lifecycle', 'bucket', 'Exports'],
    ['object-storage-lifecycle', 'infrequentAfterDays', 29],
    ['object-storage-lifecycle', 'keepDays', 179],
    ['worm-audit-bucket', 'account', '12345'],
    ['worm-audit-bucket', 'administrator', 'arn:aws:iam::123456789012:role/x'],
    ['worm-audit-bucket', 'days', 0],
    ['postgres-partitions', 'schema', 'pg_toast'],
    ['postgres-partitions', 'schema', 'partman'],
    ['postgres-partitions', 'table', "events'; DROP TABLE events; --"],
    ['postgres-partitions', 'control', 'id'],
    ['postgres-partitions', 'premake', 1],
  ])('%s: %s %p', async (name, field, value) => {
    const template = templates.find(each => each.name === name)!;
    const [answered] = template.answers;
    await expect(
      dryRun(backend, template, { ...answered.values, [field]: value }),
    ).rejects.toThrow(field);
  });

  it('a zone that does not exist', async () => {
    await expect(
      dryRun(backend, web, { ...values, timezone: 'Europe/Atlantis' }),
    ).rejects.toThrow('timezone');
  });
});
