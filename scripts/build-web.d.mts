export declare function buildWeb(options?: { force?: boolean; quiet?: boolean }): string | null
