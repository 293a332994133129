export interface TestCounts { passed: number; failed: number; skipped: number }
export function countTests(report: object | null, exitCode: number): TestCounts
