export interface Look {
  name: 'light' | 'dark'
  /** The background of the picture, and of what lies on it. */
  paper: string
  panel: string
  ink: string
  soft: string
  line: string
  accent: string
  onAccent: string
}

/** Set A has the first half of each, set B the second. */
export const looks = {
  light: [
    { name: 'light', paper: '#ffffff', panel: '#f3f4f6', ink: '#1b1b1f', soft: '#5f6368', line: '#cfd3d8', accent: '#1a66cc', onAccent: '#ffffff' },
    { name: 'light', paper: '#eef1f5', panel: '#ffffff', ink: '#20262e', soft: '#5a6672', line: '#c8d0d8', accent: '#0b7a4b', onAccent: '#ffffff' },
    { name: 'light', paper: '#fbf8f1', panel: '#ffffff', ink: '#2a2420', soft: '#6b6058', line: '#d8cfc0', accent: '#a8321f', onAccent: '#ffffff' },
    { name: 'light', paper: '#ffffff', panel: '#eef0fb', ink: '#16161d', soft: '#55555f', line: '#c5c8da', accent: '#5b34c4', onAccent: '#ffffff' }
  ],
  dark: [
    { name: 'dark', paper: '#1e1f22', panel: '#2b2d31', ink: '#e3e5e8', soft: '#a4a9b0', line: '#43464c', accent: '#6ea8fe', onAccent: '#10131a' },
    { name: 'dark', paper: '#0d1117', panel: '#161b22', ink: '#e6edf3', soft: '#9198a1', line: '#30363d', accent: '#3fb950', onAccent: '#04140a' },
    { name: 'dark', paper: '#000000', panel: '#1c1c1e', ink: '#f5f5f7', soft: '#a1a1a6', line: '#3a3a3c', accent: '#ff9f0a', onAccent: '#1a1000' },
    { name: 'dark', paper: '#1a1b2e', panel: '#24263f', ink: '#e8e8f4', soft: '#a5a6c4', line: '#3e4066', accent: '#c792ea', onAccent: '#150c20' }
  ]
} satisfies Record<Look["name"], Look[]> // prettier-ignore
