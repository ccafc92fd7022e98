import net from 'node:net';

/** Whether nothing listens on the port of the loopback addresses. */
export async function isFree(port) {
  return (await canListen(port, '127.0.0.1')) && canListen(port, '::1');
}

function canListen(port, host) {
  return new Promise(resolve => {
    const server = net.createServer();
    // A machine without IPv6 can't have it taken.
    server.once('error', error => resolve(error.code === 'EADDRNOTAVAIL'));
    server.listen({ port, host, exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}

/** As many different free ports as asked. */
export async function freePorts(count) {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((resolve, reject) => {
          const server = net.createServer();
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = servers.map(server => server.address().port);
  await Promise.all(
    servers.map(server => new Promise(resolve => server.close(resolve))),
  );
  return ports;
}

/** A port number out of a text, or undefined when it is none. */
export function parsePort(text) {
  const port = Number(text);
  return /^\d+$/.test(text) && port >= 1 && port <= 65535 ? port : undefined;
}
