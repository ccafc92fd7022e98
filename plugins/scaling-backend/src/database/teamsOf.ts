/**
 * The groups that own something and those above them, nearest first, each once; a
 * catalog may hold circles.
 *
 * @param groupsAbove - of a group: those directly above it
 */
export function teamsOf(
  owners: readonly string[],
  groupsAbove: ReadonlyMap<string, readonly string[]>,
): string[] {
  const teams = new Set(owners.filter(owner => owner.startsWith('group:')));
  // Also over what is added on the way.
  for (const team of teams) {
    groupsAbove.get(team)?.forEach(group => teams.add(group));
  }
  return [...teams];
}
