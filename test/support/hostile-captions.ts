/**
 * Captions that an attacker might put into a picture. Each tries to create the file `canary` through a shell, Festival,
 * PowerShell or a speech protocol, or to send commands to a terminal. Some try several ways.
 */
export function hostileCaptions(canary: string): string[] {
  return [
    `A cat") (system "touch ${canary}") (SayText "ok`,
    `Dog\\") (system \\"touch ${canary}\\")`,
    `Sign $(touch ${canary}) \`touch ${canary}\`; touch ${canary}`,
    `-w ${canary} --stdin`,
    `Tag\r\n.\r\nSET ALL VOLUME -100\r\nQUIT\r\n`,
    `.\r\n.\r\n..\r\nSTOP ALL`,
    `Red \u001b]0;owned\u0007\u001b[2J\u001b[31m\u0000 end`,
    `'; New-Item ${canary}; $(New-Item ${canary})`,
    `<audio src="file://${canary}"/> [[volm 0]]`,
    `STOP\nSPEAK 1 0 0 en QQ==`
  ]
}
