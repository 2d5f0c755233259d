/** Tray, menus, dialogs and start-up of the Electron shell and the preview. */
export const shellMessages = {} as const
