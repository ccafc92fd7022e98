import { sum } from '../reading/collections';
import { chargedOf, Demand, requestedOf } from './demands';
import { runInitInMain } from './initContainers';

const all = Array<number>(12).fill(300);
const first = [300, ...Array<number>(11).fill(0)];

/** Cores and devices requested all the time, and cores used in the first slot. */
function demand(
  requested: Record<string, number>,
  seconds: number[],
  used?: number,
): Demand {
  return {
    requested: new Map(
      Object.entries(requested).map(([resource, units]) => [
        resource,
        seconds.map(each => each * units),
      ]),
    ),
    used: used === undefined ? {} : { cpu: first.map(each => each * used) },
  };
}

/** Core-slots of a pod's containers, once init containers run inside of main ones. */
function settle(
  main: Record<string, Demand>,
  init: Record<string, Demand>,
  plain = Object.keys(init),
) {
  runInitInMain({
    main: new Map(Object.entries(main)),
    init: new Map(Object.entries(init)),
    plain: new Map(plain.map(name => [name, first])),
    held: all,
  });
}

describe('runInitInMain', () => {
  it('leaves an init container what it asks for beyond main ones', () => {
    const main = demand({ cpu: 4 }, all);
    const small = demand({ cpu: 4 }, first);
    settle({ main }, { small });
    expect(requestedOf(small, 'cpu')).toBe(0);
    const large = demand({ cpu: 6, nvidia_com_gpu: 1 }, first);
    settle({ main }, { large });
    expect(requestedOf(large, 'cpu')).toBe(2 * 300);
    expect(requestedOf(large, 'nvidia_com_gpu')).toBe(300);
    expect(requestedOf(main, 'cpu')).toBe(4 * 3600);
  });

  it('has main ones pay for what it uses of theirs, by what they request', () => {
    const web = demand({ cpu: 3 }, all);
    const proxy = demand({ cpu: 1 }, all, 0.5);
    const init = demand({ cpu: 1 }, first, 6);
    settle({ web, proxy }, { init });
    expect(web.used.cpu?.[0]).toBe(3 * 300);
    expect(proxy.used.cpu?.[0]).toBe(1.5 * 300);
    expect(init.used.cpu?.[0]).toBe(2 * 300);
    // 6 cores in the first slot, as if they were one container's; and half a core more.
    const charged = [web, proxy, init].map(each => chargedOf(each, 'cpu') ?? 0);
    expect(sum(charged)).toBe((6.5 + 11 * 4) * 300);
  });

  it('keeps what a sidecar requests and uses', () => {
    const main = demand({ cpu: 4 }, all);
    const sidecar = demand({ cpu: 1 }, all, 0.5);
    settle({ main }, { sidecar }, []);
    expect(requestedOf(sidecar, 'cpu')).toBe(3600);
    expect(sidecar.used.cpu?.[0]).toBe(150);
  });

  it('keeps what it asks for where main ones request nothing', () => {
    const init = demand({ cpu: 1 }, first, 2);
    settle({ main: demand({}, all) }, { init });
    expect(requestedOf(init, 'cpu')).toBe(300);
    expect(chargedOf(init, 'cpu')).toBe(600);
  });
});
