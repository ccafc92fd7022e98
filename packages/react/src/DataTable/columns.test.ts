import fc from 'fast-check';
import {
  csvTable,
  DataColumn,
  filterRows,
  parseSorting,
  sortRows,
} from './columns';

interface Row {
  name: string;
  micros?: bigint;
}

const columns: DataColumn<Row>[] = [
  { id: 'name', title: 'Name', value: row => row.name },
  {
    id: 'cost',
    title: 'Cost',
    csvTitle: 'Cost (USD)',
    numeric: true,
    value: row => row.micros,
  },
];

const rows: Row[] = [
  { name: 'b10', micros: 2n },
  { name: 'B9', micros: undefined },
  { name: 'a', micros: 2n ** 60n + 1n },
  { name: 'c', micros: 2n ** 60n },
];

describe('sortRows', () => {
  const names = (column: string, direction: 'asc' | 'desc') =>
    sortRows(rows, columns, { column, direction }).map(row => row.name);

  it('sorts amounts exactly, unknown ones last either way', () => {
    expect(names('cost', 'asc')).toEqual(['b10', 'c', 'a', 'B9']);
    expect(names('cost', 'desc')).toEqual(['a', 'c', 'b10', 'B9']);
  });

  it('sorts names as people do', () => {
    expect(names('name', 'asc')).toEqual(['a', 'B9', 'b10', 'c']);
  });

  it('keeps every row, and the order of equal ones', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ name: fc.string(), micros: fc.bigInt(0n, 3n) })),
        many => {
          const sorted = sortRows(many, columns, {
            column: 'cost',
            direction: 'asc',
          });
          const expected = [0n, 1n, 2n, 3n].flatMap(amount =>
            many.filter(row => row.micros === amount),
          );
          expect(sorted).toEqual(expected);
        },
      ),
    );
  });
});

describe('filterRows', () => {
  it('looks into text, whatever the case', () => {
    expect(filterRows(rows, columns, ' b ').map(row => row.name)).toEqual([
      'b10',
      'B9',
    ]);
    expect(filterRows(rows, columns, '')).toHaveLength(4);
  });
});

describe('parseSorting', () => {
  it('reads what it knows and nothing else', () => {
    expect(parseSorting('cost.desc', columns)).toEqual({
      column: 'cost',
      direction: 'desc',
    });
    expect(parseSorting('mood.desc', columns)).toBeUndefined();
    expect(parseSorting('cost.sideways', columns)).toBeUndefined();
    expect(parseSorting(undefined, columns)).toBeUndefined();
  });
});

describe('csvTable', () => {
  it('is exact, and leaves empty what is unknown', () => {
    expect(csvTable(rows.slice(1, 3), columns)).toEqual({
      header: ['Name', 'Cost (USD)'],
      rows: [
        ['B9', undefined],
        ['a', '1152921504606846977'],
      ],
    });
  });
});
