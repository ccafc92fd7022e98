/**
 * Slack's Web API on loopback, as far as the module asks for it, with answers in the
 * shapes of https://docs.slack.dev/reference/methods. It is `https://slack.com` to who
 * comes through its proxy and trusts its certificate; what it does and was told is asked
 * over plain HTTP.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const USERS = { 'ann@example.com': 'U0ANN' };

export class SlackServer {
  #folder;
  #servers;
  /** Tunnels of the proxy, which no server counts as its own. */
  #tunnels = new Set();
  /** `up`, `down` = hangs up, `busy` = answers 503 once, then is up. */
  #state = 'up';
  #posted = [];
  #tries = 0;

  static async start() {
    const server = new SlackServer();
    await server.#start();
    return server;
  }

  async #start() {
    this.#folder = fs.mkdtempSync(path.join(os.tmpdir(), 'headroom-slack-'));
    const { key, cert } = this.#certificate();
    const api = https.createServer({ key, cert }, (request, response) =>
      this.#answer(request, response),
    );
    const proxy = http.createServer((_, response) =>
      response.writeHead(405).end(),
    );
    proxy.on('connect', (request, client, head) => {
      if (request.url !== 'slack.com:443' || this.#state === 'down') {
        client.destroy();
        return;
      }
      this.#tunnels.add(client);
      client.on('close', () => this.#tunnels.delete(client));
      const upstream = net.connect(api.address().port, '127.0.0.1', () => {
        client.write('HTTP/1.1 200 Connection established\r\n\r\n');
        upstream.write(head);
        upstream.pipe(client).pipe(upstream);
      });
      upstream.on('error', () => client.destroy());
      client.on('error', () => upstream.destroy());
    });
    const control = http.createServer((request, response) => {
      const state = new URL(request.url, 'http://control').searchParams.get(
        'state',
      );
      if (state) {
        this.#state = state;
        // Connections that are kept alive are cut as well.
        this.#hangUp();
      }
      response.end(
        JSON.stringify({ posted: this.#posted, tries: this.#tries }),
      );
    });
    this.#servers = [api, proxy, control];
    await Promise.all(
      this.#servers.map(
        each => new Promise(resolve => each.listen(0, '127.0.0.1', resolve)),
      ),
    );
    const urlOf = server => `http://127.0.0.1:${server.address().port}`;
    this.environment = {
      NODE_USE_ENV_PROXY: '1',
      HTTPS_PROXY: urlOf(proxy),
      NO_PROXY: '127.0.0.1,localhost',
      NODE_EXTRA_CA_CERTS: path.join(this.#folder, 'cert.pem'),
    };
    this.control = urlOf(control);
  }

  #hangUp() {
    for (const tunnel of this.#tunnels) tunnel.destroy();
  }

  async stop() {
    this.#hangUp();
    for (const server of this.#servers ?? []) {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    }
    fs.rmSync(this.#folder, { recursive: true, force: true });
  }

  #certificate() {
    const file = name => path.join(this.#folder, name);
    execFileSync(
      'openssl',
      // prettier-ignore
      [
        'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
        '-subj', '/CN=slack.com', '-addext', 'subjectAltName=DNS:slack.com',
        '-keyout', file('key.pem'), '-out', file('cert.pem'),
      ],
      { stdio: 'ignore' },
    );
    return {
      key: fs.readFileSync(file('key.pem')),
      cert: fs.readFileSync(file('cert.pem')),
    };
  }

  async #answer(request, response) {
    let body = '';
    for await (const chunk of request) body += chunk;
    const form = Object.fromEntries(new URLSearchParams(body));
    const method = request.url.replace('/api/', '');
    const reply = (answer, status = 200) =>
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify(answer));
    if (method === 'api.test') {
      reply({ ok: true, args: {} });
    } else if (method === 'users.lookupByEmail') {
      const id = USERS[form.email];
      reply(
        id
          ? { ok: true, user: { id, team_id: 'T0', name: form.email } }
          : { ok: false, error: 'users_not_found' },
      );
    } else if (method === 'chat.postMessage' || method === 'chat.update') {
      this.#tries += 1;
      if (this.#state === 'busy') {
        this.#state = 'up';
        reply({ ok: false, error: 'service_unavailable' }, 503);
        return;
      }
      const ts = form.ts ?? `1503435956.${this.#posted.length}`;
      this.#posted.push({ method, ...form });
      reply({
        ok: true,
        channel: form.channel,
        ts,
        message: { text: form.text },
      });
    } else {
      reply({ ok: false, error: 'unknown_method' }, 404);
    }
  }
}
