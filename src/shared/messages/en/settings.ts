/** Labels, hints and choices of the settings. */
export const settingsMessages = {
  'settings.file-unreadable': 'Your settings could not be read. Using default settings.',
  'settings.file-damaged': 'Your settings file was damaged. Using default settings.',
  'settings.file-damaged-kept': 'Your settings file was damaged. Using default settings; the old file is { $path }.',
  'settings.values-unusable': `{ $count ->
    [one] The settings file has an unusable value for { $names }. Using the default.
   *[other] The settings file has unusable values for { $names }. Using the defaults.
  }`,
  'settings.not-saved': 'The settings could not be saved.',
  'settings.not-saved.next': 'Check the permissions of { $folder } and free disk space.',
  'settings.keychain-unavailable': 'The system keychain is not available.',
  'settings.keychain-unavailable.next': 'Unlock it and allow Descry, or set OPENAI_API_KEY.',
  'settings.keychain-unavailable.next-linux': 'Start or unlock a keyring such as GNOME Keyring, or set OPENAI_API_KEY.',
  'settings.captions-not-deleted': 'Not all saved captions could be deleted.',
  'settings.captions-not-deleted.next': 'Try again.'
} as const
