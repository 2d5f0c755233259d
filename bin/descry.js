#!/usr/bin/env node
import { fileURLToPath } from 'node:url'
import { isNodeTooOld, oldestNode } from './node-version.js'

// Plain JavaScript, so that an old Node can still read it. The program is src/cli/main.ts.
if (isNodeTooOld()) {
  process.stderr.write(
    `Descry needs Node ${oldestNode.join('.')} or later; this is Node ${process.versions.node}. ` +
      'Run npm ci once in the folder of Descry, then npm run -s descry: that brings its own Node.\n'
  )
  process.exit(2)
}
// What Node makes of the TypeScript is kept: an earlier start, and 20 MB less, since Node's own compiler stays unloaded.
// Beside the packages, not in Node's default place in the shared /tmp, where others could put something.
const { enableCompileCache } = await import('node:module')
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/descry', import.meta.url)))
await import('../src/cli/main.ts')
