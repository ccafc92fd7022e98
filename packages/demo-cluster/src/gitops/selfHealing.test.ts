import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startWrittenDemo,
  WrittenDemo,
} from '../kubernetes/__testUtils__/writtenDemo';

const SEARCH = '/apis/apps/v1/namespaces/storefront/deployments/catalog-search';
const BY_US = '?fieldManager=headroom';

let directory: string;
let interventionFile: string;
let written: WrittenDemo;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'self-healing-'));
  interventionFile = join(directory, 'done.jsonl');
  written = await startWrittenDemo({ interventionFile });
});

afterEach(async () => {
  await written.demo.stop();
  await rm(directory, { recursive: true });
});

const ownersOfReplicas = ({ metadata }: any) =>
  metadata.managedFields
    .filter(({ fieldsV1 }: any) => fieldsV1['f:spec']?.['f:replicas'])
    .map(({ manager, operation }: any) => `${manager} ${operation}`);

const read = async () => (await written.get(SEARCH)).body;

describe('what Argo CD heals', () => {
  it('is put back some seconds after somebody else changed it', async () => {
    expect(ownersOfReplicas(await read())).toEqual(['argocd-controller Apply']);
    const patch = {
      metadata: { annotations: { 'headroom.io/restore': '{}' } },
      spec: { replicas: 0 },
    };
    const { body } = await written.merge(SEARCH + BY_US, patch);
    expect(body.spec.replicas).toBe(0);
    expect(ownersOfReplicas(body)).toEqual(['headroom Update']);
    written.pass(7);
    expect((await read()).spec.replicas).toBe(0);
    written.pass(1);
    const healed = await read();
    expect(healed.spec.replicas).toBe(2);
    expect(ownersOfReplicas(healed)).toEqual(['argocd-controller Apply']);
    // Git has nothing to say of it.
    expect(healed.metadata.annotations['headroom.io/restore']).toBe('{}');
    written.pass(3600);
    expect(await read()).toMatchObject({
      metadata: { generation: healed.metadata.generation },
      spec: { replicas: 2 },
    });
  });

  it('is put back as of when it was due, whoever asks when', async () => {
    await written.merge(SEARCH + BY_US, {
      spec: {
        template: {
          spec: (await read()).spec.template.spec,
        },
        replicas: 5,
      },
    });
    written.pass(4 * 3600);
    await written.get('/telemetry/v1/info');
    const lines = (await readFile(interventionFile, 'utf8')).trim().split('\n');
    expect(lines.map(line => JSON.parse(line).at)).toEqual([
      '2026-02-12T20:10:00.000Z',
      '2026-02-12T20:10:08.000Z',
    ]);
    // Started again, it has done so already.
    await written.demo.stop();
    written = await startWrittenDemo({
      interventionFile,
      now: new Date('2026-02-13T00:10:00Z'),
    });
    expect(written.demo.skipped).toEqual([]);
    expect((await read()).spec.replicas).toBe(2);
    expect(
      (await readFile(interventionFile, 'utf8')).trim().split('\n'),
    ).toEqual(lines);
  });

  it('is what was written under its own name last', async () => {
    await written.merge(`${SEARCH}?fieldManager=argocd-controller`, {
      spec: { replicas: 3 },
    });
    written.pass(60);
    expect((await read()).spec.replicas).toBe(3);
    await written.merge(`${SEARCH}/scale${BY_US}`, { spec: { replicas: 1 } });
    written.pass(60);
    expect((await read()).spec.replicas).toBe(3);
  });

  it('is not what Git has no say in, and not another application', async () => {
    const requests = '/apis/apps/v1/namespaces/edge/deployments/api-gateway';
    await written.merge(requests + BY_US, { metadata: { labels: { a: 'b' } } });
    await written.merge(SEARCH + BY_US, {
      metadata: { annotations: { a: 'b' } },
    });
    written.pass(3600);
    expect((await read()).metadata.annotations.a).toBe('b');
    const file = await readFile(interventionFile, 'utf8');
    expect(file.trim().split('\n')).toHaveLength(2);
  });
});
