import { ConfigReader } from '@backstage/config';
import { readRightsizingConfig } from './readRightsizingConfig';

const read = (rightsizing: object) =>
  readRightsizingConfig(
    new ConfigReader({ headroom: { scaling: { rightsizing } } } as never),
  );

it('reads by what advice is applied, where a rule says so', () => {
  expect(
    read({
      rules: [
        { namespaces: ['batch'], mode: 'enforce', by: 'resize' },
        { mode: 'propose', twoPersons: true },
      ],
    }).rules,
  ).toEqual([
    { namespaces: ['batch'], mode: 'enforce', by: 'resize' },
    { mode: 'propose', twoPersons: true },
  ]);
});

it('says what would be right', () => {
  expect(() => read({ rules: [{ mode: 'enforce', by: 'restart' }] })).toThrow(
    /rules\[0\]\.by.*must be one of rollout, resize/,
  );
  expect(() =>
    read({ rules: [{ mode: 'propose', twoPersons: 'yes' }] }),
  ).toThrow(/rules\[0\]\.twoPersons.*must be true or false/);
});
