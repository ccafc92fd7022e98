import { readEntityRef } from './readEntityRef';

describe('readEntityRef', () => {
  it.each([
    ['component:default/web', 'component:default/web'],
    ['Group:Shop', 'group:default/shop'],
    ['api:a.b-c/d_e.f', 'api:a.b-c/d_e.f'],
  ])('reads %s', (text, ref) => {
    expect(readEntityRef(text)).toBe(ref);
  });

  it.each([
    'bad::ref',
    'web',
    ':',
    'a:b/c/d',
    'a:/web',
    'a:b/',
    'a:b:c',
    'component:default/web shop',
    '',
  ])('refuses %j', text => {
    expect(() => readEntityRef(text)).toThrow(
      `entityRef is ${JSON.stringify(text)}; it must be a reference such as`,
    );
  });
});
