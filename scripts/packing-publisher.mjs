import { readFileSync } from 'node:fs'

// What electron-builder.yml would otherwise repeat from package.json. A JavaScript file, because electron-builder
// reads no TypeScript that Node itself runs.
const { appId, author, license } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

export default {
  appId,
  copyright: `${author.name}, ${license} license`,
  // The installed .desktop file is named after the application id, or portals refuse global shortcuts.
  extraMetadata: { desktopName: `${appId}.desktop` }
}
