import { Html, html } from './html.ts'
import type { HtmlPart } from './html.ts'
import { style } from './style.ts'

/** Seconds between reloads of a page whose job is at work. */
const reloadSeconds = 5

/** A whole page. `moving`: something on it is at work, so the browser loads it again by itself. */
export function layout(title: string, content: HtmlPart, version: string, moving = false): string {
  const refresh = moving ? html`<meta http-equiv="refresh" content="${reloadSeconds}">` : null
  // The sheet is ours and constant: escaping it would change its hash.
  const sheet = new Html(`<style>${style}</style>`)
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Longshore</title>
<link rel="icon" href="data:,">
${refresh}${sheet}
</head>
<body>
<header><a href="/">Longshore</a></header>
<main>
<h1>${title}</h1>
${content}
</main>
<footer>Longshore ${version}, answering on this computer only.</footer>
</body>
</html>
`.toString()
}
