const PAUSE_MS = 300;
const REQUEST_MS = 120_000;

/** Waits until a GET of the URL succeeds, or the signal is aborted. */
export async function untilAnswers(url, signal) {
  while (!signal.aborted && !(await answers(url))) {
    await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
  }
}

async function answers(url) {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(REQUEST_MS),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false; // not yet
  }
}

/** The URL of the script that a page starts with: it answers when the bundle is built. */
export async function firstScriptOf(page) {
  const html = await (await fetch(page)).text();
  const script = /<script[^>]+src="([^"]+)"/.exec(html)?.[1];
  if (!script) throw new Error(`${page} has no script`);
  return new URL(script, page).href;
}
