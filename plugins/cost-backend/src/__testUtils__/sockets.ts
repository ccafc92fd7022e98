import net from 'node:net';

/** A client on a socket of its own that reads when it is told to. */
export interface SlowClient {
  /** What it has read so far. */
  read: string;
  /** Reads to the end from now on. @returns all that came. */
  readAll(): Promise<string>;
  /** Goes away. */
  leave(): void;
}

/** Asks for `path`, waits for the first bytes, and stops reading. */
export async function askAndPause(
  port: number,
  path: string,
): Promise<SlowClient> {
  const socket = net.connect({ port, host: '127.0.0.1' });
  const client = {
    read: '',
    readAll: () =>
      new Promise<string>((resolve, reject) => {
        const done = () => resolve(client.read);
        if (socket.destroyed || socket.readableEnded) {
          done();
          return;
        }
        socket.once('error', reject);
        socket.once('close', done);
        socket.resume();
      }),
    leave: () => socket.destroy(),
  };
  socket.on('data', data => {
    client.read += data.toString('utf8');
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('data', () => {
      socket.pause();
      resolve();
    });
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`,
    );
  });
  return client;
}
