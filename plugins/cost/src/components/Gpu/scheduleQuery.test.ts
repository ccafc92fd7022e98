import { hourSpans, scheduleQuery } from './scheduleQuery';

describe('scheduleQuery', () => {
  it('has the hours as spans with both of their ends', () => {
    expect(hourSpans([33, 8, 9, 10, 32, 167])).toBe('8-10,32-33,167');
    expect(hourSpans([])).toBe('');
  });

  it('names the workload, the hours and their zone', () => {
    const query = scheduleQuery(
      {
        workload: {
          namespace: 'ml',
          kind: 'StatefulSet',
          name: 'training',
          container: 'train',
        },
      },
      [8, 9],
      'America/Los_Angeles',
      'training in its busy hours',
    );
    expect(Object.fromEntries(query)).toEqual({
      title: 'training in its busy hours',
      workload: 'ml/StatefulSet/training',
      hours: '8-9',
      zone: 'America/Los_Angeles',
    });
  });
});
