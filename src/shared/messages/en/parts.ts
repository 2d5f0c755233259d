/** What Descry uses each part of a Linux system for, by its id in src/adapters/linux/system-parts.ts. */
export const partMessages = {
  'parts.libxcb': 'It captures the screen and windows.',
  'parts.speech-dispatcher': 'It speaks captions with the voices of your desktop.',
  'parts.espeak-ng': 'It speaks captions when there is no other voice.',
  'parts.pulseaudio-utils': 'It plays sound effects, and detects when a microphone is in use.',
  'parts.xclip': 'It copies captions to the clipboard.',
  'parts.wl-clipboard': 'It reads and watches the clipboard on Wayland.',
  'parts.xdg-desktop-portal': 'It captures the screen on Wayland.',
  'parts.grim': 'It captures the screen under Sway and Hyprland.',
  'parts.pipewire': 'It detects when the screen is shared.',
  'parts.at-spi2-core': 'It finds the focused control.',
  'parts.libheif': 'It opens HEIC photos.',
  'parts.fonts-dejavu': 'It draws the text of SVG pictures.',
  'parts.chromium': "It shows Descry's window when Electron is not installed."
} as const
