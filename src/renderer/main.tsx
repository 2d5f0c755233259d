// oxlint-disable-next-line import/no-unassigned-import -- it must run before any schema is made
import './zod-without-eval.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { createStore } from './store.ts'
import { startWebSpeech } from './web-speech.ts'
import type { Bridge } from '#shared/bridge.ts'

declare global {
  interface Window {
    /** Set by src/preload/preload.ts. */
    readonly descry: Bridge
  }
}

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root.')
createRoot(root).render(
  <StrictMode>
    <App bridge={window.descry} store={createStore(window.descry)} />
  </StrictMode>
)
startWebSpeech(window.descry)
