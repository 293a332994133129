/**
 * How direct each way to a field is, against the others that lead there: "Description" goes before "Notes", "Created" before "Registered".
 * Weights below `firmWeight` say that the column is only meant where nothing better is in the file.
 */
export const directness: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  contacts: { notes: 0.97, joined: 0.7, groups: 0.8, account_number: 0.72, title: 0.97, name: 0.95, campaign: 0.3, description: 1 },
  leads: { notes: 0.97, joined: 0.75, stage: 0.7, name: 0.95, title: 0.97 },
  accounts: { name: 1.01, notes: 0.97, joined: 0.65, groups: 0.75, category: 0.62, external_id: 1 },
  deals: { notes: 0.95, subject: 0.85, revenue: 0.7, status: 0.7, email: 0.7, full_name: 0.8 },
  products: { notes: 0.8, type: 0.62, groups: 0.7, title: 0.9 },
  activities: { title: 0.85, stage: 0.6, category: 0.6, full_name: 0.85, notes: 0.95 },
}
