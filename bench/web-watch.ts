/** Runs in the page before everything else; a text, as the page's own globals have no types here. */
export const watchScript = `
  let cell = 0
  globalThis.presses = []
  new MutationObserver(() => { if (cell === 0 && document.querySelector('[role=gridcell]')?.textContent) cell = performance.now() }).observe(document, { childList: true, subtree: true, characterData: true })
  globalThis.watched = () => ({ paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN, cell })
  globalThis.seen = []
  new PerformanceObserver((list) => { for (const { name, duration } of list.getEntries()) if (name === 'keydown') globalThis.seen.push(duration) }).observe({ type: 'event', durationThreshold: 16 })
  addEventListener('keydown', (event) => { requestAnimationFrame(() => { const channel = new MessageChannel(); channel.port1.onmessage = () => globalThis.presses.push(performance.now() - event.timeStamp); channel.port2.postMessage(0) }) }, true)
  globalThis.untilCell = (act, text) => new Promise((resolve) => {
    const began = performance.now()
    const look = () => { const found = text ? [...document.querySelectorAll('[role=rowheader]')].some((one) => one.textContent === text) : document.querySelector('[role=gridcell]')?.textContent; if (found) requestAnimationFrame(() => resolve(performance.now() - began)); else requestAnimationFrame(look) }
    act(); look()
  })
`
