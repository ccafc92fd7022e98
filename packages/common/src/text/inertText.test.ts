import fc from 'fast-check';
import { inertText } from './inertText';

describe('inertText', () => {
  it.each([
    ['<script>alert(1)</script>', '‹script›alert(1)‹/script›'],
    ['*x*<!channel>', '∗x∗‹!channel›'],
    ['<@U012> and @here', '‹＠U012› and ＠here'],
    ['&lt;!channel&gt; &#60;b R&D', '＆lt;!channel＆gt; ＆#60;b R&D'],
    ['_new_ my_service_name', '＿new＿ my_service_name'],
    ['[pay here](http://x)', '[pay here］(http://x)'],
    ['a\u202Eb\r\0c\nd', 'a b  c\nd'],
    ['`code` ~gone~', 'ˋcodeˋ ∼gone∼'],
    ['12.50 USD (20 %) more', '12.50 USD (20 %) more'],
  ])('%j is %j', (text, inert) => {
    expect(inertText(text)).toBe(inert);
  });

  it('leaves nothing that opens markup, and changes nothing twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const inert = inertText(text);
        expect(inert).not.toMatch(/[<>*~`@\u202A-\u202E]|\]\(|&#?\w+;/);
        expect(inert).not.toMatch(/(^|\s)_\S/);
        expect(inertText(inert)).toBe(inert);
      }),
    );
  });
});
