import { localStorageColorSchemeManager } from '@mantine/core'

/** The same key as public/color-scheme.js, which reads it before the first paint. */
export const colorScheme = localStorageColorSchemeManager({ key: 'longshore.color-scheme' })
