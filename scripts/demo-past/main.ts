/**
 * Gives a demo that has not run yet two weeks in which its schedules acted:
 * `node … main.ts <root> <state directory> <seed>`. What was done to the clusters,
 * when their history begins and what the ledger is to say come into `demo-past` in
 * that directory, which is there whole or not at all.
 */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  HISTORY_DAYS,
  rememberedBeginning,
  startDemoCluster,
} from '@headroom/demo-cluster';
import { accessOf } from './accessOf';
import { playPast } from './playPast';
import { readPolicies } from './readPolicies';

const DAY_MS = 86_400_000;
const PLAYED_DAYS = 14;

async function main([rootDir, stateDir, seed]: string[]): Promise<void> {
  const nowMs = Date.now();
  const done = path.join(stateDir, 'demo-past');
  const directory = `${done}.unfinished`;
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const fromMs = nowMs - PLAYED_DAYS * DAY_MS;
  let clock = new Date(fromMs);
  const demo = await startDemoCluster({
    seed,
    ...(await rememberedBeginning(directory, () => ({
      start: firstHour(nowMs),
      shownSince: new Date(nowMs),
    }))),
    ports: { 'us-west': 0, 'eu-central': 0 },
    now: () => clock,
    interventionFile: path.join(directory, 'demo-interventions.jsonl'),
  });
  try {
    const lines = await playPast({
      access: accessOf(demo.urls),
      clusters: Object.keys(demo.urls),
      policies: await readPolicies(rootDir, nowMs),
      fromMs,
      toMs: nowMs,
      moveTo: at => {
        clock = at;
      },
    });
    await writeFile(
      path.join(directory, 'ledger.jsonl'),
      lines.map(line => `${JSON.stringify(line)}\n`).join(''),
    );
  } finally {
    await demo.stop();
  }
  await rename(directory, done);
}

/** As a demo begins that nobody tells when. */
function firstHour(nowMs: number): Date {
  const first = new Date(nowMs - HISTORY_DAYS * DAY_MS);
  first.setUTCHours(0, 0, 0, 0);
  return first;
}

main(process.argv.slice(2)).catch(error => {
  process.stderr.write(`${error.stack ?? error}\n`);
  process.exitCode = 1;
});
