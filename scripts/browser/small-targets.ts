import type { Page } from 'playwright-core'

/**
 * What can be pressed on a page and is smaller than 24 × 24 px, without an exception of WCAG 2.5.8: a circle of 24 px around its middle that meets
 * nothing else which can be pressed, or a link within a sentence. A label is part of what it names. What a person reaches by keys alone, such as the edges of
 * columns, is hidden from this. The page's globals have no types here.
 */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const least = 24
    const boxOf = (one) => { const { left, top, right, bottom } = one.getBoundingClientRect(); return { left, top, right, bottom } }
    const around = (boxes) => ({ left: Math.min(...boxes.map((box) => box.left)), top: Math.min(...boxes.map((box) => box.top)), right: Math.max(...boxes.map((box) => box.right)), bottom: Math.max(...boxes.map((box) => box.bottom)) })
    const seen = (one) => one.checkVisibility({ opacityProperty: false, visibilityProperty: true }) && one.closest('[aria-hidden=true], [inert]') === null
    const open = document.querySelector('[role=dialog][aria-modal=true]') ?? document
    const targets = [...open.querySelectorAll('a[href], button, input, select, textarea, summary, [role=button], [role=tab], [role=option], [role=switch], [role=checkbox], [role=radio], [role=menuitem]')]
      .filter((one) => seen(one) && !one.disabled && one.type !== 'hidden' && one.type !== 'file')
      .map((one) => ({ one, box: around([one, ...(one.labels ?? [])].filter((part) => part.getBoundingClientRect().width > 1).map(boxOf)) }))
      .filter(({ box }) => Number.isFinite(box.left) && box.right > 0 && box.bottom > 0 && box.right > box.left)
    const small = ({ box }) => box.right - box.left < least - 0.5 || box.bottom - box.top < least - 0.5
    const middle = ({ box }) => ({ x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 })
    const near = (at, other) => {
      const { x, y } = middle(at)
      if (small(other)) { const there = middle(other); if (Math.hypot(there.x - x, there.y - y) < least) return true }
      const { left, top, right, bottom } = other.box
      return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom)) < least / 2
    }
    const inSentence = (one) => getComputedStyle(one).display === 'inline' && [...(one.closest('p, li, td, dd, label, legend, span, div')?.childNodes ?? [])].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim().length > 1)
    return targets.filter((at) => small(at) && !inSentence(at.one) && targets.some((other) => other !== at && !other.one.contains(at.one) && !at.one.contains(other.one) && near(at, other)))
      .map(({ one, box }) => Math.round(box.right - box.left) + ' × ' + Math.round(box.bottom - box.top) + ' px: ' + one.tagName.toLowerCase() + ' ' + (one.getAttribute('aria-label') ?? one.textContent ?? '').trim().slice(0, 50))
  })()`)
}
