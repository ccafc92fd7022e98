import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { createApp } from './createApp.ts';
import { Lifecycle } from './Lifecycle.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { Proxy } from './Proxy.ts';
import { readSettings } from './settings.ts';

const routes = new URL('../upstreams.json', import.meta.url);
const settings = readSettings(
  process.env,
  existsSync(routes) ? readFileSync(routes, 'utf8') : undefined,
);
const log = createLog(settings);
const lifecycle = new Lifecycle();
const metrics = createMetrics();
const server = createApp({
  lifecycle,
  log,
  metrics,
  proxy: new Proxy(settings, metrics),
  requestTimeoutMs: settings.requestTimeoutMs,
});

async function stop(signal: string) {
  log.info('Draining', { signal });
  const whole = await lifecycle.drain(server, settings);
  if (whole) log.info('Stopped');
  else log.error('Stopped; what was still being answered has been cut off');
  process.exit(whole ? 0 : 1);
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

server.listen(settings.port);
await once(server, 'listening');
lifecycle.ready();
if (settings.upstreams.length === 0) {
  log.warn('There are no upstreams: every request is answered with 404');
}
log.info('Ready', {
  port: settings.port,
  routes: settings.upstreams.map(({ prefix }) => prefix),
});
