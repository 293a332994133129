const singleKeysKey = 'longshore.single-keys'

/** Whether a key belongs to a text field, a list or a grid rather than to the page. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target
  return event.defaultPrevented || (target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select, [role=combobox], [role=grid], [role=grid] *, [role=menu] *')))
}

/** People who speak to their computer turn single-letter keys off (WCAG 2.1.4). */
export function singleKeysOn(): boolean {
  return localStorage.getItem(singleKeysKey) !== 'off'
}

export function setSingleKeys(on: boolean): void {
  localStorage.setItem(singleKeysKey, on ? 'on' : 'off')
}
