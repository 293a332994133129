import { Badge, Button, createTheme, Modal, Tooltip } from '@mantine/core'
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core'

/** Our colour: the water of a harbour. Shade 7 on white and shade 3 on the dark ground both stay above 4.5:1. */
const harbor: MantineColorsTuple = ['#edf7fa', '#d6ecf2', '#a9d7e3', '#7bc2d5', '#55aec7', '#3698b5', '#1b7d9a', '#0f6781', '#0b5a70', '#07414f']
const slate: MantineColorsTuple = ['#f6f8f9', '#eceff1', '#dde2e6', '#c5cdd3', '#9aa6ae', '#73808a', '#57636c', '#414b53', '#2b333a', '#191f24']
const dark: MantineColorsTuple = ['#e2e7ea', '#c6cdd2', '#a6b0b7', '#7f8b94', '#4c565e', '#363f46', '#262d33', '#1c2227', '#161b1f', '#101417']

export const theme = createTheme({
  primaryColor: 'harbor',
  primaryShade: { light: 7, dark: 7 },
  autoContrast: true,
  colors: { harbor, slate, gray: slate, dark },
  defaultRadius: 6,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Code", "SF Mono", Menlo, "Liberation Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '1.375rem', lineHeight: '1.3' }, h2: { fontSize: '1.0625rem', lineHeight: '1.4' }, h3: { fontSize: '0.9375rem', lineHeight: '1.4' } } },
  focusRing: 'always',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
    Badge: Badge.extend({ defaultProps: { variant: 'default', tt: 'none', fw: 500 } }),
    Modal: Modal.extend({ defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.45 } } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, withArrow: true } }),
  },
})

/** Colours of our own, each with both schemes. Mantine's own quiet text is too pale for AA on either ground. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#56626b', '--mantine-color-placeholder': '#66727b', '--mantine-color-error': '#b3261e',
    '--mantine-color-anchor': '#0b5a70', '--mantine-color-body': '#ffffff', '--mantine-color-text': '#1b2328',
    '--ls-ground': '#f6f8f9', '--ls-line': '#dfe5e8', '--ls-line-strong': '#7b878f', '--ls-hover': '#eef3f5', '--ls-chosen': '#dff0f5',
    '--ls-good': '#1c6b3c', '--ls-good-ground': '#e4f4ea', '--ls-warn': '#7a4d00', '--ls-warn-ground': '#fdf1d8', '--ls-bad': '#a3211a', '--ls-bad-ground': '#fde9e7',
    '--ls-info': '#0b5a70', '--ls-info-ground': '#e6f4f8', '--ls-other': '#54408f', '--ls-other-ground': '#efebfa',
  },
  dark: {
    '--mantine-color-dimmed': '#a9b4bb', '--mantine-color-placeholder': '#98a4ac', '--mantine-color-error': '#ff9b92',
    '--mantine-color-anchor': '#7bc2d5', '--mantine-color-body': '#161b1f', '--mantine-color-text': '#e2e7ea',
    '--ls-ground': '#101417', '--ls-line': '#2b333a', '--ls-line-strong': '#7f8b94', '--ls-hover': '#1f262b', '--ls-chosen': '#0f3a48',
    '--ls-good': '#86d6a5', '--ls-good-ground': '#12301f', '--ls-warn': '#f0c26a', '--ls-warn-ground': '#352708', '--ls-bad': '#ff9b92', '--ls-bad-ground': '#3d1614',
    '--ls-info': '#8fd0e1', '--ls-info-ground': '#0d2f3a', '--ls-other': '#c0b0f2', '--ls-other-ground': '#272040',
  },
})
