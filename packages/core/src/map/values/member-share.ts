/** Different addresses that must be members' at least: one alone may be anybody's. */
const leastMembers = 2
/** Share of the different values from which a column names members: some have left. */
const mostlyMembers = 0.8

/** How many of a column's different values are e-mail addresses of members, where these are nearly all; else null. */
export function membersNamed(vocabulary: readonly string[], memberEmails: readonly string[]): number | null {
  const emails = new Set(memberEmails.map((email) => email.toLowerCase()))
  const found = vocabulary.filter((value) => emails.has(value.trim().toLowerCase())).length
  return found >= leastMembers && found >= vocabulary.length * mostlyMembers ? found : null
}
