export * from './postgres/database.ts'
export * from './organizations/organization.ts'
