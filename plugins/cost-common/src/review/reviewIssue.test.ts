import fc from 'fast-check';
import { reviewIssueUrl } from './reviewIssue';

const WEEK = { week: '2026-11-16', end: '2026-11-23' };
const GITHUB =
  'https://github.com/acme/finops/issues/new?labels=cost&title={title}&body={body}';
/** What stands where the rest is left out. */
const CUT = '\n\n…';
const bodyOf = (url: string) => new URL(url).searchParams.get('body');

it('fills in what an issue says, whatever is in it', () => {
  const text = '# Review\n\n100 % & more?\n{title} {body} $& #1';
  const url = new URL(reviewIssueUrl(GITHUB, WEEK, text));
  expect(url.origin).toBe('https://github.com');
  expect(url.searchParams.get('body')).toBe(text);
  expect(url.searchParams.get('title')).toBe(
    'Cost review of the week from 2026-11-16 to 2026-11-22',
  );
  expect(url.searchParams.get('labels')).toBe('cost');
});

it('fills in names with brackets, as GitLab has them', () => {
  const url = reviewIssueUrl(
    'https://gitlab.com/acme/finops/-/issues/new?issue[title]={title}&issue[description]={body}',
    WEEK,
    'text',
  );
  expect(new URL(url).searchParams.get('issue[description]')).toBe('text');
});

it('cuts what is too long at the end of a line, and says so', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 400 }), {
        minLength: 1,
        maxLength: 60,
      }),
      lines => {
        const text = lines.map(line => line.replace(/[\r\n]/g, '')).join('\n');
        const url = reviewIssueUrl(GITHUB, WEEK, text);
        expect(url.length).toBeLessThanOrEqual(7000);
        const body = bodyOf(url)!;
        const kept = body.endsWith(CUT) ? body.slice(0, -CUT.length) : body;
        expect(
          body === text || kept === '' || text.startsWith(`${kept}\n`),
        ).toBe(true);
        expect(body === text).toBe(!body.endsWith(CUT));
      },
    ),
  );
});
