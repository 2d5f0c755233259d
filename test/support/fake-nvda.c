/*
 * NVDA's controller client library (nvdaController.h), without NVDA. Strings are UTF-16 as on Windows. Each call is written to a
 * file as one line: S, T, B or C for SSML, text, braille and cancel, a space, and the text in hex. SSML waits at "(hold)" until it
 * is canceled or NVDA ends.
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef uint16_t wide;
typedef uint32_t (*on_mark)(const wide *mark);

enum { unavailable = 1722, call_failed = 1726, cancelled = 1223, unknown_interface = 1717 };

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t change = PTHREAD_COND_INITIALIZER;
static char journal[4096];
static on_mark callback;
static int is_running, is_old, silences;
static uint32_t status_at_end;

static void note(char kind, const wide *text) {
  FILE *file = fopen(journal, "a");
  if (file == NULL) return;
  fprintf(file, "%c ", kind);
  for (; text != NULL && *text != 0; text++) fprintf(file, "%02x%02x", *text & 0xff, *text >> 8);
  fprintf(file, "\n");
  fclose(file);
}

static const wide *find(const wide *text, const char *word) {
  for (; *text != 0; text++) {
    size_t length = 0;
    while (word[length] != 0 && text[length] == (wide)word[length]) length++;
    if (word[length] == 0) return text + length;
  }
  return NULL;
}

/* For the test. */
void fake_start(const char *path, int old, uint32_t end) {
  pthread_mutex_lock(&gate);
  strncpy(journal, path, sizeof journal - 1);
  is_running = 1;
  is_old = old;
  status_at_end = end;
  pthread_mutex_unlock(&gate);
}

void fake_leave(void) {
  pthread_mutex_lock(&gate);
  is_running = 0;
  pthread_cond_broadcast(&change);
  pthread_mutex_unlock(&gate);
}

/* The user presses Control. */
void fake_silence(void) {
  pthread_mutex_lock(&gate);
  silences++;
  pthread_cond_broadcast(&change);
  pthread_mutex_unlock(&gate);
}

uint32_t nvdaController_testIfRunning(void) { return is_running ? 0 : unavailable; }

uint32_t nvdaController_setOnSsmlMarkReachedCallback(on_mark wanted) {
  callback = wanted;
  return 0;
}

uint32_t nvdaController_cancelSpeech(void) {
  if (!is_running) return unavailable;
  note('C', NULL);
  fake_silence();
  return 0;
}

uint32_t nvdaController_brailleMessage(const wide *text) {
  if (!is_running) return unavailable;
  note('B', text);
  return 0;
}

uint32_t nvdaController_speakText(const wide *text) {
  if (!is_running) return unavailable;
  note('T', text);
  return 0;
}

uint32_t nvdaController_speakSsml(const wide *ssml, int level, int priority, uint8_t asynchronous) {
  if (!is_running) return unavailable;
  if (is_old) return unknown_interface;
  if (level != -1 || priority != 0 || asynchronous != 0) return 87;
  int silences_before = silences;
  note('S', ssml);
  const wide *hold = find(ssml, "(hold)");
  const wide *mark = ssml;
  while ((mark = find(mark, "<mark name=\"")) != NULL) {
    if (hold != NULL && mark > hold) {
      pthread_mutex_lock(&gate);
      while (is_running && silences == silences_before) pthread_cond_wait(&change, &gate);
      pthread_mutex_unlock(&gate);
      return is_running ? cancelled : call_failed;
    }
    wide name[64] = {0};
    for (int i = 0; i < 63 && mark[i] != '"'; i++) name[i] = mark[i];
    if (callback != NULL) callback(name);
  }
  return status_at_end;
}
