import { fixedHeapOf } from './fixedHeapOf';

const GIB = 2 ** 30;
const MIB = 2 ** 20;

type Container = Omit<Parameters<typeof fixedHeapOf>[0], 'name'>;
const heapOf = (container: Container) =>
  fixedHeapOf({ name: 'main', ...container });
const env = (name: string, value: string): Container => ({
  env: [{ name, value }],
});

describe('a JVM', () => {
  it.each<[Container, string, object]>([
    [
      env('JAVA_TOOL_OPTIONS', '-XX:+UseG1GC -Xmx2g -Dtoken=hunter2'),
      'JAVA_TOOL_OPTIONS=-Xmx2g',
      { heapBytes: 2 * GIB },
    ],
    [
      env('JDK_JAVA_OPTIONS', "'-Xmx512M'"),
      'JDK_JAVA_OPTIONS=-Xmx512M',
      { heapBytes: 512 * MIB },
    ],
    [
      env('JAVA_OPTS', '-XX:MaxHeapSize=1073741824'),
      'JAVA_OPTS=-XX:MaxHeapSize=1073741824',
      { heapBytes: GIB },
    ],
    [
      env('CATALINA_OPTS', '-XX:MaxRAMPercentage=75.0'),
      'CATALINA_OPTS=-XX:MaxRAMPercentage=75.0',
      { heapShareOfLimit: 0.75 },
    ],
    [
      env('JAVA_OPTS', '-XX:MaxRAMFraction=2'),
      'JAVA_OPTS=-XX:MaxRAMFraction=2',
      { heapShareOfLimit: 0.5 },
    ],
    [
      { command: ['java', '-Xmx1g', '-jar', 'app.jar'] },
      'args -Xmx1g',
      { heapBytes: GIB },
    ],
    [
      { command: ['sh', '-c'], args: ['exec java -Xmx3g -jar /app.jar'] },
      'args -Xmx3g',
      { heapBytes: 3 * GIB },
    ],
    [
      { command: ['/usr/bin/java', '-jar', 'app.jar'] },
      'command java',
      { heapShareOfLimit: 0.25 },
    ],
  ])('shows in %j', (container, evidence, size) => {
    expect(heapOf(container)).toEqual({ runtime: 'jvm', evidence, ...size });
  });

  it.each([
    'eclipse-temurin:21-jre',
    'docker.io/library/openjdk:17',
    'public.ecr.aws/amazoncorretto/amazoncorretto:21',
    'tomcat@sha256:0123',
    'registry.example.com:5000/team/spring-petclinic:1.2',
    'quay.io/keycloak/keycloak',
    'payments-jre17',
  ])('shows in the image %s', image => {
    expect(heapOf({ image })).toMatchObject({
      runtime: 'jvm',
      heapShareOfLimit: 0.25,
    });
  });

  it.each([
    'nginx:1.27',
    'danielqsj/kafka-exporter:v1',
    'strimzi/kafka-operator',
    'node:22',
    'javascript-app',
    undefined,
  ])('does not show in the image %s', image => {
    expect(heapOf({ image })).toBeUndefined();
  });

  it('takes a size over a share, the command line over variables, the last over the first', () => {
    expect(
      heapOf({
        args: ['-XX:MaxRAMPercentage=80'],
        env: [{ name: 'JAVA_TOOL_OPTIONS', value: '-Xmx1g' }],
      }),
    ).toMatchObject({ heapBytes: GIB });
    expect(
      heapOf({
        args: ['-Xmx2g', '-Xmx4g'],
        env: [{ name: 'JAVA_TOOL_OPTIONS', value: '-Xmx1g' }],
      }),
    ).toMatchObject({ heapBytes: 4 * GIB, evidence: 'args -Xmx4g' });
    expect(
      heapOf({
        args: ['-Xmx2g'],
        env: [{ name: '_JAVA_OPTIONS', value: '-Xmx1g' }],
      }),
    ).toMatchObject({ heapBytes: GIB });
  });

  it('is Elasticsearch or OpenSearch where that shows', () => {
    expect(heapOf(env('ES_JAVA_OPTS', '-Xms4g -Xmx4g'))).toEqual({
      runtime: 'elasticsearch',
      evidence: 'ES_JAVA_OPTS=-Xmx4g',
      heapBytes: 4 * GIB,
    });
    expect(
      heapOf({ image: 'docker.elastic.co/elasticsearch/elasticsearch:9.1.0' }),
    ).toEqual({
      runtime: 'elasticsearch',
      evidence: 'image elasticsearch',
      heapShareOfLimit: 0.5,
    });
    expect(heapOf(env('OPENSEARCH_JAVA_OPTS', '-Xmx1g'))).toMatchObject({
      runtime: 'opensearch',
    });
  });

  it('is not told by a size that is none', () => {
    expect(heapOf(env('JAVA_OPTS', '-Xmx$(HEAP)'))).toBeUndefined();
    expect(
      heapOf(env('JAVA_OPTS', '-XX:MaxRAMPercentage=400')),
    ).toBeUndefined();
    expect(heapOf({ env: [{ name: 'JAVA_OPTS' }] })).toBeUndefined();
  });
});

describe('other runtimes', () => {
  it.each<[Container, string, string, object]>([
    [
      env('NODE_OPTIONS', '--enable-source-maps --max-old-space-size=4096'),
      'node',
      'NODE_OPTIONS=--max-old-space-size=4096',
      { heapBytes: 4096 * MIB },
    ],
    [
      { command: ['node', '--max-old-space-size', '512', 'x.js'] },
      'node',
      'args --max-old-space-size 512',
      { heapBytes: 512 * MIB },
    ],
    [
      env('NODE_OPTIONS', '--max-old-space-size-percentage=60'),
      'node',
      'NODE_OPTIONS=--max-old-space-size-percentage=60',
      { heapShareOfLimit: 0.6 },
    ],
    [
      env('DOTNET_GCHeapHardLimit', '0x40000000'),
      'dotnet',
      'DOTNET_GCHeapHardLimit=0x40000000',
      { heapBytes: GIB },
    ],
    [
      env('COMPlus_GCHeapHardLimit', 'C800000'),
      'dotnet',
      'COMPlus_GCHeapHardLimit=C800000',
      { heapBytes: 200 * MIB },
    ],
    [
      env('DOTNET_GCHeapHardLimitPercent', '0x32'),
      'dotnet',
      'DOTNET_GCHeapHardLimitPercent=0x32',
      { heapShareOfLimit: 0.5 },
    ],
    [
      { args: ['redis-server', '--maxmemory', '2gb', '--requirepass', 'x'] },
      'redis',
      'args --maxmemory 2gb',
      { heapBytes: 2 * GIB },
    ],
    [
      { command: ['sh', '-c', 'redis-server --maxmemory 100m'] },
      'redis',
      'args --maxmemory 100m',
      { heapBytes: 100e6 },
    ],
    [
      { args: ['postgres', '-c', 'shared_buffers=4GB'] },
      'postgres',
      'args shared_buffers=4GB',
      { heapBytes: 4 * GIB },
    ],
    [
      { args: ['-cshared_buffers=16384'] },
      'postgres',
      'args shared_buffers=16384',
      { heapBytes: 128 * MIB },
    ],
    [
      { args: ['--shared_buffers=512MB'] },
      'postgres',
      'args shared_buffers=512MB',
      { heapBytes: 512 * MIB },
    ],
    [
      { image: 'memcached:1.6', args: ['-m', '1024', '-c', '2048'] },
      'memcached',
      'args -m 1024',
      { heapBytes: GIB },
    ],
    [
      { command: ['memcached', '-m256'] },
      'memcached',
      'args -m256',
      { heapBytes: 256 * MIB },
    ],
    [
      { image: 'memcached' },
      'memcached',
      'image memcached',
      { heapBytes: 64 * MIB },
    ],
  ])('show in %j', (container, runtime, evidence, size) => {
    expect(heapOf(container)).toEqual({ runtime, evidence, ...size });
  });

  it.each<Container>([
    { args: ['-m', '1024'] },
    { args: ['--maxmemory-policy', 'allkeys-lru'] },
    env('SECRET', '--max-old-space-size=4096'),
    { image: 'postgres:18' },
    { image: 'node:24', command: ['node', 'server.js'] },
  ])('do not show in %j', container => {
    expect(heapOf(container)).toBeUndefined();
  });
});

it('keeps nothing of variables and arguments but the option', () => {
  const heap = heapOf({
    image: 'user:hunter2@registry.example.com/openjdk:17',
    command: ['java', '-Xmx1g', '-Dpassword=hunter2'],
    env: [
      { name: 'PASSWORD', value: 'hunter2' },
      { name: 'JAVA_OPTS', value: '-Dkey=hunter2 -XX:MaxRAMPercentage=50' },
    ],
  });
  expect(JSON.stringify(heap)).not.toContain('hunter2');
});
