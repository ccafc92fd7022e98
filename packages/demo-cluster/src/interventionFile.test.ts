import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendIntervention, readInterventions } from './interventionFile';
import { startDemoCluster } from './startDemoCluster';
import { createWorld } from './world/createWorld';
import { Intervention } from './world/interventions/Intervention';

const START = new Date('2026-01-05T00:00:00Z');
const LEDGER = {
  cluster: 'us-west',
  kind: 'Deployment',
  namespace: 'payments',
  name: 'payment-ledger',
} as const;
const replicas = (count: number, hour = 40): Intervention => ({
  at: new Date(START.getTime() + hour * 3_600_000).toISOString(),
  object: LEDGER,
  patch: { replicas: count },
});
const newWorld = () => createWorld({ seed: 1, start: START });

describe('a file of interventions', () => {
  let directory: string;
  let file: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'demo-cluster-'));
    file = join(directory, 'state', 'interventions.jsonl');
  });

  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  it('makes the same world again', async () => {
    await appendIntervention(file, replicas(2));
    await appendIntervention(file, replicas(5, 50));
    const world = newWorld();
    expect(await readInterventions(file, world)).toEqual([]);
    expect(world.cluster('us-west').interventions).toBe(2);
    const at = (hour: number) => new Date(START.getTime() + hour * 3_600_000);
    expect(
      [39, 45, 55].map(hour => world.specAt(LEDGER, at(hour))!.replicas),
    ).toEqual([3, 2, 5]);
  });

  it('may not be there', async () => {
    const world = newWorld();
    expect(await readInterventions(file, world)).toEqual([]);
    expect(world.cluster('us-west').interventions).toBe(0);
  });

  it('says which lines are damaged, and does the others', async () => {
    await appendIntervention(file, replicas(2));
    await appendFile(
      file,
      [
        'once upon a time',
        '{"at":"2026-01-07T00:00:00Z","object":{},"patch":{"replicas":1}}',
        JSON.stringify({ ...replicas(1), object: { ...LEDGER, name: 'x' } }),
        JSON.stringify(replicas(4, 41)),
        '{"at":"2026-01-0',
      ].join('\n'),
    );
    // The last line has no end, as after a crash.
    await appendIntervention(file, replicas(5, 42));
    const world = newWorld();
    const skipped = await readInterventions(file, world);
    expect(skipped).toEqual([
      `Line 2 of ${file} was skipped: It is not JSON.`,
      expect.stringMatching(/^Line 3 of .*: This is no intervention: object: /),
      `Line 4 of ${file} was skipped: There is no Deployment payments/x in us-west.`,
      `Line 6 of ${file} was skipped: It is not JSON.`,
    ]);
    expect(world.cluster('us-west').interventions).toBe(3);
  });

  it('is what a demo cluster was told, and tells the next one', async () => {
    const now = () => new Date(START.getTime() + 60 * 3_600_000);
    const options = {
      start: START,
      now,
      ports: { 'us-west': 0, 'eu-central': 0 },
      interventionFile: file,
    };
    const first = await startDemoCluster(options);
    await expect(
      first.intervene({ ...replicas(1), object: { ...LEDGER, name: 'x' } }),
    ).rejects.toThrow('There is no Deployment payments/x in us-west.');
    // Both at once: one after the other is written and done.
    await Promise.all([
      first.intervene(replicas(1)),
      first.intervene(replicas(2, 41)),
    ]);
    await first.stop();
    expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(2);
    const second = await startDemoCluster(options);
    const path = 'apis/apps/v1/namespaces/payments/deployments/payment-ledger';
    const answer = await fetch(`${second.urls['us-west']}/${path}`);
    expect((await answer.json()).spec.replicas).toBe(2);
    expect(second.skipped).toEqual([]);
    await second.stop();
  }, 60_000);

  it('that can not be read ends the start with a reason', async () => {
    await writeFile(join(directory, 'state'), 'a file in its place');
    await expect(readInterventions(file, newWorld())).rejects.toThrow(
      'ENOTDIR',
    );
  });
});
