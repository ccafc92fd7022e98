import {
  answer,
  container,
  hoursFromNoon,
  idle,
} from '../__testUtils__/answers';
import { completeFromNames, grainOf } from './grain';

const [HOUR] = hoursFromNoon(1);
const group = (name: string) =>
  container(HOUR, {
    name,
    properties: { pod: undefined, container: undefined },
  });

describe('grainOf', () => {
  it('passes over what stands for no tenant, and steps that are null', () => {
    const reserved = {
      i: idle(HOUR),
      __idle__: idle(HOUR, { name: undefined }),
      'eu/__unmounted__/__unmounted__/__unmounted__': container(HOUR, {
        properties: { pod: '__unmounted__', container: '__unmounted__' },
      }),
      __unallocated__: group('__unallocated__'),
    };
    expect(grainOf(answer([null, reserved]), 'It')).toEqual({
      containers: 0,
      groups: 0,
      coarse: false,
    });
    expect(grainOf({ data: null }, 'It').coarse).toBe(false);
  });

  it('is not deceived by namespaces of one container', () => {
    const step = { shop: group('shop'), cart: container(HOUR) };
    expect(grainOf(answer([step]), 'It')).toEqual({
      containers: 1,
      groups: 1,
      coarse: true,
    });
  });
});

describe('completeFromNames', () => {
  it('adds what is missing and changes nothing else', () => {
    const name = 'eu/n1/shop/__unallocated__/__unallocated__/web-1/app';
    const item = { properties: { namespace: 'stated', labels: { a: 'b' } } };
    completeFromNames(answer([{ [name]: item, short: {} }]), 'It');
    expect(item.properties).toEqual({
      cluster: 'eu',
      node: 'n1',
      namespace: 'stated',
      pod: 'web-1',
      container: 'app',
      labels: { a: 'b' },
    });
  });
});
