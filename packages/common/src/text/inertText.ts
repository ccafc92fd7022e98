/** What stands for a character that would be markup, or a mention. */
const INERT: Record<string, string> = {
  '<': '‹',
  '>': '›',
  '*': '∗',
  '~': '∼',
  '`': 'ˋ',
  '@': '＠',
};

/**
 * Text that says the same to a reader and nothing to a program, whether it is shown as
 * HTML, as Slack's mrkdwn, as Markdown, or as it is: what somebody named can't be a tag,
 * a link with a text of its own, a mention of a whole channel, or a change of direction.
 * The same text goes all these ways, so that escapes of one would be seen in the others;
 * what would be markup is written with characters that look alike. Lines stay lines.
 *
 * @see https://docs.slack.dev/messaging/formatting-message-text
 * @public
 */
export function inertText(text: string): string {
  return (
    text
      // Controls but line feeds, and what turns the direction of writing.
      .replace(/[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, each =>
        each === '\n' ? each : ' ',
      )
      .replace(/[<>*~`@]/g, each => INERT[each])
      // Character references of HTML
      .replace(/&(?=#?[A-Za-z0-9]+;)/g, '＆')
      // Emphasis; within a word it is none.
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '＿')
      // Text of a link in Markdown
      .replace(/\](?=\()/g, '］')
  );
}
