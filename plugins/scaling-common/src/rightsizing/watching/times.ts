/** Whether something was at an instant or after it; Kubernetes tells whole seconds. */
export function isSince(appliedAt: string, at: string): boolean {
  return Math.floor(Date.parse(appliedAt) / 1000) <= Date.parse(at) / 1000;
}

/** Of two instants, ISO 8601. */
export function secondsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}
