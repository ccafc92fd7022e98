/**
 * The whole advice on a container as a line of `COPY cost_advice_details (run_id,
 * container_id, advice) FROM STDIN`, in PostgreSQL's text format.
 */
export function adviceDetailLine(
  runId: number,
  containerId: number,
  advice: object,
): string {
  return `${runId}\t${containerId}\t${copyText(JSON.stringify(advice))}\n`;
}

/** JSON as a field of COPY: of what is special there it has only backslashes. */
function copyText(json: string): string {
  return json.includes('\\') ? json.replaceAll('\\', '\\\\') : json;
}
