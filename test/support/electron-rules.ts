/**
 * The rules of the real Electron that Descry depends on and that the fake follows (test/support/fake-electron). Each quotes
 * the source it was read in. test/shell/electron-rules.test.ts shows for each that the fake follows it.
 *
 * `electron/` is the repository electron/electron at `electronSource.commit`, with the line; `chromium:` is chromium/chromium
 * as of 2025, with the function; a number is an issue.
 */
export const electronSource = {
  repository: 'electron/electron',
  /** main, 2026-08-22, when it was 45. */
  commit: '96f3996d8d3c6e2fcfb86326fc4b953b53936fb'
}

export interface ElectronRule {
  rule: string
  sources: readonly string[]
}

export const electronRules = {
  // ---- Starting ----
  'sandbox-switch': {
    rule: 'app.enableSandbox() takes --no-sandbox off the command line; as root, each process started after that dies.',
    sources: ['electron/shell/browser/api/electron_api_app.cc:1573', 'electron/shell/app/electron_main_delegate.cc:222']
  },
  'sandbox-before-ready': {
    rule: 'app.enableSandbox() throws once the app is ready.',
    sources: ['electron/shell/browser/api/electron_api_app.cc:1565']
  },
  'absolute-paths': {
    rule: 'app.setPath() throws for a relative path.',
    sources: ['electron/shell/browser/api/electron_api_app.cc:966']
  },
  'schemes-before-ready': {
    rule: 'protocol.registerSchemesAsPrivileged() throws once the app is ready.',
    sources: ['electron/shell/browser/api/electron_api_protocol.cc:364']
  },
  'switch-replaces': {
    rule: 'commandLine.appendSwitch() replaces the value that the switch had, also one the user gave.',
    sources: [
      'electron/shell/common/api/electron_api_command_line.cc:45',
      'chromium:base/command_line.cc CommandLine::AppendSwitchNative'
    ]
  },
  'ready-after-entry': {
    rule: 'The app becomes ready after the entry module has loaded, with its top-level awaits.',
    sources: ['electron/lib/browser/init.ts:196', 'electron/shell/browser/electron_browser_main_parts.cc:303']
  },
  'failed-entry-lives-on': {
    rule: 'An entry module that throws is reported, and the process becomes ready and lives on without a window.',
    sources: ['electron/lib/browser/init.ts:198', 'electron/lib/browser/init.ts:23']
  },
  'error-box-needs-ready': {
    rule: 'On Linux, dialog.showErrorBox() before the app is ready shows nothing and writes to stderr.',
    sources: ['electron/shell/browser/ui/message_box_gtk.cc:261']
  },
  'instance-data-is-cloned': {
    rule: 'The data of requestSingleInstanceLock() reaches the other instance as a structured clone.',
    sources: ['electron/shell/browser/api/electron_api_app.cc:1065']
  },
  'page-tree-on-linux': {
    rule: 'On Linux only --force-renderer-accessibility gives assistive technology the tree of a page.',
    sources: [
      'electron/docs/api/app.md:1635',
      'chromium:content/browser/accessibility/browser_accessibility_state_impl.cc'
    ]
  },

  // ---- Quitting ----
  'quit-order': {
    rule: 'app.quit(): before-quit, close of each window, closed later, will-quit after the last, then quit.',
    sources: [
      'electron/shell/browser/browser.cc:120',
      'electron/shell/browser/browser.cc:314',
      'electron/shell/browser/browser.cc:287'
    ]
  },
  'prevented-close-cancels-quit': {
    rule: 'A window that prevents its close cancels quitting.',
    sources: ['electron/shell/browser/browser.cc:307']
  },
  'quit-before-ready': {
    rule: 'A quit before the app is ready ends it once it is ready.',
    sources: ['electron/shell/browser/browser.cc:190']
  },
  'exit-before-ready': {
    rule: 'app.exit() before the app is ready ends the process at once, without a quit event.',
    sources: ['electron/shell/browser/browser.cc:141']
  },
  'exit-asks-no-window': {
    rule: 'app.exit() destroys windows without a close event and sends neither before-quit nor will-quit.',
    sources: ['electron/shell/browser/browser.cc:148']
  },
  'exit-waits-for-threads': {
    rule: 'Ending stops Node, which waits for its threads: one that is blocked keeps the process alive.',
    sources: ['electron/shell/browser/electron_browser_main_parts.cc:649']
  },
  'signals-quit-once': {
    rule: 'SIGINT, SIGTERM and SIGHUP quit as app.quit() does; a second one kills the process.',
    sources: [
      'electron/shell/browser/electron_browser_main_parts.cc:598',
      'electron/shell/browser/electron_browser_main_parts_posix.cc:54'
    ]
  },
  'last-window-quits': {
    rule: 'The last window that closes quits the app, unless somebody listens to window-all-closed.',
    sources: ['electron/lib/browser/init.ts:170']
  },

  // ---- Windows ----
  'windows-need-ready': {
    rule: 'A window cannot be created before the app is ready.',
    sources: ['electron/shell/browser/api/electron_api_browser_window.cc:314']
  },
  'close-is-asynchronous': {
    rule: 'close() sends close at once and closed later, when the page has closed.',
    sources: [
      'electron/shell/browser/api/electron_api_browser_window.cc:157',
      'electron/shell/browser/api/electron_api_base_window.cc:164'
    ]
  },
  'destroyed-windows-throw': {
    rule: 'Each method of a window that is gone throws, except isDestroyed().',
    sources: ['electron/shell/common/gin_helper/function_template.h:206']
  },
  'hidden-windows-take-no-focus': {
    rule: 'focus() does nothing for a hidden window.',
    sources: ['electron/shell/browser/native_window_views.cc:592']
  },
  'minimizing-shows': {
    rule: 'minimize() of a hidden window shows it, minimized.',
    sources: ['electron/shell/browser/native_window_views.cc:803']
  },
  'minimized-is-not-visible': {
    rule: 'On Windows and macOS, isVisible() is false for a minimized window; on Linux it is true.',
    sources: ['electron/shell/browser/native_window_views.cc:679', 'electron/shell/browser/native_window_mac.mm:536']
  },
  'wayland-knows-no-minimized': {
    rule: 'On Wayland, isMinimized() is false for a minimized window, and restore() and show() leave it so; hiding and showing it brings it back.',
    sources: ['electron/docs/api/base-window.md:212', 'electron/docs/api/browser-window.md:288']
  },
  'mac-full-screen-is-left-first': {
    rule: 'On macOS, a window hidden in full screen leaves a black screen; it leaves full screen some time after setFullScreen(false), with leave-full-screen.',
    sources: [
      'electron/docs/api/browser-window.md:743',
      'electron/shell/browser/native_window_mac.mm:717',
      'electron/electron#39572'
    ]
  },

  // ---- Pages ----
  'ipc-is-cloned': {
    rule: 'What goes to and comes from a page is a structured clone; what cannot be cloned throws.',
    sources: ['electron/shell/common/v8_util.cc:164']
  },
  'handler-errors-are-text': {
    rule: 'An error that a handler throws reaches the page as text only.',
    sources: ['electron/lib/browser/ipc-dispatch.ts:95']
  },
  'one-handler-per-channel': {
    rule: 'ipcMain.handle() throws for a channel that has a handler.',
    sources: ['electron/lib/browser/ipc-main-impl.ts:16']
  },

  // ---- Hotkeys ----
  'hotkeys-need-ready': {
    rule: 'globalShortcut throws before the app is ready.',
    sources: ['electron/shell/browser/api/electron_api_global_shortcut.cc:131']
  },
  'accelerators-ignore-case': {
    rule: 'Accelerators are read without regard to case, and a name may have several spellings (Ctrl, Control).',
    sources: ['electron/shell/common/keyboard_util.cc:276', 'electron/shell/browser/ui/accelerator_util.cc:27']
  },
  'accelerators-that-are-none-throw': {
    rule: 'An accelerator that is not ASCII or names no key throws a TypeError.',
    sources: ['electron/shell/browser/ui/accelerator_util.cc:19', 'electron/shell/browser/ui/accelerator_util.cc:61']
  },
  'hotkeys-register-once': {
    rule: 'Outside the portal, register() is false for keys that another program or Descry itself has.',
    sources: [
      'chromium:ui/base/accelerators/global_accelerator_listener/global_accelerator_listener.cc RegisterAccelerator'
    ]
  },
  'super-is-a-modifier': {
    rule: 'Super is one of the keys on every system, by a patch of Electron: without it, the others are not taken.',
    sources: [
      'electron/patches/chromium/command-ismediakey.patch:114',
      'electron/patches/chromium/command-ismediakey.patch:177'
    ]
  },
  'held-hotkeys-repeat': {
    rule: 'On Windows and X11, keys that are held down call again and again, as they repeat.',
    sources: [
      'chromium:ui/base/accelerators/global_accelerator_listener/global_accelerator_listener_win.cc StartListeningForAccelerator',
      'chromium:ui/base/x/x11_global_shortcut_listener.cc OnKeyPressEvent'
    ]
  },
  'portal-registers-anything': {
    rule: 'On Wayland, where a portal registers hotkeys, register() and isRegistered() are true for all keys.',
    sources: [
      'electron/shell/browser/api/electron_api_global_shortcut.cc:151',
      'chromium:ui/base/accelerators/global_accelerator_listener/global_accelerator_listener_ozone.cc GetInstance'
    ]
  },
  'portal-unregister-is-nothing': {
    rule: 'On Wayland, unregister() does nothing: the keys go on calling.',
    sources: ['electron/shell/browser/api/electron_api_global_shortcut.cc:211']
  },
  'portal-stale-keys-are-fatal': {
    rule: 'On Wayland, unregisterAll() forgets what to call but not the keys: pressing them is fatal.',
    sources: [
      'electron/shell/browser/api/electron_api_global_shortcut.cc:97',
      'electron/shell/browser/api/electron_api_global_shortcut.cc:256',
      'chromium:ui/base/accelerators/global_accelerator_listener/global_accelerator_listener_linux.cc OnActivatedSignal'
    ]
  },
  'portal-cannot-name-f-keys': {
    rule: 'On Wayland, keys are told apart by a name that F keys do not have: the last one registered takes over all of them.',
    sources: [
      'electron/shell/browser/api/electron_api_global_shortcut.cc:169',
      'chromium:ui/base/accelerators/command.cc Command::AcceleratorToString'
    ]
  },

  // ---- Helper processes ----
  'utility-processes-need-ready': {
    rule: 'utilityProcess.fork() throws before the app is ready.',
    sources: ['electron/shell/browser/api/electron_api_utility_process.cc:532']
  },
  'empty-env-inherits': {
    rule: "A utility process with an empty env inherits the program's.",
    sources: ['electron/shell/browser/api/electron_api_utility_process.cc:205']
  },
  'heap-limit-is-a-js-flag': {
    rule: 'A heap limit among execArgv does nothing; execArgv become switches of Chromium, which reads --js-flags.',
    sources: [
      'electron/shell/browser/api/electron_api_utility_process.cc:203',
      'electron/shell/browser/javascript_environment.cc:253'
    ]
  },
  'utility-messages-are-cloned': {
    rule: 'postMessage() to a utility process sends a structured clone, and throws for what cannot be cloned.',
    sources: ['electron/shell/browser/api/electron_api_utility_process.cc:360']
  },
  'utility-exit-code': {
    rule: 'The exit event of a utility process has the code of waitpid on POSIX, where a signal is its number.',
    sources: ['electron/electron#42290']
  },
  'utility-pid-while-it-runs': {
    rule: 'A utility process has a pid from spawn to exit only.',
    sources: ['electron/shell/browser/api/electron_api_utility_process.cc:423']
  },

  // ---- The desktop ----
  'clipboard-is-one-item': {
    rule: 'clipboard.read() gives one item, and its getType() an empty Blob for what is not on the clipboard.',
    sources: [
      'electron/shell/browser/api/electron_api_clipboard.cc:315',
      'electron/shell/browser/api/electron_api_clipboard_item.cc:133'
    ]
  },
  'clipboard-names': {
    rule: "A format without a MIME type has the system's name in 'electron application/osclipboard;format=\"…\"'.",
    sources: ['electron/shell/browser/api/electron_api_clipboard.cc:75']
  },
  'tray-needs-ready': {
    rule: 'A tray icon cannot be created before the app is ready.',
    sources: ['electron/shell/browser/api/electron_api_tray.cc:73']
  },
  'menu-items-say-what-they-are': {
    rule: 'A menu item needs a label, a role or a type.',
    sources: ['electron/lib/browser/api/menu.ts:233']
  }
} as const satisfies Record<string, ElectronRule>

export type RuleId = keyof typeof electronRules
