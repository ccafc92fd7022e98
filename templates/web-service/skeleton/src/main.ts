import { once } from 'node:events';
import process from 'node:process';
import { createApp } from './createApp.ts';
import { Lifecycle } from './Lifecycle.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createRoutes } from './routes.ts';
import { readSettings } from './settings.ts';

const settings = readSettings(process.env);
const log = createLog(settings);
const lifecycle = new Lifecycle();
const server = createApp({
  lifecycle,
  log,
  metrics: createMetrics(),
  routes: createRoutes(),
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
log.info('Ready', { port: settings.port });
