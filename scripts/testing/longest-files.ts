/** Files that take a good part of a run, the longest first: one that came last would be waited for alone. */
export const longest: readonly string[] = [
  'conservation.pg.test.ts', 'rules-model.pg.test.ts', 'access.pg.test.ts', 'one-key.pg.test.ts', 'bulk.pg.test.ts', 'references-to-several.pg.test.ts', 'rules.pg.test.ts', 'review.pg.test.ts',
  'pages.browser.pg.test.ts', 'crash.pg.test.ts', 'embedded/server.pg.test.ts', 'every-format.pg.test.ts', 'cli.pg.test.ts', 'wizard.browser.pg.test.ts', 'generated-list.pg.test.ts',
]
