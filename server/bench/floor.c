/* The yardstick: what the kernel charges for one send() per person and message, and nothing else.
 *
 * floor PORT: an epoll WebSocket server on 127.0.0.1 that passes each text on to everybody. It stores nothing, checks
 * nothing and knows no room; only `load.c` talks to it, which does not look at the handshake's key.
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
#include <unistd.h>

enum { EVENTS = 256, CHUNK = 4096, TEXT = 65536 };

typedef struct {
  int fd, place, open;
  uint8_t *in, *out;
  size_t in_len, in_cap, out_len, out_cap;
} Peer;

static Peer **peers;
static int peer_count, peer_cap, poller;

static void watch(Peer *p, int operation, uint32_t events) {
  struct epoll_event event = {.events = events, .data.ptr = p};
  epoll_ctl(poller, operation, p->fd, &event);
}

static uint8_t *room(uint8_t *buffer, size_t *cap, size_t want) {
  if (*cap >= want) return buffer;
  *cap = want * 2;
  return realloc(buffer, *cap);
}

static void leave(Peer *p) {
  if (!p->open) return;
  p->open = 0;
  if (p->place >= 0) {
    peers[p->place] = peers[--peer_count];
    peers[p->place]->place = p->place;
  }
  close(p->fd);
}

static void say(Peer *p, const uint8_t *bytes, size_t len) {
  if (!p->out_len) {
    ssize_t sent = send(p->fd, bytes, len, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent == (ssize_t)len) return;
    if (sent < 0 && errno != EAGAIN) return;
    if (sent > 0) bytes += sent, len -= (size_t)sent;
    watch(p, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
  }
  p->out = room(p->out, &p->out_cap, p->out_len + len);
  memcpy(p->out + p->out_len, bytes, len);
  p->out_len += len;
}

static void drain(Peer *p) {
  ssize_t sent = send(p->fd, p->out, p->out_len, MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent <= 0) return;
  memmove(p->out, p->out + sent, p->out_len - (size_t)sent);
  p->out_len -= (size_t)sent;
  if (!p->out_len) watch(p, EPOLL_CTL_MOD, EPOLLIN);
}

static void tell_all(const uint8_t *text, size_t len) {
  static uint8_t frame[TEXT + 4];
  size_t head = 0;
  frame[head++] = 0x81;
  if (len < 126) {
    frame[head++] = (uint8_t)len;
  } else {
    frame[head++] = 126;
    frame[head++] = (uint8_t)(len >> 8);
    frame[head++] = (uint8_t)len;
  }
  memcpy(frame + head, text, len);
  for (int i = peer_count - 1; i >= 0; i--) say(peers[i], frame, head + len);
}

static size_t shake(Peer *p) {
  static const char answer[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
  uint8_t *end = memmem(p->in, p->in_len, "\r\n\r\n", 4);
  if (!end) return 0;
  say(p, (const uint8_t *)answer, sizeof answer - 1);
  if (peer_count == peer_cap) {
    peer_cap = peer_cap ? peer_cap * 2 : 1024;
    peers = realloc(peers, (size_t)peer_cap * sizeof *peers);
  }
  p->place = peer_count;
  peers[peer_count++] = p;
  return (size_t)(end + 4 - p->in);
}

/* The bytes that one whole frame took; 0 where it is not whole yet. */
static size_t frame(Peer *p, uint8_t *at, size_t left) {
  if (left < 6) return 0;
  size_t len = at[1] & 127, head = 6;
  if (len == 126) {
    if (left < 8) return 0;
    len = (size_t)at[2] << 8 | at[3];
    head = 8;
  }
  if (left < head + len) return 0;
  uint8_t *mask = at + head - 4, *text = at + head;
  for (size_t i = 0; i < len; i++) text[i] ^= mask[i & 3];
  if ((at[0] & 15) == 8) leave(p);
  else tell_all(text, len);
  return head + len;
}

static void hear(Peer *p) {
  p->in = room(p->in, &p->in_cap, p->in_len + CHUNK);
  ssize_t got = recv(p->fd, p->in + p->in_len, CHUNK, MSG_DONTWAIT);
  if (got <= 0) {
    if (got == 0 || errno != EAGAIN) leave(p);
    return;
  }
  p->in_len += (size_t)got;
  size_t used = p->place < 0 ? shake(p) : 0, took = 1;
  while (p->open && p->place >= 0 && took) {
    took = frame(p, p->in + used, p->in_len - used);
    used += took;
  }
  p->in_len -= used;
  memmove(p->in, p->in + used, p->in_len);
}

static void meet(int listener) {
  int fd, one = 1;
  while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    Peer *p = calloc(1, sizeof *p);
    p->fd = fd, p->place = -1, p->open = 1;
    watch(p, EPOLL_CTL_ADD, EPOLLIN);
  }
}

int main(int count, char **words) {
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  here.sin_port = htons((uint16_t)atoi(count > 1 ? words[1] : "0"));
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(listener, (void *)&here, sizeof here) || listen(listener, 4096)) return perror("floor"), 1;
  poller = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL}, events[EVENTS];
  epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);
  for (;;) {
    int found = epoll_wait(poller, events, EVENTS, -1);
    for (int i = 0; i < found; i++) {
      Peer *p = events[i].data.ptr;
      if (!p) { meet(listener); continue; }
      if (p->open && events[i].events & EPOLLOUT && p->out_len) drain(p);
      if (p->open && events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) hear(p);
    }
  }
}
