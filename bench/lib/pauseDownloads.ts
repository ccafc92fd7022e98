import { connect, Socket } from 'node:net';

/** Downloads that have begun and whose readers take nothing. */
export interface PausedDownloads {
  leave(): void;
}

/** Begins downloads of a path, each on a connection of its own, and stops reading at the first bytes. */
export async function pauseDownloads(options: {
  url: string;
  path: string;
  token: string;
  count: number;
}): Promise<PausedDownloads> {
  const sockets = await Promise.all(
    Array.from({ length: options.count }, () => pauseOne(options)),
  );
  return { leave: () => sockets.forEach(socket => socket.destroy()) };
}

async function pauseOne({
  url,
  path,
  token,
}: {
  url: string;
  path: string;
  token: string;
}): Promise<Socket> {
  const { hostname, port, host } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  return await new Promise((done, fail) => {
    socket.once('error', fail);
    socket.once('data', data => {
      socket.pause();
      const status = data.toString('latin1').split('\r\n', 1)[0];
      if (status.endsWith('200 OK')) {
        done(socket);
      } else {
        socket.destroy();
        fail(new Error(`${path} answered ${status}`));
      }
    });
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`,
    );
  });
}
