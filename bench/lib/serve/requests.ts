/** Asks as a signed-in user; an answer that is no success is an error. */
export async function request(url: string, token: string): Promise<string> {
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(30_000),
  });
  const body = await response.text();
  if (!response.ok) {
    throw new Error(
      `${url} answered ${response.status}: ${body.slice(0, 300)}`,
    );
  }
  return body;
}

/** A token of the guest, which lasts an hour. */
export async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/api/auth/guest/refresh`, {
    headers: { 'x-requested-with': 'XMLHttpRequest' },
  });
  const body = (await response.json()) as {
    backstageIdentity?: { token: string };
  };
  if (!body.backstageIdentity) {
    throw new Error(`sign-in answered ${response.status}`);
  }
  return body.backstageIdentity.token;
}

/**
 * Makes a scheduled task of the cost plugin due now.
 *
 * @returns false when it runs already, which the scheduler refuses.
 */
export async function trigger(
  url: string,
  token: string,
  task: string,
): Promise<boolean> {
  const response = await fetch(
    `${url}/api/cost/.backstage/scheduler/v1/tasks/${task}/trigger`,
    { method: 'POST', headers: { authorization: `Bearer ${token}` } },
  );
  if (!response.ok && response.status !== 409) {
    throw new Error(`starting ${task} answered ${response.status}`);
  }
  return response.ok;
}
