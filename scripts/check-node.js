import { isNodeTooOld, oldestNode } from '../bin/node-version.js'

// Runs before the scripts of package.json that are TypeScript. Plain JavaScript, so that an old Node can still read it.
// `npm ci` installs a Node for the common systems (docs/decisions/0093-node-as-a-package.md); on others, such as Alpine Linux,
// the scripts run on the user's own.
if (isNodeTooOld()) {
  process.stderr.write(
    `Descry needs Node ${oldestNode.join('.')} or later; this is Node ${process.versions.node}, and npm ci has installed none ` +
      `for ${process.platform} ${process.arch}. Run npm ci again, or install Node 24 from https://nodejs.org.\n`
  )
  process.exit(1)
}
