import { teamsOf } from './teamsOf';

describe('the teams of a service', () => {
  const above = new Map([
    ['group:default/red', ['group:default/colours']],
    ['group:default/blue', ['group:default/colours', 'group:default/sea']],
    ['group:default/colours', ['group:default/all']],
    ['group:default/all', ['group:default/red']],
  ]);

  it.each([
    [['user:default/anna'], []],
    [['group:default/lone'], ['group:default/lone']],
    [
      ['user:default/anna', 'group:default/red'],
      ['group:default/red', 'group:default/colours', 'group:default/all'],
    ],
    [
      ['group:default/blue', 'group:default/red'],
      [
        'group:default/blue',
        'group:default/red',
        'group:default/colours',
        'group:default/sea',
        'group:default/all',
      ],
    ],
  ])('of %j are %j', (owners, teams) => {
    expect(teamsOf(owners, above)).toEqual(teams);
  });
});
