import { statfs } from 'node:fs/promises'

/** Linux's numbers for network file systems, and for FUSE, which most others use. See statfs(2). */
const networkTypes = new Set([
  0x6969, // NFS
  0x517b, // SMB
  0xfe534d42, // SMB 2
  0xff534d42, // CIFS
  0x65735546, // FUSE: sshfs, GVfs, rclone …
  0x01021997, // 9P: WSL and virtual machines
  0x786f4256, // VirtualBox
  0x5346414f, // AFS
  0x00c36400, // Ceph
  0x73757245, // Coda
  0x0bd00bd0 // Lustre
])

/** On other systems, where statfs does not help, shares are recognized by their paths. */
const isShareByName = (path: string, platform: NodeJS.Platform): boolean =>
  platform === 'win32' ? /^[\\/]{2}/u.test(path) : platform === 'darwin' && path.startsWith('/Volumes/')

/** Whether a path is on another computer. Rejects if it does not exist. */
export async function isOnNetwork(path: string, platform = process.platform): Promise<boolean> {
  return isShareByName(path, platform) || (platform === 'linux' && networkTypes.has((await statfs(path)).type))
}
