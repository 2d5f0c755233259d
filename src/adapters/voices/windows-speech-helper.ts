/**
 * The helper process of the Windows voice, as a PowerShell script. It contains C#, because PowerShell's event handlers do not
 * run while it waits for input. One line in: `SPEAK id rate volume pitch language voice text` (pitch as percent to add;
 * voice "-" for one by language; voice and text in base64), `STOP` or `LIST`. Lines out: `BEGAN id`, `MARK id character`,
 * `ENDED id`, `STOPPED id`, `FAILED id reason`; for LIST, `VOICE name language` for each voice and then `LISTED` (reason and
 * name in base64). It ends with its stdin. A pitch is set with SSML, where marks would count SSML's own characters, so
 * there are none.
 */
export const windowsSpeechScript = `
Add-Type -ReferencedAssemblies System.Speech -TypeDefinition @'
using System;
using System.Speech.Synthesis;
using System.Text;
public static class DescrySpeech {
  sealed class Utterance : Prompt {
    public readonly string Id;
    public readonly bool HasMarks;
    public Utterance(string id, string text) : base(text) { Id = id; HasMarks = true; }
    public Utterance(string id, string ssml, SynthesisTextFormat format) : base(ssml, format) { Id = id; }
  }
  static readonly object gate = new object();
  static void Tell(string line) { lock (gate) { Console.Out.WriteLine(line); Console.Out.Flush(); } }
  static void Fail(string id, Exception error) {
    Tell("FAILED " + id + " " + Encode(error.Message));
  }
  static string Encode(string text) { return Convert.ToBase64String(Encoding.UTF8.GetBytes(text)); }
  static string Decode(string text) { return Encoding.UTF8.GetString(Convert.FromBase64String(text)); }
  static Utterance Prepare(string id, string text, int pitch, string language) {
    if (pitch == 0) return new Utterance(id, text);
    StringBuilder plain = new StringBuilder();
    foreach (char one in text) plain.Append(char.IsControl(one) ? ' ' : one);
    return new Utterance(id, "<speak version='1.0' xmlns='http://www.w3.org/2001/10/synthesis' xml:lang='" + language
      + "'><prosody pitch='" + (pitch > 0 ? "+" : "") + pitch + "%'>"
      + System.Security.SecurityElement.Escape(plain.ToString()) + "</prosody></speak>", SynthesisTextFormat.Ssml);
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
    voice.SpeakProgress += (s, e) => {
      Utterance prompt = (Utterance)e.Prompt;
      if (prompt.HasMarks) Tell("MARK " + prompt.Id + " " + e.CharacterPosition);
    };
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
      if (parts[0] == "LIST") {
        foreach (InstalledVoice one in voice.GetInstalledVoices())
          if (one.Enabled) Tell("VOICE " + Encode(one.VoiceInfo.Name) + " " + one.VoiceInfo.Culture.Name);
        Tell("LISTED");
        continue;
      }
      if (parts[0] != "SPEAK" || parts.Length != 8) continue;
      try {
        voice.Rate = int.Parse(parts[2]);
        voice.Volume = int.Parse(parts[3]);
        if (parts[6] == "-") Choose(voice, parts[5]);
        else voice.SelectVoice(Decode(parts[6]));
        voice.SpeakAsync(Prepare(parts[1], Decode(parts[7]), int.Parse(parts[4]), voice.Voice.Culture.Name));
      } catch (Exception error) { Fail(parts[1], error); }
    }
    voice.SpeakAsyncCancelAll();
  }
}
'@
[DescrySpeech]::Run()
`
