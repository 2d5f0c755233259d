// Plain JavaScript, so that an old Node can still read it and say what is wrong.

/** Descry needs a Node that runs TypeScript as it is, knows "await using", and can set its certificates. */
export const oldestNode = [24, 5]

export function isNodeTooOld(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])
}
