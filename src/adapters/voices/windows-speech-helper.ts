/**
 * The helper process of the Windows voice, as a PowerShell script. It is C# because PowerShell's own event handlers do
 * not run while it waits for input. One line in: `SPEAK id rate volume language text` (text in base64) or `STOP`; one
 * line out: `BEGAN id`, `ENDED id`, `STOPPED id`, `FAILED id reason` (reason in base64). It ends with its stdin.
 */
export const windowsSpeechScript = `
Add-Type -ReferencedAssemblies System.Speech -TypeDefinition @'
using System;
using System.Speech.Synthesis;
using System.Text;
public static class DescrySpeech {
  sealed class Utterance : Prompt {
    public readonly string Id;
    public Utterance(string id, string text) : base(text) { Id = id; }
  }
  static readonly object gate = new object();
  static void Tell(string line) { lock (gate) { Console.Out.WriteLine(line); Console.Out.Flush(); } }
  static void Fail(string id, Exception error) {
    Tell("FAILED " + id + " " + Convert.ToBase64String(Encoding.UTF8.GetBytes(error.Message)));
  }
  static void Choose(SpeechSynthesizer voice, string language) {
    string wanted = language.Split('-')[0];
    if (voice.Voice.Culture.TwoLetterISOLanguageName == wanted) return;
    foreach (InstalledVoice one in voice.GetInstalledVoices())
      if (one.Enabled && one.VoiceInfo.Culture.TwoLetterISOLanguageName == wanted) {
        voice.SelectVoice(one.VoiceInfo.Name);
        return;
      }
  }
  public static void Run() {
    SpeechSynthesizer voice = new SpeechSynthesizer();
    voice.SetOutputToDefaultAudioDevice();
    voice.SpeakStarted += (s, e) => Tell("BEGAN " + ((Utterance)e.Prompt).Id);
    voice.SpeakCompleted += (s, e) => {
      string id = ((Utterance)e.Prompt).Id;
      if (e.Cancelled) Tell("STOPPED " + id);
      else if (e.Error != null) Fail(id, e.Error);
      else Tell("ENDED " + id);
    };
    string line;
    while ((line = Console.In.ReadLine()) != null) {
      string[] parts = line.Split(' ');
      if (parts[0] == "STOP") { voice.SpeakAsyncCancelAll(); continue; }
      if (parts[0] != "SPEAK" || parts.Length != 6) continue;
      try {
        voice.Rate = int.Parse(parts[2]);
        voice.Volume = int.Parse(parts[3]);
        Choose(voice, parts[4]);
        voice.SpeakAsync(new Utterance(parts[1], Encoding.UTF8.GetString(Convert.FromBase64String(parts[5]))));
      } catch (Exception error) { Fail(parts[1], error); }
    }
    voice.SpeakAsyncCancelAll();
  }
}
'@
[DescrySpeech]::Run()
`
