/** Text for HTML. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A page of the forge. `body` is HTML. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>
  :root { color-scheme: light dark; }
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  pre { overflow: auto; padding: 1rem; border: 1px solid #8884; border-radius: 6px; }
  .body { white-space: pre-wrap; }
  ins { background: #2da44e33; text-decoration: none; }
  del { background: #cf222e33; text-decoration: none; }
  .state { border-radius: 1rem; padding: 0.2rem 0.8rem; background: #8883; }
  table { border-collapse: collapse; width: 100%; }
  td, th { text-align: left; padding: 0.3rem 0.6rem; border-bottom: 1px solid #8883; }
  button { font: inherit; padding: 0.4rem 1rem; margin-right: 0.5rem; }
</style>
<h1>${escaped(title)}</h1>
<p>This is the simulated forge of Headroom's demo.</p>
${body}
</html>
`;
}
