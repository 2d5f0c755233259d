#!/usr/bin/env node
// Plain JavaScript, so that an old Node can still read it and say what is wrong. The program is src/cli/main.ts, which
// needs a Node that runs TypeScript as it is.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Descry needs Node 22.18 or newer; this is Node ${process.versions.node}. ` +
      'Run npm ci once in the folder of Descry, then npm run -s descry: that brings its own Node.\n'
  )
  process.exit(2)
}
await import('../src/cli/main.ts')
