import fc from 'fast-check';
import { csvLine } from './csvLine';

describe('csvLine', () => {
  it('joins fields with commas and leaves unknown ones empty', () => {
    expect(csvLine(['web', 1.5, 3n, undefined, Number.NaN, ''])).toBe(
      'web,1.5,3,,,',
    );
  });

  it('quotes commas, quotes and line breaks', () => {
    expect(csvLine(['a,b', 'say "hi"', 'two\r\nlines'])).toBe(
      '"a,b","say ""hi""","two\r\nlines"',
    );
  });

  it.each(['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\tx', '\rx', '\nx', '-', '+1'])(
    'shows %j as text instead of running it',
    text => {
      expect(csvLine([text]).replace(/^"/, '')).toMatch(/^'/);
    },
  );

  it('leaves numbers numbers', () => {
    expect(csvLine([-1.5, -3n, '-0.000001', '12.500000'])).toBe(
      '-1.5,-3,-0.000001,12.500000',
    );
  });

  it('never begins a text field with a character that starts a formula', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const field = csvLine([text]).replace(/^"/, '');
        const harmless =
          !/^[=+\-@\t\r\n]/.test(field) || /^-[\d.]+$/.test(field);
        expect(harmless).toBe(true);
      }),
    );
  });

  it('keeps the text between the quotes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1 }), { minLength: 1 }),
        texts => {
          const read = parse(csvLine(texts));
          expect(read).toEqual(
            texts.map(text =>
              /^[=+\-@\t\r\n]/.test(text) && !/^-\d+(\.\d+)?$/.test(text)
                ? `'${text}`
                : text,
            ),
          );
        },
      ),
    );
  });
});

/** A reader written from RFC 4180, apart from the writer. */
function parse(line: string): string[] {
  const fields: string[] = [];
  let at = 0;
  while (at <= line.length) {
    if (line[at] === '"') {
      let field = '';
      at += 1;
      while (line[at] !== '"' || line[at + 1] === '"') {
        field += line[at];
        at += line[at] === '"' ? 2 : 1;
      }
      fields.push(field);
      at += 2;
    } else {
      const comma = line.indexOf(',', at);
      const end = comma === -1 ? line.length : comma;
      fields.push(line.slice(at, end));
      at = end + 1;
    }
  }
  return fields;
}
