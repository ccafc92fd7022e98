/**
 * A cost back end in a process of its own, which answers for the hours of workloads as
 * the real one does: a dollar an hour, more or less, and a quarter of it in nights of
 * working days from an instant on. Prints its URL as one JSON line.
 */
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { WorkloadHoursQuery } from '@headroom/plugin-cost-common';
import { numericOptions } from '../options';

const HOUR_MS = 3_600_000;

/** Milliseconds since 1970 of the first night. */
const { since } = numericOptions({ since: 1 });

function microsOf(at: number): number {
  const date = new Date(at);
  const hour = date.getUTCHours();
  const day = new Date(at - 6 * HOUR_MS).getUTCDay();
  const isAsleep =
    at >= since && day >= 1 && day <= 5 && (hour >= 20 || hour < 6);
  const noise = ((at / HOUR_MS) * 7919) % 100_000;
  return isAsleep ? 250_000 : 950_000 + noise;
}

const server = createServer(async (request, response) => {
  const { workloads, from, to }: WorkloadHoursQuery = JSON.parse(
    await text(request),
  );
  const hours: object[] = [];
  for (let at = Date.parse(from); at < Date.parse(to); at += HOUR_MS) {
    hours.push({
      at: new Date(at).toISOString().replace('.000Z', 'Z'),
      micros: String(microsOf(at)),
    });
  }
  const one = JSON.stringify({ hours });
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end(
    `{"currency":"USD","workloads":[${workloads.map(() => one).join(',')}]}`,
  );
});

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(
    `${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`,
  );
});
