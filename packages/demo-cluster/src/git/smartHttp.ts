import { spawn } from 'node:child_process';
import express, { Request, Response, Router } from 'express';
import { Forge } from './Forge';
import { gitEnvironment } from './runGit';

const SERVICES = ['git-upload-pack', 'git-receive-pack'];
/** Most that a push may bring. */
const MOST_BODY = '32mb';
const NO_CACHE = { 'Cache-Control': 'no-cache, max-age=0, must-revalidate' };

/** One line of Git's protocol: its length in four hexadecimal digits, and the text. */
function packetLine(text: string): string {
  return (text.length + 4).toString(16).padStart(4, '0') + text;
}

/**
 * Git's smart protocol over HTTP: repositories are cloned and pushed to.
 *
 * @param onPushed - called after a push, before it is answered
 * @see https://git-scm.com/docs/http-protocol
 */
export function smartHttp(
  forge: Forge,
  onPushed: (repository: string) => void,
): Router {
  const router = Router();
  const nameOf = ({ params }: Request) => `${params.owner}/${params.name}`;
  router.get('/:owner/:name.git/info/refs', (req, res) => {
    const { directory } = forge.repository(nameOf(req));
    const service = String(req.query.service);
    if (!SERVICES.includes(service)) {
      // The dumb protocol is not spoken.
      res.status(403).type('text/plain').send('Use a newer git.\n');
      return;
    }
    res.type(`application/x-${service}-advertisement`).set(NO_CACHE);
    res.write(`${packetLine(`# service=${service}\n`)}0000`);
    void serve(directory, service, ['--advertise-refs'], req, res);
  });
  router.post(
    '/:owner/:name.git/:service(git-upload-pack|git-receive-pack)',
    express.raw({ type: () => true, limit: MOST_BODY }),
    (req, res) => {
      const name = nameOf(req);
      const { directory } = forge.repository(name);
      const { service } = req.params;
      res.type(`application/x-${service}-result`).set(NO_CACHE);
      void serve(directory, service, [], req, res).then(() => {
        if (service === 'git-receive-pack') {
          onPushed(name);
        }
      });
    },
  );
  return router;
}

/** Has git answer, and ends the response. */
function serve(
  directory: string,
  service: string,
  args: string[],
  req: Request,
  res: Response,
): Promise<void> {
  return new Promise(resolve => {
    const child = spawn(
      'git',
      [service.replace('git-', ''), '--stateless-rpc', ...args, directory],
      {
        env: {
          ...gitEnvironment(),
          // Versions of the protocol are agreed on by a header.
          GIT_PROTOCOL: String(req.get('git-protocol') ?? '').replace(
            /[^\w=:]/g,
            '',
          ),
        },
        stdio: ['pipe', 'pipe', 'ignore'],
      },
    );
    child.stdout.pipe(res);
    child.on('error', () => res.destroy());
    child.on('close', () => resolve());
    child.stdin.on('error', () => {}); // it ended before it read all
    child.stdin.end(Buffer.isBuffer(req.body) ? req.body : undefined);
  });
}
