import { parseOptions } from './options';

describe('parseOptions', () => {
  it('has defaults for everything', () => {
    expect(parseOptions([], {})).toEqual({
      seed: '1',
      start: undefined,
      ports: {},
      forgePort: 7011,
      selfHealSeconds: undefined,
      stateDir: undefined,
    });
  });

  it('prefers the command line to the environment', () => {
    const env = {
      DEMO_CLUSTER_SEED: 'env',
      DEMO_CLUSTER_START: '2026-01-01',
      DEMO_CLUSTER_US_WEST_PORT: '1',
      DEMO_CLUSTER_EU_CENTRAL_PORT: '2',
      DEMO_CLUSTER_FORGE_PORT: '4',
      DEMO_CLUSTER_SELF_HEAL_SECONDS: 'never',
      DEMO_CLUSTER_STATE: '/state',
    };
    expect(parseOptions(['--seed', 'arg', '--us-west-port=3'], env)).toEqual({
      seed: 'arg',
      start: new Date('2026-01-01T00:00:00Z'),
      ports: { 'us-west': 3, 'eu-central': 2 },
      forgePort: 4,
      selfHealSeconds: Infinity,
      stateDir: '/state',
    });
  });

  it.each([
    [['--us-west-port', '70000'], '--us-west-port must be a port'],
    [['--eu-central-port', 'x'], '--eu-central-port must be a port'],
    [['--forge-port', '1.5'], '--forge-port must be a port'],
    [['--self-heal-seconds', 'soon'], '--self-heal-seconds must be a whole'],
    [['--start', 'then'], '--start must be a date or an instant, not "then"'],
    [['--sed', '1'], "Unknown option '--sed'"],
  ])('refuses %j', (argv, sentence) => {
    expect(() => parseOptions(argv, {})).toThrow(sentence);
  });
});
