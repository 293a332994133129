/** Hands a file to the browser, or a text as one. */
export function saveAs(name: string, content: string | Blob, type = 'application/json'): void {
  const href = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content)
  const link = document.createElement('a')
  link.href = href
  link.download = name
  link.click()
  URL.revokeObjectURL(href)
}
