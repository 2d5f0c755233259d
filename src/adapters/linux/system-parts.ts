/**
 * Programs, libraries and fonts of a Linux system that Descry or its tests use, and that npm cannot install. `descry doctor`,
 * `npm test` and continuous integration read this one list. Package names are those of Debian 12, Fedora 43 and Arch.
 */

export type Distribution = 'debian' | 'fedora' | 'arch'

export interface SystemPart {
  /** Mostly the name of its Debian package. Tests that need it carry it as a tag. */
  readonly id: string
  /** What tests do with it, for contributors. */
  readonly purpose?: string
  /** Where Descry has a use for it; default: everywhere. */
  readonly session?: 'x11' | 'wayland' | 'wlroots'
  /** All of these are on the PATH when it is installed; of a list, one. */
  readonly programs?: readonly (string | readonly string[])[]
  /** All of these are in a folder of the system for libraries, helper programs or data; of a list, one. `*` as in a shell. */
  readonly files?: readonly (string | readonly string[])[]
  readonly packages: Readonly<Record<Distribution, readonly string[]>>
}

/** Descry runs without each of these, and can then do something less, which the message `parts.<id>` names. */
export const descryParts = [
  {
    id: 'libxcb',
    files: ['libxcb.so.1', 'libdbus-1.so.3'],
    packages: { debian: ['libxcb1', 'libdbus-1-3'], fedora: ['libxcb', 'dbus-libs'], arch: ['libxcb', 'dbus'] }
  },
  {
    id: 'speech-dispatcher',
    programs: ['speech-dispatcher'],
    files: ['speech-dispatcher-modules/sd_espeak-ng'],
    packages: {
      debian: ['speech-dispatcher', 'speech-dispatcher-espeak-ng'],
      fedora: ['speech-dispatcher', 'speech-dispatcher-espeak-ng'],
      arch: ['speech-dispatcher', 'espeak-ng']
    }
  },
  {
    id: 'espeak-ng',
    programs: ['espeak-ng'],
    packages: { debian: ['espeak-ng'], fedora: ['espeak-ng'], arch: ['espeak-ng'] }
  },
  {
    id: 'pulseaudio-utils',
    programs: ['paplay', 'pactl'],
    packages: { debian: ['pulseaudio-utils'], fedora: ['pulseaudio-utils'], arch: ['libpulse'] }
  },
  {
    id: 'xclip',
    session: 'x11',
    programs: ['xclip'],
    packages: { debian: ['xclip'], fedora: ['xclip'], arch: ['xclip'] }
  },
  {
    id: 'wl-clipboard',
    session: 'wayland',
    programs: ['wl-paste', 'wl-copy'],
    packages: { debian: ['wl-clipboard'], fedora: ['wl-clipboard'], arch: ['wl-clipboard'] }
  },
  {
    id: 'xdg-desktop-portal',
    session: 'wayland',
    files: ['xdg-desktop-portal'],
    packages: { debian: ['xdg-desktop-portal'], fedora: ['xdg-desktop-portal'], arch: ['xdg-desktop-portal'] }
  },
  {
    id: 'grim',
    session: 'wlroots',
    programs: ['grim'],
    packages: { debian: ['grim'], fedora: ['grim'], arch: ['grim'] }
  },
  {
    id: 'pipewire',
    session: 'wayland',
    programs: ['pw-dump', 'pipewire'],
    packages: { debian: ['pipewire-bin'], fedora: ['pipewire', 'pipewire-utils'], arch: ['pipewire'] }
  },
  {
    id: 'at-spi2-core',
    files: [['at-spi-bus-launcher', 'at-spi2-core/at-spi-bus-launcher']],
    packages: { debian: ['at-spi2-core'], fedora: ['at-spi2-core'], arch: ['at-spi2-core'] }
  },
  {
    id: 'libheif',
    programs: [['heif-dec', 'heif-convert']],
    packages: { debian: ['libheif-examples'], fedora: ['libheif-tools'], arch: ['libheif'] }
  },
  {
    id: 'fonts-dejavu',
    files: [['fonts/*/*.ttf', 'fonts/*/*/*.ttf', 'fonts/*/*.otf', 'fonts/*/*/*.otf']],
    packages: {
      debian: ['fonts-dejavu', 'fonts-liberation'],
      fedora: ['dejavu-sans-fonts', 'liberation-fonts'],
      arch: ['ttf-dejavu', 'ttf-liberation']
    }
  },
  {
    id: 'chromium',
    programs: [
      [
        'chromium',
        'chromium-browser',
        'google-chrome-stable',
        'google-chrome',
        'microsoft-edge-stable',
        'microsoft-edge',
        'brave-browser-stable',
        'brave-browser',
        'brave',
        'vivaldi-stable',
        'vivaldi'
      ]
    ],
    packages: { debian: ['chromium'], fedora: ['chromium'], arch: ['chromium'] }
  }
] as const satisfies readonly SystemPart[]

export type DescryPartId = (typeof descryParts)[number]['id']

/** Only the tests use these. */
export const testParts = [
  {
    id: 'xvfb',
    purpose: 'An X display without a screen, with a window manager.',
    programs: ['Xvfb', 'openbox', 'xprop', 'xsetroot', 'xset', 'setxkbmap', 'xauth'],
    packages: {
      debian: ['xvfb', 'openbox', 'x11-utils', 'x11-xkb-utils', 'x11-xserver-utils', 'xauth'],
      fedora: ['xorg-x11-server-Xvfb', 'openbox', 'xprop', 'xsetroot', 'xset', 'setxkbmap', 'xauth'],
      arch: ['xorg-server-xvfb', 'openbox', 'xorg-xprop', 'xorg-xsetroot', 'xorg-xset', 'xorg-setxkbmap', 'xorg-xauth']
    }
  },
  {
    id: 'dbus',
    purpose: 'A session bus.',
    programs: ['dbus-daemon', 'dbus-send'],
    packages: { debian: ['dbus'], fedora: ['dbus-daemon', 'dbus-tools'], arch: ['dbus'] }
  },
  {
    id: 'gsettings',
    purpose: "The desktop's settings.",
    programs: ['gsettings'],
    files: ['glib-2.0/schemas/org.gnome.desktop.interface.gschema.xml', 'gio/modules/libdconfsettings.so'],
    packages: {
      debian: ['libglib2.0-bin', 'gsettings-desktop-schemas', 'dconf-gsettings-backend'],
      fedora: ['glib2', 'gsettings-desktop-schemas', 'dconf'],
      arch: ['glib2', 'gsettings-desktop-schemas', 'dconf']
    }
  },
  {
    id: 'pulseaudio',
    purpose: 'A sound server without a sound card.',
    programs: ['pulseaudio', 'pactl', 'parec', 'paplay', 'aplay'],
    files: ['alsa-lib/libasound_module_pcm_pulse.so'],
    packages: {
      debian: ['pulseaudio', 'pulseaudio-utils', 'alsa-utils', 'libasound2-plugins'],
      fedora: ['pulseaudio', 'pulseaudio-utils', 'alsa-utils', 'alsa-plugins-pulseaudio'],
      arch: ['pulseaudio', 'libpulse', 'alsa-utils', 'alsa-plugins', 'pulseaudio-alsa']
    }
  },
  {
    id: 'gnome-keyring',
    purpose: 'A keychain.',
    programs: ['gnome-keyring-daemon'],
    packages: { debian: ['gnome-keyring'], fedora: ['gnome-keyring'], arch: ['gnome-keyring'] }
  },
  {
    id: 'orca',
    purpose: 'A screen reader.',
    programs: ['orca'],
    packages: { debian: ['orca'], fedora: ['orca'], arch: ['orca'] }
  },
  {
    id: 'festival',
    purpose: 'A second speech engine.',
    programs: ['festival'],
    files: [['festival/voices/*/*', 'festival/lib/voices/*/*']],
    packages: {
      debian: ['festival', 'festvox-kallpc16k'],
      fedora: ['festival', 'festvox-kal-diphone'],
      arch: ['festival', 'festival-english']
    }
  },
  {
    id: 'sway',
    purpose: 'A Wayland compositor without a screen.',
    programs: ['sway', 'swaymsg'],
    files: ['xdg-desktop-portal-wlr'],
    packages: {
      debian: ['sway', 'xdg-desktop-portal-wlr'],
      fedora: ['sway', 'xdg-desktop-portal-wlr'],
      arch: ['sway', 'xdg-desktop-portal-wlr']
    }
  },
  {
    id: 'xdotool',
    purpose: 'It presses keys and moves the pointer.',
    programs: ['xdotool'],
    packages: { debian: ['xdotool'], fedora: ['xdotool'], arch: ['xdotool'] }
  },
  {
    id: 'xterm',
    purpose: 'A window with text.',
    programs: ['xterm'],
    packages: { debian: ['xterm'], fedora: ['xterm'], arch: ['xterm'] }
  },
  {
    id: 'imagemagick',
    purpose: 'It captures the screen in another way, for comparison.',
    programs: ['import', 'convert'],
    packages: { debian: ['imagemagick'], fedora: ['ImageMagick'], arch: ['imagemagick'] }
  },
  {
    id: 'python3',
    purpose: 'Runs programs that tests watch, and packs archives.',
    programs: ['python3'],
    packages: { debian: ['python3'], fedora: ['python3'], arch: ['python'] }
  },
  {
    id: 'python3-gi',
    purpose: 'Programs with GTK windows and on the session bus.',
    programs: ['python3'],
    files: [
      'python3*/*-packages/gi/__init__.py',
      'girepository-1.0/Gtk-3.0.typelib',
      'girepository-1.0/Atspi-2.0.typelib'
    ],
    packages: {
      debian: ['python3', 'python3-gi', 'gir1.2-gtk-3.0', 'gir1.2-atspi-2.0'],
      fedora: ['python3', 'python3-gobject', 'gtk3', 'at-spi2-core'],
      arch: ['python', 'python-gobject', 'gtk3', 'at-spi2-core']
    }
  },
  {
    id: 'gcc',
    purpose: "It builds a stand-in for NVDA's library.",
    programs: ['gcc'],
    packages: { debian: ['gcc', 'libc6-dev'], fedora: ['gcc', 'glibc-devel'], arch: ['gcc'] }
  },
  {
    id: 'zsh',
    purpose: 'A shell with completion.',
    programs: ['zsh'],
    packages: { debian: ['zsh'], fedora: ['zsh'], arch: ['zsh'] }
  },
  {
    id: 'fish',
    purpose: 'A shell with completion.',
    programs: ['fish'],
    packages: { debian: ['fish'], fedora: ['fish'], arch: ['fish'] }
  },
  {
    id: 'mandoc',
    purpose: 'It checks the manual page.',
    programs: ['mandoc'],
    packages: { debian: ['mandoc'], fedora: ['mandoc'], arch: ['mandoc'] }
  },
  {
    id: 'git',
    purpose: 'It lists the files of the repository.',
    programs: ['git'],
    packages: { debian: ['git'], fedora: ['git'], arch: ['git'] }
  },
  {
    id: 'script',
    purpose: 'A terminal for programs that ask.',
    programs: ['script'],
    packages: { debian: ['bsdutils'], fedora: ['util-linux-script'], arch: ['util-linux'] }
  }
] as const satisfies readonly SystemPart[]

export const systemParts: readonly SystemPart[] = [...descryParts, ...testParts]
