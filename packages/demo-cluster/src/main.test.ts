import { spawn } from 'node:child_process';
import { AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';

function run(...argv: string[]) {
  const child = spawn(process.execPath, [
    '--require',
    require.resolve('@backstage/cli/config/nodeTransform.cjs'),
    join(__dirname, 'main.ts'),
    ...argv,
  ]);
  let output = '';
  let errors = '';
  const exited = new Promise<number | null>(resolve => {
    child.on('exit', code => resolve(code));
  });
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', data => {
      output += data;
      if (output.includes('\n')) {
        resolve(output);
      }
    });
    child.stderr.on('data', data => {
      errors += data;
    });
    child.on('exit', () => reject(new Error(`ended early: ${errors}`)));
  });
  return { child, ready, exited, errors: () => errors };
}

describe('the process', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'says one line when it is ready, and ends cleanly on %s',
    async signal => {
      const { child, ready, exited, errors } = run(
        '--us-west-port=0',
        '--eu-central-port=0',
        '--start=2026-01-05',
      );
      const line = await ready;
      expect(line).toMatch(
        /^Demo cluster ready: us-west at http:\/\/127\.0\.0\.1:\d+, eu-central at http:\/\/127\.0\.0\.1:\d+, history from 2026-01-05T00:00:00\.000Z\n$/,
      );
      const [url] = line.match(/http:\/\/127[^,]*/)!;
      // A watch that is under way does not hold it up.
      const watch = await fetch(`${url}/api/v1/pods?watch=true`);
      child.kill(signal);
      await watch.text().catch(() => {});
      expect(await exited).toBe(0);
      expect(errors()).toBe('');
    },
    30_000,
  );

  it('says what to do when a port is taken', async () => {
    const squatter = createServer();
    await new Promise<void>(resolve => {
      squatter.listen(0, '127.0.0.1', () => resolve());
    });
    const { port } = squatter.address() as AddressInfo;
    const { ready, exited, errors } = run(
      '--us-west-port=0',
      `--eu-central-port=${port}`,
    );
    await expect(ready).rejects.toThrow();
    expect(await exited).toBe(1);
    expect(errors()).toBe(
      `Port ${port} for the demo cluster eu-central is taken: stop what listens there, or choose another with --eu-central-port.\n`,
    );
    squatter.close();
  }, 30_000);
});
