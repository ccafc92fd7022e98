/**
 * What a suite, which is a process of its own, may do to the processes of the
 * cluster, over plain HTTP on loopback: `POST /<program>/<deed>`, where a deed is
 *
 * - `end`: asks it to end; `kill`: ends it as a failing machine would;
 * - `start`: starts it again and answers when it is ready;
 * - `pause` and `resume`: it stands still and keeps its connections.
 */
import { once } from 'node:events';
import http from 'node:http';

/**
 * @param {import('./Processes.mjs').Processes} processes
 * @returns {Promise<{ url: string, close: () => void }>}
 */
export async function startControl(processes) {
  const deeds = {
    end: name => processes.end(name),
    kill: name => processes.end(name, { abruptly: true }),
    start: name => processes.startAgain(name),
    pause: name => processes.signal(name, 'SIGSTOP'),
    resume: name => processes.signal(name, 'SIGCONT'),
  };
  const server = http.createServer(async (request, response) => {
    const [, name, deed] = request.url.split('/');
    try {
      if (!processes.has(name) || !Object.hasOwn(deeds, deed)) {
        throw new Error(`There is nothing to do at ${request.url}`);
      }
      await deeds[deed](name);
      response.end();
    } catch (error) {
      response.writeHead(500).end(error.message);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
