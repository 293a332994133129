export { runImport } from './import.ts'
