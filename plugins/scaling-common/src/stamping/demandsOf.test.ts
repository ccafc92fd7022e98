import { CostedSpec, demandsOf } from './demandsOf';

const GIB = 2 ** 30;

const spec: CostedSpec = {
  name: 'web',
  replicas: { min: 2, max: 10 },
  requests: { cpu: '250m', memory: '512Mi', ephemeralStorage: '1Gi' },
  spot: false,
  timezone: 'Europe/Berlin',
};

describe('demandsOf', () => {
  it('asks for what one replica requests, all month', () => {
    expect(demandsOf(spec)).toEqual([
      {
        name: 'web',
        replicas: { min: 2, max: 10 },
        cpuCores: 0.25,
        memoryBytes: GIB / 2,
        spot: false,
        hoursPerMonth: 730,
      },
    ]);
  });

  it('asks for the GPU', () => {
    const [pods] = demandsOf({
      ...spec,
      gpu: { memory: '8Gi', sharing: 'mig', model: 'NVIDIA-A10G' },
    });
    expect(pods).toMatchObject({
      gpu: {
        sharing: 'mig',
        devices: 1,
        memoryBytes: 8 * GIB,
        model: 'NVIDIA-A10G',
      },
    });
  });

  it('asks for volumes all month, also where replicas sleep', () => {
    const [pods, volume] = demandsOf({
      ...spec,
      storage: '10Gi',
      schedule: 'Mon-Fri 07:00-19:00; outside=zero',
    });
    expect(pods).not.toHaveProperty('storageBytes');
    expect(volume).toEqual({
      name: 'web-volume',
      replicas: { min: 2, max: 10 },
      cpuCores: 0,
      memoryBytes: 0,
      storageBytes: 10 * GIB,
      spot: false,
      hoursPerMonth: 730,
    });
  });

  it('asks for the one volume of a training, also between its runs', () => {
    const [, volume] = demandsOf({
      ...spec,
      kind: 'training-job',
      replicas: { min: 0, max: 1 },
      storage: '50Gi',
    });
    expect(volume.replicas).toEqual({ min: 1, max: 1 });
  });

  it.each<[string, number]>([
    // Twelve hours on five days of a week of 168.
    ['Mon-Fri 07:00-19:00; outside=zero', 60 / 168],
    ['Mon-Fri 07:00-19:00 Europe/Berlin; outside=zero', 60 / 168],
    ['Mon-Fri 07:00-19:00; outside=zero; zone=Asia/Tokyo', 60 / 168],
    ['Sat,Sun all day zero', 5 / 7],
    // Fewer replicas are not none.
    ['daily 22:00-06:00 max=2', 1],
    ['whenever', 1],
  ])('asks for the hours that %s leaves', (schedule, share) => {
    const [{ hoursPerMonth }] = demandsOf({ ...spec, schedule });
    expect(hoursPerMonth).toBeCloseTo(730 * share, 9);
  });

  it('refuses a quantity that is none by name', () => {
    expect(() =>
      demandsOf({ ...spec, requests: { ...spec.requests, cpu: 'much' } }),
    ).toThrow(
      new RangeError(
        'requests.cpu is "much"; it must be a quantity such as 250m or 512Mi',
      ),
    );
  });
});
