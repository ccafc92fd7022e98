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
  /** Groups of the guest, who sees what they own; absent = the guest sees everything. */
  teams?: readonly string[];
}) {
  const {
    port,
    demoPort,
    serverUrl,
    prefix,
    services,
    controlled = [],
    catalogSeconds = 10,
    teams,
  } = options;
  const server = new URL(serverUrl);
  const baseUrl = `http://127.0.0.1:${port}`;
  return {
    app: { baseUrl },
    bench: { services, ...(teams && { teams }) },
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
    auth: {
      providers: { guest: teams ? { ownershipEntityRefs: teams } : {} },
    },
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
