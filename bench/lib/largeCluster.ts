/**
 * One simulated cluster with about as many containers as asked, telemetry on
 * loopback: `largeCluster.ts PORT CONTAINERS`. A process of its own, so that
 * making data costs the measured process nothing.
 */
import { createWorld, startDemoCluster } from '@headroom/demo-cluster';
import { DAY_MS, HOUR_MS } from '@headroom/common';

async function main() {
  const [port, containers] = process.argv.slice(2).map(Number);
  const start = new Date(Date.now() - 60 * DAY_MS);
  start.setUTCHours(0, 0, 0, 0);
  const demo = await startDemoCluster({
    start,
    scale: scaleFor(containers, start),
    ports: { 'us-west': port, 'eu-central': 0 },
  });
  const stop = () => demo.stop().then(() => process.exit(0));
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** Copies of the demo's workloads it takes to have that many containers in an hour. */
function scaleFor(containers: number, start: Date) {
  const [cluster] = createWorld({ seed: 1, start }).clusters;
  const hour = new Date(start.getTime() + 34 * HOUR_MS);
  const next = new Date(hour.getTime() + HOUR_MS);
  const one = cluster.observe(hour, next).containers.length;
  return Math.max(1, Math.ceil(containers / one));
}

main().catch(error => {
  process.stderr.write(`large cluster: ${error?.stack ?? error}\n`);
  process.exit(1);
});
