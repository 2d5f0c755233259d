import { app, dialog } from 'electron'

// The entry of the Electron shell. It only loads the rest: an entry that throws would leave a process without a window, and on
// Linux without a word. The import is awaited because Electron becomes ready after this module has loaded, and much of the
// shell has to be set up before that.
try {
  await import('./shell.ts')
} catch (error) {
  // Not awaited, for the same reason. Before Electron is ready there is no dialog.
  void app.whenReady().then(() => report(error))
}

async function report(error: unknown): Promise<void> {
  try {
    const { failToStart } = await import('./start-and-quit.ts')
    failToStart(error)
  } catch {
    // The installation is so damaged that not even the messages can be loaded.
    dialog.showErrorBox(app.name, String(error))
    app.exit(1)
  }
}
