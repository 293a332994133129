import { createHash } from 'node:crypto'

/** The page's whole style: one inline sheet, named in the content security policy by its hash. */
export const style = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5a6675; --line: #d8dee6; --paper: #ffffff; --sea: #0b5f8a; --bad: #a3261b; --band: #f3f6f9 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6ebf1; --soft: #9aa7b6; --line: #354150; --paper: #151b23; --sea: #7cc4ec; --bad: #ff9a8f; --band: #1d2530 }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
header, main, footer { max-width: 72rem; margin: 0 auto; padding: 1rem 1.5rem }
header { border-bottom: 1px solid var(--line) }
header a { color: inherit; font-weight: 700; text-decoration: none }
footer { color: var(--soft); font-size: .875rem }
h1 { font-size: 1.5rem; margin: 1rem 0 }
h2 { font-size: 1.125rem; margin: 2rem 0 .5rem }
a { color: var(--sea) }
a:focus-visible { outline: 3px solid var(--sea); outline-offset: 2px }
.wide { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { padding: .4rem .6rem; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top }
thead th { background: var(--band); font-size: .875rem }
.n { text-align: right }
.soft { color: var(--soft) }
.bad { color: var(--bad); font-weight: 600 }
code { background: var(--band); padding: .1rem .35rem; border-radius: 4px }
td ul { margin: 0; padding: 0; list-style: none }
td li, td:first-child, td.n { white-space: nowrap }
/* break-word, not anywhere: a table would otherwise shrink its columns to single letters */
td, li, p { overflow-wrap: break-word }
`

export const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`
