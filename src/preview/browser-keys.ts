/**
 * Runs in the page, so it uses nothing from outside itself. Keeps Chromium from opening a window of its own at a key that does
 * nothing in Descry: help for F1, history, downloads, a new window. Electron has none of these. The keys of developers stay.
 *
 * Chromium obeys its own keys only after the page, in a window without tabs all of them.
 */
export function ignoreBrowserKeys(): void {
  const ignored = new Set([
    'F1',
    'Ctrl+h',
    'Ctrl+j',
    'Ctrl+n',
    'Ctrl+t',
    'Ctrl+Shift+n',
    'Ctrl+Shift+t',
    'Ctrl+Shift+delete'
  ])
  globalThis.addEventListener(
    'keydown',
    (event) => {
      const { key, ctrlKey, metaKey, shiftKey, altKey } = event
      if (altKey) return
      const isFunctionKey = /^F\d+$/u.test(key)
      const name = `${ctrlKey || metaKey ? 'Ctrl+' : ''}${shiftKey ? 'Shift+' : ''}${isFunctionKey ? key : key.toLowerCase()}`
      if (ignored.has(name)) event.preventDefault()
    },
    // Before the page's own listeners, which may stop the event.
    { capture: true }
  )
}
