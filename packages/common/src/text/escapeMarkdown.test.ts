import fc from 'fast-check';
import { escapeMarkdown } from './escapeMarkdown';

it('has no markup, link, mention or reference', () => {
  expect(escapeMarkdown('a|b\n# c [x](http://y) @z')).toBe(
    'a\\|b \\#\u2060 c \\[x\\]\\(http:\u2060//y\\) @\u2060z',
  );
});

describe('escapeMarkdown, always', () => {
  it('leaves one line without tags, mentions, links and references', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            ...'<>&@#[]()`*_|\\!-~:/w.1a \n\t\r\u2028\u202e',
          ),
          maxLength: 40,
        }),
        text => {
          const escaped = escapeMarkdown(text);
          expect(escaped).not.toMatch(/[<>\n\r\t\u2028\u202e]/);
          expect(escaped).not.toMatch(/@[\w]/);
          expect(escaped).not.toMatch(/#\d/);
          expect(escaped).not.toMatch(/:\/\//);
          expect(escaped).not.toMatch(/(?<!\\)(?:\\\\)*[`*_|[\]]/);
          expect(escaped).not.toMatch(/^[-#]\s/);
        },
      ),
    );
  });
});
