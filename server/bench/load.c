/* The load: many people in one room, in one thread, so that they cost as little as can be beside the server.
 *
 * load PORT PEOPLE floor|plenary [TOKENS SECTION]: TOKENS is a file with a token a line, taken in turn. Each line on the
 * standard input is an order, answered by one line of JSON; `load.py` gives them, and says what they mean:
 *
 *   connect COUNT | write RATE SECONDS SIZE | wait SECONDS | deaf COUNT | woken | storm COUNT | end
 *
 * What is written carries `@T`, two digits of the order's number and the moment it was due in 19 digits (ns). Each such
 * mark that anybody receives is one delivery. Latency counts from when it was due: a server that stalls cannot hide.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 256, WINDOW = 20, READ = 1 << 20, MARK = 23, OPENING = 64, STEPS = 64, FINE = 64 };
static const uint64_t ANSWER_NS = 3000000000u, BEAT_NS = 4000000000u, ASK_NS = 30000000000u, ROUND_NS = 50000000u;
enum state { CLOSED, CONNECTING, SHAKING, GREETED, READY };

typedef struct {
  int fd, place, deaf;
  enum state state;
  uint8_t *in, *out;
  size_t in_len, in_cap, out_len, out_cap;
  uint64_t n, done, rev, asked, opened, seq, said, timed, due[WINDOW * 2];
  char text[512], tag[17];
} Person;

static Person *people;
static const char **tokens, *section = "";
static int port, count, counted, plenary, token_count, poller, ready, opening, order;
static uint64_t deliveries, sent, acked, refused, frames, bytes, lost, caught_up, worst_ready;
static char last_refusal[200];

typedef struct { uint64_t bins[STEPS * FINE], total, most; } Spread;
static Spread seen, told;

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* Microseconds in bins that grow with the value, 64 to each doubling. */
static void count_in(Spread *s, uint64_t ns) {
  uint64_t us = ns / 1000;
  int shift = us < FINE ? 0 : 63 - __builtin_clzll(us) - 6;
  s->bins[us < FINE ? us : (uint64_t)(shift + 1) * FINE + (us >> shift) - FINE]++;
  s->total++;
  if (us > s->most) s->most = us;
}

static double percentile(const Spread *s, double percent) {
  uint64_t want = (uint64_t)((double)s->total * percent / 100), sum = 0;
  for (int i = 0; s->total && i < STEPS * FINE; i++) {
    sum += s->bins[i];
    if (sum > want) {
      int shift = i < FINE ? 0 : i / FINE - 1;
      uint64_t low = i < FINE ? (uint64_t)i : ((uint64_t)(FINE + i % FINE) << shift);
      return (double)low / 1000;
    }
  }
  return (double)s->most / 1000;
}

/* Connections. */

static void watch(Person *p, int operation, uint32_t events) {
  struct epoll_event event = {.events = events, .data.ptr = p};
  epoll_ctl(poller, operation, p->fd, &event);
}

static void leave(Person *p) {
  if (p->state == CLOSED) return;
  if (p->state == READY) ready--;
  else opening--;
  close(p->fd);
  p->state = CLOSED, p->in_len = p->out_len = 0;
  p->n = p->asked = p->done;
}

static void say(Person *p, const void *data, size_t len) {
  if (!p->out_len) {
    ssize_t took = send(p->fd, data, len, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (took == (ssize_t)len) return;
    if (took > 0) data = (const char *)data + took, len -= (size_t)took;
  }
  if (p->out_len + len > p->out_cap) p->out = realloc(p->out, p->out_cap = (p->out_len + len) * 2);
  memcpy(p->out + p->out_len, data, len);
  p->out_len += len;
  watch(p, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
}

static void drain(Person *p) {
  ssize_t took = send(p->fd, p->out, p->out_len, MSG_DONTWAIT | MSG_NOSIGNAL);
  if (took <= 0) return;
  memmove(p->out, p->out + took, p->out_len -= (size_t)took);
  if (!p->out_len) watch(p, EPOLL_CTL_MOD, EPOLLIN);
}

static void say_text(Person *p, const char *text, size_t len) {
  static const uint8_t mask[4] = {0x37, 0xfa, 0x21, 0x3d};
  uint8_t frame[4096];
  size_t head = 0;
  frame[head++] = 0x81;
  if (len < 126) frame[head++] = (uint8_t)(0x80 | len);
  else frame[head++] = 0x80 | 126, frame[head++] = (uint8_t)(len >> 8), frame[head++] = (uint8_t)len;
  memcpy(frame + head, mask, 4);
  head += 4;
  for (size_t i = 0; i < len; i++) frame[head + i] = (uint8_t)text[i] ^ mask[i & 3];
  p->said = now();
  say(p, frame, head + len);
}

/* As our clients do ([LIVE1]-[LIVE3], [CLIENT7]): quiet for 3 s each answers whatever comes, after 4 s it beats by itself,
 * and every half minute it asks what time it is. */
static void beat(Person *p, uint64_t moment) {
  char text[48];
  int asks = moment >= p->timed + ASK_NS;
  if (asks) p->timed = moment;
  say_text(p, text, (size_t)sprintf(text, "{\"type\":\"beat\",\"t\":%lu}", asks ? moment / 1000000 : 0));
}

static void connect_one(Person *p) {
  struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  int one = 1;
  there.sin_addr.s_addr = htonl(INADDR_LOOPBACK + (uint32_t)(p->place / 20000));
  p->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  setsockopt(p->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (connect(p->fd, (void *)&there, sizeof there) && errno != EINPROGRESS) {
    close(p->fd);
    return;
  }
  p->state = CONNECTING, p->opened = now();
  opening++;
  watch(p, EPOLL_CTL_ADD, EPOLLIN | EPOLLOUT);
}

static void shake(Person *p) {
  char text[512];
  int len = snprintf(text, sizeof text,
    "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n%s\r\n",
    port, plenary ? "Sec-WebSocket-Protocol: plenary.v1\r\n" : "");
  p->state = SHAKING;
  watch(p, EPOLL_CTL_MOD, EPOLLIN);
  say(p, text, (size_t)len);
}

static void is_ready(Person *p) {
  uint64_t took = now() - p->opened;
  if (took > worst_ready) worst_ready = took;
  p->state = READY;
  p->timed = now() - (uint64_t)(p->place % 30) * 1000000000u;
  opening--, ready++, caught_up++;
}

static void greet(Person *p) {
  char text[1400], after[80] = "";
  p->state = GREETED;
  if (!plenary) { is_ready(p); return; }
  if (p->tag[0]) snprintf(after, sizeof after, ",\"after\":{\"seq\":%lu,\"tag\":\"%s\"}", p->seq, p->tag);
  int len = snprintf(text, sizeof text, "{\"type\":\"hello\",\"token\":\"%s\",\"client\":\"load-%d\"%s}",
                     tokens[p->place % token_count], p->place, after);
  say_text(p, text, (size_t)len);
}

/* What people write: each their own note, added once and then edited again and again. */

static int can_write(const Person *p) {
  return p->state == READY && !p->deaf && (!plenary || p->asked - p->done < WINDOW);
}

static void write_one(Person *p, uint64_t due, int size) {
  char text[512], command[2400], mark[32];
  snprintf(mark, sizeof mark, "@T%02d%019lu", order % 100, due);
  int pad = size > MARK ? size - MARK : 0, len;
  len = snprintf(text, sizeof text, "%s%.*s", mark, pad > 400 ? 400 : pad,
    " what somebody in the middle of the room wrote down while the others were still talking about it, and about the "
    "rest of the afternoon, and whether there would be time for coffee before everybody comes together again");
  sent++;
  if (!plenary) { say_text(p, text, (size_t)len); return; }
  p->due[++p->n % (WINDOW * 2)] = due;
  uint64_t prev = p->asked;
  p->asked = p->n;
  if (!p->rev) {
    len = snprintf(command, sizeof command,
      "{\"type\":\"do\",\"n\":%lu,\"prev\":%lu,\"command\":{\"do\":\"note.add\",\"id\":\"load-%d\",\"board\":\"bench\","
      "\"section\":\"%s\",\"rank\":\"a%d\",\"text\":\"%s\"}}", p->n, prev, p->place,
      section, p->place, text);
  } else {
    len = snprintf(command, sizeof command,
      "{\"type\":\"do\",\"n\":%lu,\"prev\":%lu,\"command\":{\"do\":\"note.edit\",\"id\":\"load-%d\",\"rev\":%lu,"
      "\"base\":\"%s\",\"text\":\"%s\"}}", p->n, prev, p->place, p->rev, p->text, text);
  }
  p->rev++;
  strcpy(p->text, text);
  say_text(p, command, (size_t)len);
}

/* What comes. */

static uint64_t number(const uint8_t *text, size_t len, const char *name) {
  const uint8_t *at = memmem(text, len < 200 ? len : 200, name, strlen(name));
  return at ? strtoull((const char *)at + strlen(name), NULL, 10) : 0;
}

/* Where this one is, for when it comes again. */
static void keep_place(Person *p, const uint8_t *text, size_t len) {
  static const char name[] = "\"tag\":\"";
  const uint8_t *at = memmem(text, len < 300 ? len : 300, name, sizeof name - 1);
  if (!at || at + sizeof name + 15 > text + len) return;
  p->seq = number(text, len, "\"seq\":");
  memcpy(p->tag, at + sizeof name - 1, 16);
}

static void answer(Person *p, const uint8_t *text, size_t len, uint64_t at) {
  if (!strncmp((const char *)text + 9, "done\"", 5)) {
    uint64_t n = number(text, len, "\"n\":");
    if (n > p->done && n <= p->asked) {
      p->done = n, acked++;
      count_in(&told, at - p->due[n % (WINDOW * 2)]);
    }
  } else if (!strncmp((const char *)text + 9, "refused\"", 8)) {
    refused++;
    snprintf(last_refusal, sizeof last_refusal, "%.*s", (int)(len < 150 ? len : 150), text);
    for (char *c = last_refusal; *c; c++) if (*c == '"' || *c == '\\') *c = '\'';
    p->asked = p->n = p->done;
  }
}

static void count_marks(const uint8_t *text, size_t len, uint64_t at) {
  const uint8_t *end = text + len;
  while (end - text >= MARK && (text = memchr(text, '@', (size_t)(end - text) - MARK + 1))) {
    if (text[1] == 'T' && (text[2] - '0') * 10 + text[3] - '0' == order % 100) {
      uint64_t due = 0;
      for (int i = 4; i < MARK; i++) due = due * 10 + (uint64_t)(text[i] - '0');
      deliveries++;
      count_in(&seen, at > due ? at - due : 0);
      text += MARK;
    } else {
      text++;
    }
  }
}

static void take(Person *p, int kind, const uint8_t *text, size_t len, uint64_t at) {
  if (kind == 8) { lost++; leave(p); return; }
  if (kind != 1 && kind != 0) return;
  frames++;
  if (plenary && p->state == READY && at >= p->said + ANSWER_NS) beat(p, at);
  if (plenary && len > 20 && strchr("wrc", text[9])) keep_place(p, text, len);
  if (p->state == GREETED && len > 20 &&
      (!strncmp((const char *)text + 9, "welcome", 7) || !strncmp((const char *)text + 9, "resume", 6))) {
    p->done = p->n = p->asked = number(text, len, "\"last\":");
    is_ready(p);
  } else if (plenary && len > 20 && text[9] != 'c') {
    answer(p, text, len, at);
  } else {
    if (p->place < counted) count_marks(text, len, at);
  }
}

static uint8_t shared[READ];

static uint8_t *frames_in(Person *p, uint8_t *at, uint8_t *end, uint64_t moment) {
  while (end - at >= 2 && p->state >= GREETED) {
    size_t len = at[1] & 127, head = 2;
    if (len == 126) {
      if (end - at < 4) break;
      len = (size_t)at[2] << 8 | at[3], head = 4;
    } else if (len == 127) {
      if (end - at < 10) break;
      len = 0, head = 10;
      for (int i = 2; i < 10; i++) len = len << 8 | at[i];
    }
    if ((size_t)(end - at) < head + len) break;
    take(p, at[0] & 15, at + head, len, moment);
    at += head + len;
  }
  return at;
}

/* Bytes of a frame that is not whole yet wait in the person's own buffer; all else is read into the shared one. */
static void hear(Person *p) {
  uint8_t *buffer = shared;
  size_t cap = READ;
  if (p->in_len + 65536 > READ) {
    if (p->in_cap < p->in_len + READ) p->in = realloc(p->in, p->in_cap = p->in_len * 2 + READ);
    buffer = p->in, cap = p->in_cap;
  } else if (p->in_len) {
    memcpy(shared, p->in, p->in_len);
  }
  ssize_t got = recv(p->fd, buffer + p->in_len, cap - p->in_len, 0);
  if (got <= 0) {
    if (got == 0 || (errno != EAGAIN && errno != EINTR)) lost++, leave(p);
    return;
  }
  bytes += (uint64_t)got;
  uint8_t *at = buffer, *end = buffer + p->in_len + got;
  if (p->state == SHAKING) {
    uint8_t *over = memmem(at, (size_t)(end - at), "\r\n\r\n", 4);
    if (over) at = over + 4, greet(p);
  }
  at = frames_in(p, at, end, now());
  if (p->state == CLOSED) return;
  size_t left = (size_t)(end - at);
  if (buffer == shared && left > p->in_cap) p->in = realloc(p->in, p->in_cap = left * 2);
  if (left) memmove(p->in, at, left);
  p->in_len = left;
}

/* Whoever heard nothing shows life all the same. */
static void go_round(void) {
  static uint64_t last;
  uint64_t moment = now();
  if (!plenary || moment - last < ROUND_NS) return;
  last = moment;
  for (int i = 0; i < count; i++)
    if (people[i].state == READY && moment >= people[i].said + BEAT_NS) beat(&people[i], moment);
}

static int look(int wait_ms) {
  go_round();
  struct epoll_event events[EVENTS];
  int found = epoll_wait(poller, events, EVENTS, wait_ms);
  for (int i = 0; i < found; i++) {
    Person *p = events[i].data.ptr;
    if (p->state == CLOSED) continue;
    if (p->state == CONNECTING) {
      if (events[i].events & (EPOLLERR | EPOLLHUP)) lost++, leave(p);
      else if (events[i].events & EPOLLOUT) shake(p);
      continue;
    }
    if (events[i].events & EPOLLOUT && p->out_len) drain(p);
    if (p->state != CLOSED && events[i].events & (EPOLLIN | EPOLLERR | EPOLLHUP)) hear(p);
  }
  return found;
}

/* Orders. */

static void forget(void) {
  memset(&seen, 0, sizeof seen);
  memset(&told, 0, sizeof told);
  deliveries = sent = acked = refused = frames = bytes = lost = caught_up = worst_ready = 0;
  last_refusal[0] = 0;
  counted = count;
  order++;
}

static void report(uint64_t began, uint64_t wanted) {
  printf("{\"seconds\":%.4f,\"ready\":%d,\"sent\":%lu,\"wanted\":%lu,\"deliveries\":%lu,\"acked\":%lu,\"refused\":%lu,"
         "\"refusal\":\"%s\",\"frames\":%lu,\"bytes\":%lu,\"lost\":%lu,\"caught_up\":%lu,\"worst_ready_ms\":%.3f,"
         "\"p50\":%.3f,\"p99\":%.3f,\"most\":%.3f,\"ack50\":%.3f,\"ack99\":%.3f}\n",
         (double)(now() - began) / 1e9, ready, sent, wanted, deliveries, acked, refused, last_refusal, frames, bytes,
         lost, caught_up, (double)worst_ready / 1e6, percentile(&seen, 50), percentile(&seen, 99),
         (double)seen.most / 1000, percentile(&told, 50), percentile(&told, 99));
  fflush(stdout);
}

/* Open so many at a time; ends when all are in, or after a minute. */
static void connect_all(int first, int last, int at_once) {
  uint64_t began = now();
  int next = first, target = ready + (last - first);
  while (ready < target && now() - began < 60000000000u) {
    while (next < last && opening < at_once) connect_one(&people[next++]);
    for (int i = first; next == last && i < last; i++) if (people[i].state == CLOSED) connect_one(&people[i]);
    look(20);
  }
}

static int listeners(void) {
  int heard = 0;
  for (int i = 0; i < count; i++) heard += people[i].state == READY && !people[i].deaf;
  return heard;
}

/* Write at a fixed rate, then wait up to ten seconds for what is on its way. */
static void write_all(double rate, double seconds, int size) {
  uint64_t began = now(), end = began + (uint64_t)(seconds * 1e9), i = 0, wanted;
  int writer = 0, tried;
  do {
    uint64_t moment = now(), due;
    int burst = 0;
    while (burst++ < 32 && (due = began + (uint64_t)((double)i * 1e9 / rate)) <= moment && due < end) {
      for (tried = 0; tried < count && !can_write(&people[writer]); tried++) writer = (writer + 1) % count;
      if (tried == count) break;
      write_one(&people[writer], due, size);
      writer = (writer + 1) % count;
      i++;
    }
    uint64_t next = began + (uint64_t)((double)i * 1e9 / rate);
    look(next > now() + 1500000u ? 1 : 0); /* a store on this processor needs it too */
  } while (now() < end);
  wanted = sent * (uint64_t)listeners();
  while ((deliveries < wanted || (plenary && acked + refused < sent)) && now() < end + 10000000000u) look(1);
  report(began, wanted);
}

static void wait_for(double seconds) {
  uint64_t began = now(), end = began + (uint64_t)(seconds * 1e9);
  while (now() < end) look(1);
  report(began, 0);
}

/* So many stop reading, or all read again. */
static void deafen(int how_many) {
  for (int i = 0; i < count; i++) {
    Person *p = &people[count - 1 - i];
    int deaf = i < how_many;
    if (p->state == READY && p->deaf != deaf) watch(p, deaf ? EPOLL_CTL_DEL : EPOLL_CTL_ADD, EPOLLIN);
    p->deaf = deaf;
  }
  report(now(), 0);
}

/* So many lose their line at once and come again at once, while the others write. */
static void storm(int how_many, double rate, double seconds) {
  uint64_t began = now(), end = began + (uint64_t)(seconds * 1e9), i = 0, due, all_in = 0;
  int stay = counted = count - how_many, writer = 0;
  for (int k = stay; k < count; k++) leave(&people[k]);
  caught_up = 0;
  for (int k = stay; k < count; k++) connect_one(&people[k]);
  while (now() < end) {
    while (stay && (due = began + (uint64_t)((double)i * 1e9 / rate)) <= now()) {
      if (can_write(&people[writer])) write_one(&people[writer], due, 60);
      writer = (writer + 1) % stay;
      i++;
    }
    look(1);
    for (int k = stay; k < count; k++) if (people[k].state == CLOSED) connect_one(&people[k]);
    if (!all_in && caught_up >= (uint64_t)how_many) all_in = now() - began;
  }
  worst_ready = all_in ? all_in : now() - began;
  report(began, 0);
}

static void obey(char *line) {
  double a = 0, b = 0, c = 0;
  char word[32] = "";
  sscanf(line, "%31s %lf %lf %lf", word, &a, &b, &c);
  forget();
  uint64_t began = now();
  if (!strcmp(word, "connect")) connect_all(ready, (int)a, OPENING), report(began, 0);
  else if (!strcmp(word, "write")) write_all(a, b, (int)c);
  else if (!strcmp(word, "wait")) wait_for(a);
  else if (!strcmp(word, "deaf")) deafen((int)a);
  else if (!strcmp(word, "woken")) deafen(0);
  else if (!strcmp(word, "storm")) storm((int)a, b, c);
  else exit(0);
}

static void read_tokens(const char *path) {
  FILE *file = fopen(path, "r");
  char line[2048];
  tokens = calloc((size_t)count + 1, sizeof *tokens);
  while (file && token_count < count && fgets(line, sizeof line, file)) {
    line[strcspn(line, "\n")] = 0;
    tokens[token_count++] = strdup(line);
  }
  if (file) fclose(file);
}

int main(int argc, char **words) {
  char line[256];
  if (argc < 4) return fprintf(stderr, "load PORT PEOPLE floor|plenary [TOKENS SECTION]\n"), 2;
  port = atoi(words[1]), count = atoi(words[2]), plenary = !strcmp(words[3], "plenary");
  people = calloc((size_t)count, sizeof *people);
  for (int i = 0; i < count; i++) people[i].place = i;
  if (plenary) read_tokens(argc > 4 ? words[4] : "");
  if (argc > 5) section = words[5];
  poller = epoll_create1(0);
  while (fgets(line, sizeof line, stdin)) obey(line);
}
