import { html, type Html } from '../page/html.ts'
import { layout } from '../page/layout.ts'

type Json = Record<string, unknown>

/** The reference of the API as one page that loads nothing else, from its OpenAPI document. */
export function referencePage(document: Json, version: string): string {
  const operations = Object.entries(document['paths'] as Record<string, Record<string, Json>>)
    .flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation, tag: String((operation['tags'] as string[])[0]) })))
  const tags = [...Map.groupBy(operations, ({ tag }) => tag)]
  const { schemas } = document['components'] as { schemas: Record<string, Json> }
  return layout('API reference', html`
<p>All routes speak JSON; the same as a document for programs: <a href="/v1/openapi.json">/v1/openapi.json</a>. Programs sign in with an API key in the header
<code>Authorization: Bearer …</code>. Whatever is no success is a problem document (RFC 9457).</p>
<ul>${tags.map(([tag]) => html`<li><a href="#${tag}">${tag}</a></li>`)}</ul>
${tags.map(([tag, of]) => html`<h2 id="${tag}">${tag}</h2>
<div class="wide"><table><thead><tr><th>Route</th><th>What it does</th><th>Who may</th><th>Takes</th><th>Gives</th></tr></thead>
<tbody>${of.map(({ path, method, operation }) => html`<tr><td><code>${method} ${path}</code></td><td>${String(operation['summary'])}</td><td>${String(operation['description'])}</td>
<td>${parameters(operation)}${body(operation)}</td><td>${answers(operation)}</td></tr>`)}</tbody></table></div>`)}
<h2 id="schemas">Schemas</h2>
${Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, schema]) => html`<h3 id="schema-${name}">${name}</h3><pre>${JSON.stringify(schema, null, 1)}</pre>`)}`, version)
}

function parameters(operation: Json): Html[] {
  return ((operation['parameters'] ?? []) as Json[]).map((one) => html`<div><code>${String(one['name'])}</code> ${one['in'] === 'query' ? 'in the query' : one['in'] === 'header' ? 'in a header' : ''}${one['required'] === true ? '' : ', if wanted'}</div>`)
}

function body(operation: Json): Html | null {
  const content = (operation['requestBody'] as { content: Record<string, { schema: Json }> } | undefined)?.content['application/json']
  return content ? html`<div>body: ${schemaLink(content.schema)}</div>` : null
}

function answers(operation: Json): Html[] {
  const responses = operation['responses'] as Record<string, { description: string; content?: Record<string, { schema?: Json }> }>
  return Object.entries(responses).filter(([status]) => status !== 'default').map(([status, { description, content }]) => {
    const schema = content?.['application/json']?.schema
    return html`<div>${status} ${schema ? schemaLink(schema) : description}</div>`
  })
}

function schemaLink(schema: Json): Html {
  const name = typeof schema['$ref'] === 'string' ? schema['$ref'].split('/').at(-1) ?? '' : null
  return name === null ? html`<details><summary>schema</summary><pre>${JSON.stringify(schema, null, 1)}</pre></details>` : html`<a href="#schema-${name}">${name}</a>`
}
