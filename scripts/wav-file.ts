const headerBytes = 44

/** A WAV file of one channel of 16-bit samples. http://soundfile.sapp.org/doc/WaveFormat/ */
export function encodeWav(samples: Int16Array, sampleRate: number): Buffer {
  const file = Buffer.alloc(headerBytes + samples.length * 2)
  file.write('RIFF', 0, 'latin1')
  file.writeUInt32LE(file.length - 8, 4)
  file.write('WAVEfmt ', 8, 'latin1')
  file.writeUInt32LE(16, 16) // length of the format chunk
  file.writeUInt16LE(1, 20) // uncompressed
  file.writeUInt16LE(1, 22) // channels
  file.writeUInt32LE(sampleRate, 24)
  file.writeUInt32LE(sampleRate * 2, 28) // bytes per second
  file.writeUInt16LE(2, 32) // bytes per sample of all channels
  file.writeUInt16LE(16, 34) // bits per sample
  file.write('data', 36, 'latin1')
  file.writeUInt32LE(samples.length * 2, 40)
  for (const [index, sample] of samples.entries()) file.writeInt16LE(sample, headerBytes + index * 2)
  return file
}
