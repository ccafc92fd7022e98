/** The configuration of the measured back end: one cluster, and an ingest that the bench starts. */
export function portalConfig(options: {
  port: number;
  demoPort: number;
  serverUrl: string;
  prefix: string;
  services: number;
  /** API servers whose workloads controllers look after, once a second. */
  controlled?: readonly string[];
  /** How often the catalog is copied; a portal does it every five minutes. */
  catalogSeconds?: number;
}) {
  const {
    port,
    demoPort,
    serverUrl,
    prefix,
    services,
    controlled = [],
    catalogSeconds = 10,
  } = options;
  const server = new URL(serverUrl);
  const baseUrl = `http://127.0.0.1:${port}`;
  return {
    app: { baseUrl },
    bench: { services },
    backend: {
      baseUrl,
      listen: { host: '127.0.0.1', port },
      database: {
        client: 'pg',
        prefix,
        connection: {
          host: server.hostname,
          port: Number(server.port),
          user: decodeURIComponent(server.username),
          password: decodeURIComponent(server.password),
        },
      },
    },
    auth: { providers: { guest: {} } },
    permission: { enabled: true },
    catalog: { rules: [{ allow: ['Component', 'Group'] }] },
    headroom: {
      clusters: [
        { name: 'us-west', demo: { url: `http://127.0.0.1:${demoPort}` } },
        ...controlled.map((url, index) => ({
          name: `cluster-${index}`,
          kubernetes: { url, token: 'reads', act: { token: 'acts' } },
        })),
      ],
      cost: {
        // Started by the bench, not by the clock.
        ingest: {
          initialDelay: { seconds: 1 },
          frequency: { cron: '0 0 1 1 *' },
        },
        entities: {
          frequency: { seconds: catalogSeconds },
          initialDelay: { seconds: 1 },
        },
      },
      scaling: { cycle: { seconds: 1 } },
    },
  };
}
