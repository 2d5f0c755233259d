import { statfs } from 'node:fs/promises'

/** Linux' numbers for file systems of other computers, and for FUSE, behind which most others are. See statfs(2). */
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

/** Where other systems show shares; statfs tells nothing there. */
const isShareByName = (path: string, platform: NodeJS.Platform): boolean =>
  platform === 'win32' ? /^[\\/]{2}/u.test(path) : platform === 'darwin' && path.startsWith('/Volumes/')

/** True for a place on another computer. Rejects where there is nothing. */
export async function isOnNetwork(path: string, platform = process.platform): Promise<boolean> {
  return isShareByName(path, platform) || (platform === 'linux' && networkTypes.has((await statfs(path)).type))
}
